internal import Foundation
internal import GRDB

extension Store {
  /// Every sweep, in the order in which they were first registered, without those whose runs are all removed.
  public func sweeps() throws(StoreError) -> [SweepSummary] {
    try read { database in
      let activities = try Self.activities(database)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT
            sweep, name, description, source, overrides, registered_at,
            (SELECT count(*) FROM sweep_run WHERE sweep_run.sweep = sweep.sweep)
              - coalesce(hidden, 0) AS runs
          FROM sweep
          LEFT JOIN (
            SELECT sweep_run.sweep, count(*) AS hidden
            FROM run JOIN sweep_run USING (run) WHERE removed_at IS NOT NULL GROUP BY sweep_run.sweep
          ) USING (sweep)
          WHERE runs > 0 OR hidden IS NULL ORDER BY sweep
          """)
      return try rows.map { row in
        let overrides: String = row["overrides"]
        let registeredAt: Double = row["registered_at"]
        let activity = activities[row["sweep"]] ?? Activity()
        return SweepSummary(
          record: SweepRecord(
            name: row["name"], description: row["description"], source: row["source"],
            overrides: try JSONDecoder().decode([String].self, from: Data(overrides.utf8))),
          registeredAt: registeredAt, runs: row["runs"], counts: activity.counts,
          lastActivity: max(registeredAt, activity.last))
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

  /// What the started runs of a sweep have done.
  private struct Activity {
    var counts: [RunStatus: Int] = [:]
    /// When one of them started or ended last.
    var last = 0.0
  }

  /// One pass over the runs of each sweep, in their order.
  private static func activities(_ database: Database) throws -> [Int64: Activity] {
    let counts = RunStatus.allCases.map { "sum(status = '\($0.rawValue)')" }.joined(separator: ", ")
    var activities: [Int64: Activity] = [:]
    let statement = try RawStatement(
      database,
      sql: """
        SELECT sweep_run.sweep, max(started_at), coalesce(max(ended_at), 0), \(counts)
        FROM sweep_run CROSS JOIN run USING (run) WHERE attempts > 0 AND removed_at IS NULL GROUP BY sweep_run.sweep
        """)
    try statement.forEachRow { row in
      var activity = Activity(last: max(row.double(1) ?? 0, row.double(2) ?? 0))
      for (index, status) in RunStatus.allCases.enumerated() {
        let count = Int(row.integer(Int32(index) + 3))
        if count > 0 { activity.counts[status] = count }
      }
      activities[row.integer(0)] = activity
    }
    return activities
  }
}
