extension SchemaMigration {
  /// What schema version 5 changes of the tables. Stores hold this text: it is never edited, only followed by a later version.
  ///
  /// A column of a block, or the values of a row of `series`, may also be a blob of four bytes for each of three values or more
  /// (IEEE 754 binary32, the highest byte first), where every value is one. The tables stay as they are but for what they admit,
  /// so that the statements of their making are all that is written: https://www.sqlite.org/lang_altertable.html, section 7.
  static let version5Tables = """
    DROP VIEW steps;
    DROP VIEW points;
    PRAGMA writable_schema = ON;
    UPDATE sqlite_master SET sql = replace(sql, 'IN (8, 8 * count)', 'IN (8, 4 * count, 8 * count)')
      WHERE type = 'table' AND name IN ('block', 'series');
    PRAGMA writable_schema = RESET;
    """

  /// The views of schema version 5 that decode values; the others are those of versions 3 and 4.
  static let version5Views = version5Steps + "\n" + pointsView { version5Value($0, of: $1) }

  /// What of them later versions have too.
  static let version5Steps = stepsView { version5Value($0) }

  /// One value of a column: as in version 2, but for a blob of four bytes a value.
  ///
  /// Of its eight hexadecimal digits the first three are the sign, the exponent e and the first three bits of the fraction. The value
  /// is the whole fraction times 2^(max(e, 1) − 150), a power of two that `digits` has among those of binary64, where it is that of
  /// the exponent max(e, 1) + 925.
  static func version5Value(_ column: String, of table: String = "block") -> String {
    """
    CASE WHEN typeof(\(table).\(column)) = 'blob' AND \(table).count > 2 AND length(\(table).\(column)) = 4 * \(table).count
        THEN (
          SELECT CASE WHEN s.value & 2040 < 2040 THEN
              (((s.value & 2040) > 0) * 8388608 + ((s.value & 7) << 20) + (a.value << 8) + b.value) * e.scale
            WHEN (s.value & 7) | a.value | b.value THEN NULL
            ELSE e.scale * 9e999 END
          FROM (SELECT hex(substr(\(table).\(column), 4 * place.place + 1, 4)) AS word)
          CROSS JOIN digits s ON s.digits = substr(word, 1, 3)
          CROSS JOIN digits a ON a.digits = substr(word, 4, 3)
          CROSS JOIN digits b ON b.digits = '0' || substr(word, 7, 2)
          CROSS JOIN digits e
            ON e.digits = printf('%03X', (s.value & 2048) + max((s.value & 2040) / 8, 1) + 925)
        ) ELSE \(version2Value(column, of: table)) END
    """
  }
}
