extension SchemaMigration {
  /// The views of schema version 4: those of version 3 over its tables, and `summaries`. They are never edited, only replaced
  /// by a later version.
  static let version4Views = version3RunViews + "\n" + version4Points + "\n" + version4Summaries

  private static let version4Points = pointsView { version2Value($0, of: $1) }

  /// - Parameters:
  ///   - value: the expression of a value of a column of a table.
  ///   - others: what follows the values of `series`.
  static func pointsView(
    _ value: (_ column: String, _ table: String) -> String, others: String = ""
  ) -> String {
    """
    CREATE VIEW points (run_id, metric, step, value) AS
      \(version2Columns.map { column in
        """
        SELECT run.run_id, '\(column)', \(version2Step),
            \(value(column, "block"))
          FROM \(version2Source) AND run.removed_at IS NULL AND block.\(column) IS NOT NULL
          UNION ALL
        """
      }.joined(separator: "\n      "))
      SELECT run.run_id, metric.name, \(version4Step),
          \(value("value", "series"))
        FROM run CROSS JOIN series CROSS JOIN metric CROSS JOIN place
        WHERE series.run = run.run AND metric.metric = series.metric AND place.place < series.count
          AND run.removed_at IS NULL\(others);
    """
  }

  /// What of them later versions have too.
  static let version4Summaries = """
    -- What each run that has ended recorded of each metric.
    CREATE VIEW summaries AS
      SELECT
        run.run_id, metric.name AS metric, summary.count, summary.first_step, summary.last_step, summary.minimum,
        summary.maximum, summary.mean, summary.last, summary.first_non_finite_step
      FROM summary JOIN metric USING (metric) JOIN run USING (run)
      WHERE run.removed_at IS NULL;
    """

  /// A step of a row of `series`: four bytes are eight hexadecimal digits.
  static let version4Step = """
    series.first_step + CASE WHEN series.step IS NULL
            THEN (series.last_step - series.first_step) / max(series.count - 1, 1) * place.place
            ELSE (
              SELECT (a.value << 24) + (b.value << 12) + c.value
              FROM (SELECT '0' || hex(substr(series.step, 4 * place.place + 1, 4)) AS word)
              CROSS JOIN digits a ON a.digits = substr(word, 1, 3)
              CROSS JOIN digits b ON b.digits = substr(word, 4, 3)
              CROSS JOIN digits c ON c.digits = substr(word, 7, 3)
            ) END
    """
}
