internal import GRDB

/// The table `run_output`, a row per run that a program has executed.
enum OutputTable {
  /// Puts what a program wrote in the place of what its last attempt wrote.
  static func replace(_ output: ProgramOutput, run: Int64, _ database: Database) throws {
    try database.cachedStatement(sql: "INSERT OR REPLACE INTO run_output VALUES (?, ?, ?, ?, ?)").execute(
      arguments: [
        run, output.exitCode, output.signal, visible(output.standardOutput), visible(output.standardError),
      ])
  }

  /// SQLite's own functions and clients end a text at a NUL.
  private static func visible(_ text: String) -> String { text.replacing("\0", with: "\u{FFFD}") }
}

extension Store {
  /// How the program of a run ended and what it wrote; nil where no program executed it, or none has ended yet.
  public func output(of runID: String) throws(StoreError) -> ProgramOutput? {
    try read { database in
      try Row.fetchOne(
        database, sql: "SELECT exit_code, signal, stdout, stderr FROM outputs WHERE run_id = ?",
        arguments: [runID]
      ).map { row in
        ProgramOutput(exitCode: row[0], signal: row[1], standardOutput: row[2], standardError: row[3])
      }
    }
  }
}
