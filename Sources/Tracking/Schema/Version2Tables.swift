extension SchemaMigration {
  /// The tables of schema version 2, in two parts with the conversion of the steps between them. Stores hold this text:
  /// it is never edited, only followed by a later version.
  ///
  /// Steps are kept in blocks instead of rows; what the runs of one cell share is kept once; a run's row says where its
  /// last attempt stands, so that a listing reads few pages in their order.
  static let version2Tables = """
    DROP VIEW runs;
    DROP VIEW params;
    DROP VIEW steps;
    DROP VIEW points;

    -- What the runs of a cell have in common: their resolved configuration without the seed.
    CREATE TABLE cell (
      cell INTEGER PRIMARY KEY,
      cell_id TEXT NOT NULL,
      model TEXT NOT NULL,
      family TEXT NOT NULL,
      objective TEXT NOT NULL,
      form TEXT NOT NULL,
      estimator TEXT NOT NULL,
      optimizer TEXT NOT NULL,
      beta REAL,
      config TEXT NOT NULL CHECK (json_valid(config))
    );

    -- The value has no type, so that 1.0 and 1 stay what they are.
    CREATE TABLE cell_parameter (
      cell INTEGER NOT NULL REFERENCES cell,
      position INTEGER NOT NULL CHECK (position >= 0),
      parameter INTEGER NOT NULL REFERENCES parameter,
      value,
      PRIMARY KEY (cell, position),
      UNIQUE (cell, parameter)
    ) WITHOUT ROWID;

    -- status, started_at, ended_at and reason are those of the last attempt, NULL before the first.
    CREATE TABLE new_run (
      run INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE CHECK (run_id <> ''),
      sweep INTEGER NOT NULL REFERENCES sweep,
      cell INTEGER NOT NULL REFERENCES cell,
      seed INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      status TEXT CHECK (status IN ('running', 'finished', 'diverged', 'failed', 'interrupted')),
      started_at REAL,
      ended_at REAL,
      reason TEXT,
      CHECK ((attempts > 0) = (status IS NOT NULL) AND (attempts > 0) = (started_at IS NOT NULL)),
      CHECK (status IS NULL OR (status = 'running') = (ended_at IS NULL))
    );

    -- A run belongs to every sweep that asks for it; run.sweep is the first that did.
    CREATE TABLE new_sweep_run (
      sweep INTEGER NOT NULL REFERENCES sweep,
      position INTEGER NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      PRIMARY KEY (sweep, position),
      UNIQUE (sweep, run)
    ) WITHOUT ROWID;

    -- Runs were registered with what is their cell's: the first one of a cell stands for it.
    INSERT INTO cell
      SELECT min(run), cell_id, model, family, objective, form, estimator, optimizer, beta, config
      FROM run GROUP BY cell_id, model, family, objective, form, estimator, optimizer, beta, config;
    INSERT INTO cell_parameter
      SELECT run, position, parameter, value FROM run_parameter WHERE run IN (SELECT cell FROM cell);
    INSERT INTO new_run
      SELECT
        run.run, run_id, sweep,
        min(run.run) OVER (
          PARTITION BY cell_id, model, family, objective, form, estimator, optimizer, beta, config),
        seed, attempts, status, started_at, ended_at, reason
      FROM run LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts;
    INSERT INTO new_sweep_run SELECT sweep, position, run FROM sweep_run;
    DROP TABLE run_parameter;
    DROP TABLE sweep_run;
    DROP TABLE run;
    ALTER TABLE new_run RENAME TO run;
    ALTER TABLE new_sweep_run RENAME TO sweep_run;
    DROP INDEX run_attempt_running;
    CREATE INDEX run_running ON run (run) WHERE status = 'running';

    -- Recorded steps first_step, first_step + stride, … of a run: `count` of them.
    --
    -- A column is NULL where its term is absent, a number where it is the same at every step, and else a blob of the
    -- values, each in eight bytes (IEEE 754 binary64, the highest byte first). A constant NaN, which is no number of
    -- SQL, is a blob of one value. A bit of `present` for every column that is not NULL, elbo in bit 0. The header has
    -- for each of those, in order, 40 bytes: the minimum and maximum without NaN, the sum, the last value, and the first
    -- step that is not finite (or -1) as an integer. A block that is not sealed may still be joined with its neighbours.
    CREATE TABLE block (
      run INTEGER NOT NULL REFERENCES run,
      first_step INTEGER NOT NULL CHECK (first_step >= 0),
      stride INTEGER NOT NULL CHECK (stride >= 1),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 1023),
      header BLOB NOT NULL,
      \(version2Columns.map { "\($0) CHECK (typeof(\($0)) IN ('null', 'real') OR length(\($0)) IN (8, 8 * count))" }
        .joined(separator: ",\n      ")),
      PRIMARY KEY (run, first_step)
    );

    -- To read a block in SQL. The places of its values:
    CREATE TABLE place (place INTEGER PRIMARY KEY);
    INSERT INTO place
      WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < 4095)
      SELECT n FROM counted;

    -- Three hexadecimal digits, as the integer that they write, and as the first three of a binary64 (its sign and
    -- exponent), whose value is then (implicit + the integer of the other 52 bits) * scale.
    CREATE TABLE digits (
      digits TEXT PRIMARY KEY,
      value INTEGER NOT NULL,
      implicit INTEGER NOT NULL,
      scale REAL NOT NULL
    ) WITHOUT ROWID;
    INSERT INTO digits
      WITH RECURSIVE
        half (n, x) AS (SELECT 0, 1.0 UNION ALL SELECT n + 1, x / 2 FROM half WHERE n < 1074),
        power (e, x) AS (
          SELECT 1, x FROM half WHERE n = 1074 UNION ALL SELECT e + 1, x * 2 FROM power WHERE e < 2046),
        magnitude (e, implicit, x) AS (
          SELECT 0, 0, x FROM power WHERE e = 1 UNION ALL SELECT e, 1 << 52, x FROM power
          UNION ALL SELECT 2047, 1 << 52, 9e999)
      SELECT printf('%03X', e), e, implicit, x FROM magnitude
      UNION ALL SELECT printf('%03X', e + 2048), e + 2048, implicit, -x FROM magnitude;
    """

  static let version2Columns = [
    "elbo", "objective", "reconstruction", "kl_prior", "kl_posterior", "log_joint", "entropy", "log_evidence",
    "beta", "grad_norm",
  ]
}
