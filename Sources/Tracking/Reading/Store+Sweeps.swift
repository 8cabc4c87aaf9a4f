internal import Foundation
internal import GRDB

extension Store {
  /// Every sweep, in the order in which they were first registered.
  public func sweeps() throws(StoreError) -> [SweepSummary] {
    try read { database in
      let counts = try Self.statusCounts(database)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT
            sweep.sweep, name, description, source, overrides, registered_at, count(run.run) AS runs,
            max(registered_at, coalesce(max(started_at), 0), coalesce(max(ended_at), 0)) AS last_activity
          FROM sweep
          LEFT JOIN sweep_run ON sweep_run.sweep = sweep.sweep
          LEFT JOIN run ON run.run = sweep_run.run
          LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
          GROUP BY sweep.sweep ORDER BY sweep.sweep
          """)
      return try rows.map { row in
        let overrides: String = row["overrides"]
        return SweepSummary(
          record: SweepRecord(
            name: row["name"], description: row["description"], source: row["source"],
            overrides: try JSONDecoder().decode([String].self, from: Data(overrides.utf8))),
          registeredAt: row["registered_at"], runs: row["runs"], counts: counts[row["sweep"]] ?? [:],
          lastActivity: row["last_activity"])
      }
    }
  }

  /// The sweep of this name.
  ///
  /// - Throws: `unknownSweep` with the names that there are.
  public func sweep(named name: String) throws(StoreError) -> SweepSummary {
    let sweeps = try sweeps()
    guard let sweep = sweeps.first(where: { $0.record.name == name }) else {
      throw .unknownSweep(path: path, name: name, known: sweeps.map(\.record.name))
    }
    return sweep
  }

  /// The sweep with the last activity; nil in a store without sweeps.
  public func latestSweep() throws(StoreError) -> SweepSummary? {
    try sweeps().max { $0.lastActivity < $1.lastActivity }
  }

  private static func statusCounts(_ database: Database) throws -> [Int64: [RunStatus: Int]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT sweep_run.sweep, status, count(*)
        FROM sweep_run JOIN run USING (run)
        JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
        GROUP BY sweep_run.sweep, status
        """)
    var counts: [Int64: [RunStatus: Int]] = [:]
    while let row = try rows.next() {
      counts[row[0], default: [:]][try RunStatus(stored: row[1])] = row[2]
    }
    return counts
  }
}
