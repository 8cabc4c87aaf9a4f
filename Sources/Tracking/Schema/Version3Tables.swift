extension SchemaMigration {
  /// The tables of schema version 3. Stores hold this text: it is never edited, only followed by a later version.
  ///
  /// A run can be removed, and until it is collected be restored to the bit; runs bear tags and a note.
  static let version3Tables = """
    DROP VIEW runs;
    DROP VIEW params;
    DROP VIEW steps;
    DROP VIEW points;

    -- When a run was removed: it is hidden from the views, and NULL says that it is not. A run that starts again is there
    -- again.
    ALTER TABLE run ADD COLUMN removed_at REAL;
    CREATE INDEX run_removed ON run (run) WHERE removed_at IS NOT NULL;

    -- To collect a run is to ask who else needs its cell, and which sweeps it belongs to.
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
    """
}
