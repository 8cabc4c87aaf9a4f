extension SchemaMigration {
  /// The views of schema version 2: what outsiders read, the same as those of version 1. They are never edited, only
  /// replaced by a later version.
  static let version2Views = """
    CREATE VIEW runs AS
      SELECT
        run.run_id, sweep.name AS sweep, cell.cell_id, cell.model, cell.family, cell.objective, cell.form,
        cell.estimator, cell.optimizer, cell.beta, run.seed, run.status, run.started_at, run.ended_at,
        outcome.seconds,
        coalesce(
          outcome.steps,
          (SELECT first_step + stride * (count - 1) FROM block
            WHERE block.run = run.run ORDER BY first_step DESC LIMIT 1)) AS steps,
        outcome.elbo, outcome.elbo_se, outcome.reconstruction, outcome.kl_prior, outcome.kl_posterior,
        outcome.log_joint, outcome.entropy, outcome.log_evidence, outcome.log_evidence_se, outcome.suspect,
        cell.config, run.reason, outcome.exact_terms, outcome.identities_checked, outcome.largest_residual
      FROM run
      JOIN cell ON cell.cell = run.cell
      JOIN sweep ON sweep.sweep = run.sweep
      LEFT JOIN outcome ON outcome.run = run.run
      WHERE run.attempts > 0;

    CREATE VIEW params AS
      SELECT run.run_id, parameter.key, cell_parameter.value
      FROM run JOIN cell_parameter USING (cell) JOIN parameter USING (parameter)
      WHERE run.attempts > 0;

    CREATE VIEW steps AS
      SELECT
        run.run_id, \(version2Step) AS step,
        \(version2Columns.map { "\(version2Value($0)) AS \($0)" }.joined(separator: ",\n        "))
      FROM \(version2Source);

    CREATE VIEW points (run_id, metric, step, value) AS
      \(version2Columns.map { column in
        """
        SELECT run.run_id, '\(column)', \(version2Step),
            \(version2Value(column))
          FROM \(version2Source) AND block.\(column) IS NOT NULL
          UNION ALL
        """
      }.joined(separator: "\n      "))
      SELECT run.run_id, metric.name, point.step, point.value
      FROM run JOIN point USING (run) JOIN metric USING (metric);
    """

  /// CROSS JOIN keeps SQLite from another order.
  static let version2Source = """
    run CROSS JOIN block CROSS JOIN place WHERE block.run = run.run AND place.place < block.count
    """

  static let version2Step = "block.first_step + block.stride * place.place"

  /// One value of a column of `block`: 64 bits are 16 hexadecimal digits, three of them sign and exponent.
  ///
  /// The innermost SELECT without a table is never merged with what is around it: the blob is read once a value, not once
  /// a digit. Every operation is exact, as integers below 2^53 and products with powers of two are. A NaN comes out as NULL.
  static func version2Value(_ column: String, of table: String = "block") -> String {
    """
    CASE typeof(\(table).\(column)) WHEN 'blob' THEN (
        SELECT CASE WHEN abs(e.scale) = 9e999 AND (a.value | b.value | c.value | d.value | f.value) THEN NULL ELSE
          (e.implicit + (a.value << 40) + (b.value << 28) + (c.value << 16) + (d.value << 4) + (f.value >> 8))
            * e.scale END
        FROM (SELECT hex(substr(\(table).\(column), 8 * place.place + 1, 8)) || '00' AS word)
        CROSS JOIN digits e ON e.digits = substr(word, 1, 3) CROSS JOIN digits a ON a.digits = substr(word, 4, 3)
        CROSS JOIN digits b ON b.digits = substr(word, 7, 3) CROSS JOIN digits c ON c.digits = substr(word, 10, 3)
        CROSS JOIN digits d ON d.digits = substr(word, 13, 3) CROSS JOIN digits f ON f.digits = substr(word, 16, 3)
      ) ELSE \(table).\(column) END
    """
  }
}
