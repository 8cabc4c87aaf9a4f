/// A store as wb wrote it at schema version 2, its views cut short. The text is a copy, so that a change of ours
/// cannot go unnoticed.
enum Version2Store {
  static let schema = #"""
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

    CREATE TABLE metric (
      metric INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (
        name NOT IN (
          '', 'elbo', 'objective', 'reconstruction', 'kl_prior', 'kl_posterior', 'log_joint', 'entropy',
          'log_evidence', 'beta', 'grad_norm'))
    );

    CREATE TABLE point (
      run INTEGER NOT NULL REFERENCES run,
      metric INTEGER NOT NULL REFERENCES metric,
      step INTEGER NOT NULL CHECK (step >= 0),
      value REAL,
      PRIMARY KEY (run, metric, step)
    ) WITHOUT ROWID;

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
      reason TEXT,
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

    CREATE TABLE block (
      run INTEGER NOT NULL REFERENCES run,
      first_step INTEGER NOT NULL CHECK (first_step >= 0),
      stride INTEGER NOT NULL CHECK (stride >= 1),
      count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
      sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
      present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 1023),
      header BLOB NOT NULL,
      elbo CHECK (typeof(elbo) IN ('null', 'real') OR length(elbo) IN (8, 8 * count)),
          objective CHECK (typeof(objective) IN ('null', 'real') OR length(objective) IN (8, 8 * count)),
          reconstruction CHECK (typeof(reconstruction) IN ('null', 'real') OR length(reconstruction) IN (8, 8 * count)),
          kl_prior CHECK (typeof(kl_prior) IN ('null', 'real') OR length(kl_prior) IN (8, 8 * count)),
          kl_posterior CHECK (typeof(kl_posterior) IN ('null', 'real') OR length(kl_posterior) IN (8, 8 * count)),
          log_joint CHECK (typeof(log_joint) IN ('null', 'real') OR length(log_joint) IN (8, 8 * count)),
          entropy CHECK (typeof(entropy) IN ('null', 'real') OR length(entropy) IN (8, 8 * count)),
          log_evidence CHECK (typeof(log_evidence) IN ('null', 'real') OR length(log_evidence) IN (8, 8 * count)),
          beta CHECK (typeof(beta) IN ('null', 'real') OR length(beta) IN (8, 8 * count)),
          grad_norm CHECK (typeof(grad_norm) IN ('null', 'real') OR length(grad_norm) IN (8, 8 * count)),
      PRIMARY KEY (run, first_step)
    );

    CREATE TABLE place (place INTEGER PRIMARY KEY);

    CREATE TABLE digits (
      digits TEXT PRIMARY KEY,
      value INTEGER NOT NULL,
      implicit INTEGER NOT NULL,
      scale REAL NOT NULL
    ) WITHOUT ROWID;

    CREATE VIEW runs AS SELECT run.run_id, cell.config FROM run JOIN cell USING (cell);
    CREATE VIEW params AS SELECT run.run_id, cell_parameter.value FROM run JOIN cell_parameter USING (cell);
    CREATE VIEW steps AS SELECT run.run_id, block.first_step AS step FROM run JOIN block USING (run);
    CREATE VIEW points AS SELECT run.run_id, point.step, point.value FROM run JOIN point USING (run);

    INSERT INTO place
      WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < 4095)
      SELECT n FROM counted;
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
    PRAGMA application_id = 0x77623031;
    PRAGMA user_version = 2;
    """#
}
