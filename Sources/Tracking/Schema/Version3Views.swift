extension SchemaMigration {
  /// The views of schema version 3: those of version 2 without removed runs, and `runs` with two columns more. They are never
  /// edited, only replaced by a later version.
  ///
  /// `tags` is a JSON array of names in the order of their bytes; it and `note` are NULL where there is none.
  static let version3Views = version3RunViews + "\n" + version3Points

  /// What of them version 4 has too.
  static let version3RunViews = version3Runs + "\n" + version3Steps

  /// What of them later versions have too.
  static let version3Runs = """
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
        cell.config, run.reason, outcome.exact_terms, outcome.identities_checked, outcome.largest_residual,
        (SELECT nullif(json_group_array(tag.name), '[]') FROM tag WHERE tag.run = run.run) AS tags,
        (SELECT note.text FROM note WHERE note.run = run.run) AS note
      FROM run
      JOIN cell ON cell.cell = run.cell
      JOIN sweep ON sweep.sweep = run.sweep
      LEFT JOIN outcome ON outcome.run = run.run
      WHERE run.attempts > 0 AND run.removed_at IS NULL;

    CREATE VIEW params AS
      SELECT run.run_id, parameter.key, cell_parameter.value
      FROM run JOIN cell_parameter USING (cell) JOIN parameter USING (parameter)
      WHERE run.attempts > 0 AND run.removed_at IS NULL;
    """

  private static let version3Steps = stepsView { version2Value($0) }

  /// - Parameter value: the expression of a value of a column.
  static func stepsView(_ value: (_ column: String) -> String) -> String {
    """
    CREATE VIEW steps AS
      SELECT
        run.run_id, \(version2Step) AS step,
        \(version2Columns.map { "\(value($0)) AS \($0)" }.joined(separator: ",\n        "))
      FROM \(version2Source) AND run.removed_at IS NULL;
    """
  }

  private static let version3Points = """
    CREATE VIEW points (run_id, metric, step, value) AS
      \(version2Columns.map { column in
        """
        SELECT run.run_id, '\(column)', \(version2Step),
            \(version2Value(column))
          FROM \(version2Source) AND run.removed_at IS NULL AND block.\(column) IS NOT NULL
          UNION ALL
        """
      }.joined(separator: "\n      "))
      SELECT run.run_id, metric.name, point.step, point.value
      FROM run JOIN point USING (run) JOIN metric USING (metric)
      WHERE run.removed_at IS NULL;
    """
}
