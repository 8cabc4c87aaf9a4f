extension SchemaMigration {
  /// The table of what programs write, of schema version 4. Stores hold this text: it is never edited, only followed by a later
  /// version.
  ///
  /// A row for the last attempt of a run that a program executes: how the program ended, and the beginning and the end of what it
  /// wrote.
  static let version4OutputTables = """
    -- exit_code is NULL where a signal ended the program, both where it did not start or was not waited for.
    CREATE TABLE run_output (
      run INTEGER PRIMARY KEY REFERENCES run,
      exit_code INTEGER,
      signal INTEGER,
      stdout TEXT NOT NULL,
      stderr TEXT NOT NULL,
      CHECK (exit_code IS NULL OR signal IS NULL)
    );
    """

  /// The view of what programs write, of schema version 4.
  static let version4OutputViews = """
    CREATE VIEW outputs (run_id, exit_code, signal, stdout, stderr) AS
      SELECT run.run_id, exit_code, signal, stdout, stderr
      FROM run_output JOIN run USING (run)
      WHERE run.attempts > 0 AND run.removed_at IS NULL;
    """
}
