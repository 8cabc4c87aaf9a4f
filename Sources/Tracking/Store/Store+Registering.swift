internal import Foundation
internal import GRDB

extension Store {
  /// Registers a sweep and its runs in the given order, all or none of them.
  ///
  /// A sweep of that name takes the new description and text, and keeps its runs. A run that is there already is
  /// left alone, whatever sweep brought it, and belongs to this sweep as well.
  ///
  /// - Returns: the number of runs that were not there.
  /// - Precondition: every run names this sweep.
  @discardableResult
  public func register(_ sweep: SweepRecord, runs: [RunRecord]) throws(StoreError) -> Int {
    precondition(runs.allSatisfy { $0.sweep == sweep.name }, "a run of another sweep")
    let now = settings.clock()
    return try write { database in
      let sweepKey = try Self.upsert(sweep, at: now, database)
      var cells = try CellTable(database)
      var added = 0
      for run in runs {
        let known = try Self.key(of: run.runID, database)
        if known == nil { added += 1 }
        let runKey = try known ?? Self.insert(run, sweepKey, cells.key(of: run, database), database)
        let row = try RawStatement(
          database,
          sql: """
            INSERT INTO sweep_run (sweep, position, run)
            SELECT ?1, (SELECT coalesce(max(position), 0) + 1 FROM sweep_run WHERE sweep = ?1), ?2
            WHERE NOT EXISTS (SELECT 1 FROM sweep_run WHERE sweep = ?1 AND run = ?2)
            """)
        try row.bind(sweepKey, at: 1)
        try row.bind(runKey, at: 2)
        try row.run()
      }
      return added
    }
  }

  private static func upsert(_ sweep: SweepRecord, at now: Double, _ database: Database) throws -> Int64 {
    let overrides = String(decoding: try JSONEncoder().encode(sweep.overrides), as: UTF8.self)
    let key = try Int64.fetchOne(
      database,
      sql: """
        INSERT INTO sweep (name, description, source, overrides, registered_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE SET
          description = excluded.description, source = excluded.source, overrides = excluded.overrides,
          registered_at = excluded.registered_at
        RETURNING sweep
        """, arguments: [sweep.name, sweep.description, sweep.source, overrides, now])
    guard let key else { throw DatabaseError(message: "no key for the sweep \(sweep.name)") }
    return key
  }

  private static func insert(
    _ run: RunRecord, _ sweep: Int64, _ cell: Int64, _ database: Database
  ) throws -> Int64 {
    let row = try RawStatement(
      database, sql: "INSERT INTO run (run_id, sweep, cell, seed) VALUES (?, ?, ?, ?)")
    try row.bind(run.runID, at: 1)
    try row.bind(sweep, at: 2)
    try row.bind(cell, at: 3)
    try row.bind(Int64(run.seed), at: 4)
    try row.run()
    return database.lastInsertedRowID
  }

  private static func key(of runID: String, _ database: Database) throws -> Int64? {
    let statement = try RawStatement(database, sql: "SELECT run FROM run WHERE run_id = ?")
    try statement.bind(runID, at: 1)
    var key: Int64?
    try statement.forEachRow { key = $0.integer(0) }
    return key
  }
}
