internal import GRDB

extension SchemaMigration {
  /// Makes the tables and views of the latest version in a file without any: what the migrations would make, to the letter of
  /// SQLite's own record of them, for half the instructions. What the columns mean is said where a migration introduces them.
  static func create(_ database: Database) throws {
    try database.execute(sql: latestTables)
    try fillDigits(database)
    try database.execute(
      sql: [version3Runs, version4OutputViews, version5Steps, version6Views].joined(separator: "\n"))
  }

  /// The rows of `digits`: what the recursion of version 2 gives.
  private static func fillDigits(_ database: Database) throws {
    try RowInsertion(into: "digits", ["digits", "value", "implicit", "scale"])
      .insert(Array(0..<4096), database) { value, row, first in
        let exponent = value & 2047
        let size =
          exponent == 2047
          ? Double.infinity : Double(sign: .plus, exponent: max(exponent, 1) - 1075, significand: 1)
        let digits = String(value, radix: 16, uppercase: true)
        try row.bind(String(repeating: "0", count: 3 - digits.count) + digits, at: first)
        try row.bind(Int64(value), at: first + 1)
        try row.bind(exponent == 0 ? 0 : Int64(1) << 52, at: first + 2)
        try row.bind(value < 2048 ? size : -size, at: first + 3)
      }
  }

  private static let latestTables = """
    CREATE TABLE sweep (
      sweep INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      description TEXT NOT NULL,
      source TEXT NOT NULL,
      overrides TEXT NOT NULL CHECK (json_valid(overrides)),
      registered_at REAL NOT NULL
    );

    CREATE TABLE parameter (
      parameter INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE CHECK (key <> '')
    );

    CREATE TABLE attempt (
      attempt INTEGER PRIMARY KEY,
      wb_version TEXT NOT NULL,
      git_commit TEXT,
      host TEXT NOT NULL,
      cpu_flags TEXT NOT NULL,
      blas_core TEXT NOT NULL,
      command TEXT NOT NULL,
      pid INTEGER NOT NULL,
      process_start INTEGER NOT NULL,
      boot_id TEXT NOT NULL,
      started_at REAL NOT NULL,
      last_seen_at REAL NOT NULL,
      ended_at REAL
    );

    CREATE TABLE run_attempt (
      run INTEGER NOT NULL REFERENCES run,
      number INTEGER NOT NULL CHECK (number >= 1),
      attempt INTEGER NOT NULL REFERENCES attempt,
      status TEXT NOT NULL CHECK (status IN ('running', 'finished', 'diverged', 'failed', 'interrupted')),
      started_at REAL NOT NULL,
      ended_at REAL,
      reason TEXT,
      PRIMARY KEY (run, number),
      CHECK ((status = 'running') = (ended_at IS NULL))
    ) WITHOUT ROWID;

    CREATE TABLE outcome (
      run INTEGER PRIMARY KEY REFERENCES run,
      yardstick INTEGER NOT NULL CHECK (yardstick IN (0, 1)),
      elbo REAL,
      reconstruction REAL,
      kl_prior REAL,
      kl_posterior REAL,
      log_joint REAL,
      entropy REAL,
      log_evidence REAL,
      elbo_se REAL,
      log_evidence_se REAL,
      seconds REAL,
      largest_residual REAL,
      nan INTEGER NOT NULL CHECK (nan BETWEEN 0 AND 2047),
      steps INTEGER NOT NULL CHECK (steps >= 0),
      suspect TEXT,
      exact_terms TEXT NOT NULL,
      identities_checked INTEGER NOT NULL CHECK (identities_checked >= 0)
    );

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

    CREATE TABLE cell_parameter (
      cell INTEGER NOT NULL REFERENCES cell,
      position INTEGER NOT NULL CHECK (position >= 0),
      parameter INTEGER NOT NULL REFERENCES parameter,
      value,
      PRIMARY KEY (cell, position),
      UNIQUE (cell, parameter)
    ) WITHOUT ROWID;

    CREATE TABLE "run" (
      run INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE CHECK (run_id <> ''),
      sweep INTEGER NOT NULL REFERENCES sweep,
      cell INTEGER NOT NULL REFERENCES cell,
      seed INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
      status TEXT CHECK (status IN ('running', 'finished', 'diverged', 'failed', 'interrupted')),
      started_at REAL,
      ended_at REAL,
      reason TEXT, removed_at REAL,
      CHECK ((attempts > 0) = (status IS NOT NULL) AND (attempts > 0) = (started_at IS NOT NULL)),
      CHECK (status IS NULL OR (status = 'running') = (ended_at IS NULL))
    );

    CREATE TABLE "sweep_run" (
      sweep INTEGER NOT NULL REFERENCES sweep,
      position INTEGER NOT NULL,
      run INTEGER NOT NULL REFERENCES run,
      PRIMARY KEY (sweep, position),
      UNIQUE (sweep, run)
    ) WITHOUT ROWID;

    CREATE INDEX run_running ON run (run) WHERE status = 'running';

    CREATE TABLE place (place INTEGER PRIMARY KEY);

    CREATE TABLE digits (
      digits TEXT PRIMARY KEY,
      value INTEGER NOT NULL,
      implicit INTEGER NOT NULL,
      scale REAL NOT NULL
    ) WITHOUT ROWID;

    CREATE INDEX run_removed ON run (run) WHERE removed_at IS NOT NULL;

    CREATE INDEX run_cell ON run (cell);

    CREATE INDEX sweep_run_run ON sweep_run (run);

    CREATE TABLE tag (
      run INTEGER NOT NULL REFERENCES run,
      name TEXT NOT NULL CHECK (name <> ''),
      PRIMARY KEY (run, name)
    ) WITHOUT ROWID;

    CREATE TABLE note (
      run INTEGER PRIMARY KEY REFERENCES run,
      text TEXT NOT NULL CHECK (text <> '')
    );

    CREATE TABLE "metric" (
      metric INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> '')
    );

    CREATE TABLE "block" (
      run INTEGER NOT NULL REFERENCES run,
      first_step INTEGER NOT NULL CHECK (first_step >= 0),
      stride INTEGER NOT NULL CHECK (stride >= 1),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 1023),
      header BLOB NOT NULL,
      envelope BLOB CHECK (length(envelope) > 0),
      \(version2Columns.map { "\($0) CHECK (typeof(\($0)) IN ('null', 'real') OR length(\($0)) IN (8, 4 * count, 8 * count))" }
            .joined(separator: ",\n      ")),
      PRIMARY KEY (run, first_step)
    );

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
      value NOT NULL CHECK (typeof(value) = 'real' OR length(value) IN (8, 4 * count, 8 * count)),
      PRIMARY KEY (run, metric, first_step),
      CHECK ((header IS NULL) = (count = 1)),
      CHECK (count > 1 OR last_step = first_step),
      CHECK (step IS NULL OR length(step) = 4 * count),
      CHECK (step IS NOT NULL OR count = 1 OR (last_step - first_step) % (count - 1) = 0)
    );

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

    CREATE TABLE run_output (
      run INTEGER PRIMARY KEY REFERENCES run,
      exit_code INTEGER,
      signal INTEGER,
      stdout TEXT NOT NULL,
      stderr TEXT NOT NULL,
      CHECK (exit_code IS NULL OR signal IS NULL)
    );

    \(version6Single)

    INSERT INTO place
      WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < 4095)
      SELECT n FROM counted;
    INSERT INTO metric (name) VALUES
      \(version2Columns.map { "('\($0)')" }.joined(separator: ", "));
    """
}
