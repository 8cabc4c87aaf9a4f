/// A store as wb wrote it at schema version 3, its views cut short: what changed of version 2. The text is a copy, so that a
/// change of ours cannot go unnoticed.
enum Version3Store {
  static let schema =
    Version2Store.schema + #"""

      ALTER TABLE run ADD COLUMN removed_at REAL;
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

      PRAGMA user_version = 3;
      """#
}
