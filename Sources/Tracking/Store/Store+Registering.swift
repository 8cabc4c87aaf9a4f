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
      var keys = try ParameterKeys(database)
      var added = 0
      for run in runs {
        let known = try Int64.fetchOne(
          database.cachedStatement(sql: "SELECT run FROM run WHERE run_id = ?"), arguments: [run.runID])
        if known == nil { added += 1 }
        let runKey = try known ?? Self.insert(run, sweepKey, &keys, database)
        try database.cachedStatement(sql: "INSERT OR IGNORE INTO sweep_run (sweep, run) VALUES (?, ?)")
          .execute(arguments: [sweepKey, runKey])
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
    _ run: RunRecord, _ sweep: Int64, _ keys: inout ParameterKeys, _ database: Database
  ) throws -> Int64 {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO run (
          run_id, sweep, cell_id, model, family, objective, form, estimator, optimizer, beta, seed, config)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try statement.execute(arguments: [
      run.runID, sweep, run.cellID, run.model, run.family, run.objective, run.form, run.estimator,
      run.optimizer, run.beta, run.seed, run.config,
    ])
    let key = database.lastInsertedRowID
    let row = try RawStatement(
      database, sql: "INSERT INTO run_parameter (run, position, parameter, value) VALUES (?, ?, ?, ?)")
    for (position, parameter) in run.parameters.enumerated() {
      try row.bind(key, at: 1)
      try row.bind(Int64(position), at: 2)
      try row.bind(try keys.key(of: parameter.key, database), at: 3)
      try row.bind(parameter.value, at: 4)
      try row.run()
    }
    return key
  }
}

/// The integers that stand for parameter names, which every run repeats.
private struct ParameterKeys {
  private var known: [String: Int64] = [:]

  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT key, parameter FROM parameter")
    while let row = try rows.next() { known[row[0]] = row[1] }
  }

  mutating func key(of name: String, _ database: Database) throws -> Int64 {
    if let key = known[name] { return key }
    try database.execute(sql: "INSERT INTO parameter (key) VALUES (?)", arguments: [name])
    known[name] = database.lastInsertedRowID
    return database.lastInsertedRowID
  }
}
