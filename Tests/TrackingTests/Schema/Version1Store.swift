/// A store as wb 0.1 wrote it. The text is a copy, so that a change of ours cannot go unnoticed.
enum Version1Store {
  static let schema = """
    CREATE TABLE sweep (
      sweep INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE CHECK (name <> ''),
      description TEXT NOT NULL,
      source TEXT NOT NULL,
      overrides TEXT NOT NULL CHECK (json_valid(overrides)),
      registered_at REAL NOT NULL
    );

    CREATE TABLE run (
      run INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE CHECK (run_id <> ''),
      sweep INTEGER NOT NULL REFERENCES sweep,
      cell_id TEXT NOT NULL,
      model TEXT NOT NULL,
      family TEXT NOT NULL,
      objective TEXT NOT NULL,
      form TEXT NOT NULL,
      estimator TEXT NOT NULL,
      optimizer TEXT NOT NULL,
      beta REAL,
      seed INTEGER NOT NULL,
      config TEXT NOT NULL CHECK (json_valid(config)),
      attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0)
    );

    CREATE TABLE sweep_run (
      position INTEGER PRIMARY KEY,
      sweep INTEGER NOT NULL REFERENCES sweep,
      run INTEGER NOT NULL REFERENCES run,
      UNIQUE (sweep, run)
    );

    CREATE TABLE parameter (
      parameter INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE CHECK (key <> '')
    );

    CREATE TABLE run_parameter (
      run INTEGER NOT NULL REFERENCES run,
      position INTEGER NOT NULL CHECK (position >= 0),
      parameter INTEGER NOT NULL REFERENCES parameter,
      value,
      PRIMARY KEY (run, position),
      UNIQUE (run, parameter)
    ) WITHOUT ROWID;

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

    CREATE INDEX run_attempt_running ON run_attempt (run) WHERE status = 'running';

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

    CREATE TABLE step (
      run INTEGER NOT NULL REFERENCES run,
      step INTEGER NOT NULL CHECK (step >= 0),
      elbo REAL,
      objective REAL,
      reconstruction REAL,
      kl_prior REAL,
      kl_posterior REAL,
      log_joint REAL,
      entropy REAL,
      log_evidence REAL,
      beta REAL,
      grad_norm REAL,
      nan INTEGER NOT NULL CHECK (nan BETWEEN 0 AND 1023),
      PRIMARY KEY (run, step)
    ) WITHOUT ROWID;

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

    CREATE VIEW runs AS SELECT run.run_id, run.config FROM run;
    CREATE VIEW params AS SELECT run.run_id, run_parameter.value FROM run JOIN run_parameter USING (run);
    CREATE VIEW steps AS SELECT run.run_id, step.step, step.elbo FROM run JOIN step USING (run);
    CREATE VIEW points AS SELECT run.run_id, point.step, point.value FROM run JOIN point USING (run);
    PRAGMA application_id = 0x77623031;
    PRAGMA user_version = 1;
    """
}
