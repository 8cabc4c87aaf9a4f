extension SchemaMigration {
  /// The tables of schema version 4, around the conversion of what they replace. Stores hold this text: it is never edited,
  /// only followed by a later version.
  ///
  /// Blocks bear an envelope, metrics of any name are kept in blocks too, and an ended run is summarised by metric.
  static let version4Tables = """
    DROP VIEW runs;
    DROP VIEW params;
    DROP VIEW steps;
    DROP VIEW points;

    -- The first ten are the columns of block, in order: elbo in 1.
    CREATE TABLE new_metric (
      metric INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> '')
    );
    INSERT INTO new_metric (name) VALUES
      \(version2Columns.map { "('\($0)')" }.joined(separator: ", "));
    INSERT INTO new_metric (metric, name) SELECT metric + \(version2Columns.count), name FROM metric;

    -- As before, with an envelope: for each column with more than 64 values, in order, and each 64 of them (the last ones
    -- are what is left) 24 bytes: their minimum and maximum without NaN, and their mean. NULL where there is none.
    CREATE TABLE new_block (
      run INTEGER NOT NULL REFERENCES run,
      first_step INTEGER NOT NULL CHECK (first_step >= 0),
      stride INTEGER NOT NULL CHECK (stride >= 1),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 1023),
      header BLOB NOT NULL,
      envelope BLOB CHECK (length(envelope) > 0),
      \(version2Columns.map { "\($0) CHECK (typeof(\($0)) IN ('null', 'real') OR length(\($0)) IN (8, 8 * count))" }
        .joined(separator: ",\n      ")),
      PRIMARY KEY (run, first_step)
    );

    -- Values of a metric that is no column of block, at ascending steps. Where `step` is NULL the steps from first_step to
    -- last_step are at equal distances, else it holds four bytes for each, the highest first: its distance from first_step.
    -- `value` is as in a column of block, and so is the envelope. The header is what a block has of one column, and NULL
    -- where there is one value alone.
    CREATE TABLE series (
      run INTEGER NOT NULL REFERENCES run,
      metric INTEGER NOT NULL REFERENCES metric CHECK (metric > \(version2Columns.count)),
      first_step INTEGER NOT NULL CHECK (first_step >= 0),
      last_step INTEGER NOT NULL CHECK (last_step >= first_step),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      header BLOB CHECK (header IS NULL OR length(header) = 40),
      envelope BLOB CHECK (length(envelope) > 0),
      step BLOB,
      value NOT NULL CHECK (typeof(value) = 'real' OR length(value) IN (8, 8 * count)),
      PRIMARY KEY (run, metric, first_step),
      CHECK ((header IS NULL) = (count = 1)),
      CHECK (count > 1 OR last_step = first_step),
      CHECK (step IS NULL OR length(step) = 4 * count),
      CHECK (step IS NOT NULL OR count = 1 OR (last_step - first_step) % (count - 1) = 0)
    );

    -- What a run that has ended recorded of a metric: a look at one metric of all runs is a walk along this table.
    -- Minimum and maximum are without NaN. The bits of nan: minimum, maximum, mean, last.
    CREATE TABLE summary (
      metric INTEGER NOT NULL REFERENCES metric,
      run INTEGER NOT NULL REFERENCES run,
      count INTEGER NOT NULL CHECK (count >= 1),
      first_step INTEGER NOT NULL,
      last_step INTEGER NOT NULL,
      minimum REAL,
      maximum REAL,
      mean REAL,
      last REAL,
      nan INTEGER NOT NULL CHECK (nan BETWEEN 0 AND 15),
      first_non_finite_step INTEGER,
      PRIMARY KEY (metric, run)
    ) WITHOUT ROWID;
    """

  /// What follows the conversion.
  static let version4Replacement = """
    DROP TABLE point;
    DROP TABLE metric;
    DROP TABLE block;
    ALTER TABLE new_metric RENAME TO metric;
    ALTER TABLE new_block RENAME TO block;
    """
}
