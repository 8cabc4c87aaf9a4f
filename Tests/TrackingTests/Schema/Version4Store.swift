/// A store as wb wrote it at schema version 4, its views cut short: what changed of version 3. The text is a copy, so that a change of ours
/// cannot go unnoticed.
enum Version4Store {
  static let schema =
    Version3Store.schema + #"""

      DROP VIEW steps;
      DROP VIEW points;
      CREATE VIEW steps AS SELECT 1;
      CREATE VIEW points AS SELECT 1;
      CREATE VIEW summaries AS SELECT 1;
      CREATE VIEW outputs AS SELECT 1;

      DROP TABLE point;
      DROP TABLE metric;
      CREATE TABLE metric (
        metric INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '')
      );
      INSERT INTO metric (name) VALUES
        ('elbo'), ('objective'), ('reconstruction'), ('kl_prior'), ('kl_posterior'),
        ('log_joint'), ('entropy'), ('log_evidence'), ('beta'), ('grad_norm');

      DROP TABLE block;
      CREATE TABLE block (
        run INTEGER NOT NULL REFERENCES run,
        first_step INTEGER NOT NULL CHECK (first_step >= 0),
        stride INTEGER NOT NULL CHECK (stride >= 1),
        count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 4096),
        sealed INTEGER NOT NULL CHECK (sealed IN (0, 1)),
        present INTEGER NOT NULL CHECK (present BETWEEN 0 AND 1023),
        header BLOB NOT NULL,
        envelope BLOB CHECK (length(envelope) > 0),
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

      CREATE TABLE series (
        run INTEGER NOT NULL REFERENCES run,
        metric INTEGER NOT NULL REFERENCES metric CHECK (metric > 10),
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

      PRAGMA user_version = 4;
      """#
}
