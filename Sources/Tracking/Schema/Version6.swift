extension SchemaMigration {
  /// What schema version 6 changes of the tables. Stores hold this text: it is never edited, only followed by a later version.
  ///
  /// The only value that a run which has ended recorded of a metric, as a run's last measurements are, is a row of `single` and has
  /// no other: neither in `series` nor in `summary`. A NaN is a row of `series`. A column without a
  /// declared type keeps the sign of a zero. What older versions wrote stays where it is.
  static let version6Tables = """
    DROP VIEW points;
    DROP VIEW summaries;
    \(version6Single)
    """

  static let version6Single = """
    CREATE TABLE single (
      run INTEGER NOT NULL REFERENCES run,
      metric INTEGER NOT NULL REFERENCES metric CHECK (metric > \(version2Columns.count)),
      step INTEGER NOT NULL CHECK (step >= 0),
      value NOT NULL CHECK (typeof(value) = 'real'),
      PRIMARY KEY (run, metric)
    ) WITHOUT ROWID;
    """

  /// The views of schema version 6 that read it; the others are those of versions 3, 4 and 5.
  static let version6Views = """
    \(pointsView({ version5Value($0, of: $1) }, others: version6Points))
    -- What each run that has ended recorded of each metric.
    CREATE VIEW summaries AS
      SELECT
        run.run_id, metric.name AS metric, summary.count, summary.first_step, summary.last_step, summary.minimum,
        summary.maximum, summary.mean, summary.last, summary.first_non_finite_step
      FROM summary JOIN metric USING (metric) JOIN run USING (run)
      WHERE run.removed_at IS NULL
      UNION ALL
      SELECT
        run.run_id, metric.name, 1, single.step, single.step, single.value, single.value, single.value, single.value,
        CASE WHEN abs(single.value) = 9e999 THEN single.step END
      FROM single JOIN metric USING (metric) JOIN run USING (run)
      WHERE run.removed_at IS NULL;
    """

  private static let version6Points = """

      UNION ALL
      SELECT run.run_id, metric.name, single.step, single.value
        FROM run CROSS JOIN single CROSS JOIN metric
        WHERE single.run = run.run AND metric.metric = single.metric AND run.removed_at IS NULL
    """
}
