internal import GRDB

extension Store {
  /// The started runs of a sweep in the order of their registration, or those of all sweeps for nil; those that a filter
  /// selects, where there is one.
  ///
  /// A run that several sweeps share names the sweep asked for, and for nil the first that registered it. None
  /// for a sweep that the store does not have: ``sweep(named:)`` tells.
  ///
  /// - Complexity: one query, and two for each of their cells.
  public func runs(
    in sweep: String? = nil, matching filter: FilterExpression? = nil
  ) throws(StoreError) -> [RunSummary] {
    try read { database in
      guard let sweep else { return try RunQuery(filter: filter).fetch(database) }
      return try RunQuery(
        table: "sweep_run", join: "JOIN run ON run.run = sweep_run.run",
        condition: "sweep_run.sweep = (SELECT sweep FROM sweep WHERE name = ?)", order: "sweep_run.position",
        arguments: [.text(sweep)], sweep: sweep, filter: filter
      ).fetch(database)
    }
  }

  /// The one started run whose id is or begins with `idPrefix`.
  ///
  /// - Parameter isRemoved: whether it is looked for among the removed runs instead.
  /// - Throws: `unknownRun` where there is none, `removedRun` where it is a removed one, `ambiguousRun` with the candidates
  ///   where there are several.
  public func run(_ idPrefix: String, isRemoved: Bool = false) throws(StoreError) -> RunSummary {
    try read { database in
      func ids(isRemoved: Bool) throws -> [String] {
        // The greatest scalar bounds what begins with the prefix, and lets the index find it.
        try String.fetchAll(
          database,
          sql: """
            SELECT run_id FROM run
            WHERE attempts > 0 AND run_id >= ?1 AND run_id < ?1 || char(0x10FFFF)
            AND removed_at IS \(isRemoved ? "NOT NULL" : "NULL")
            ORDER BY run_id
            """, arguments: [idPrefix])
      }
      let candidates = try ids(isRemoved: isRemoved)
      guard let first = candidates.first else {
        if !isRemoved, let removed = try ids(isRemoved: true).first {
          throw StoreError.removedRun(path: self.path, id: removed)
        }
        throw StoreError.unknownRun(path: self.path, id: idPrefix)
      }
      guard candidates.count == 1 || first == idPrefix else {
        throw StoreError.ambiguousRun(
          prefix: idPrefix, candidates: Array(candidates.prefix(10)), count: candidates.count)
      }
      let found = try RunQuery(condition: "run.run_id = ?", arguments: [.text(first)], isOfRemoved: isRemoved)
        .fetch(database)
      guard let run = found.first else { throw StoreError.unknownRun(path: self.path, id: idPrefix) }
      return run
    }
  }

  /// The removed runs of all sweeps, in the order of their registration; those that a filter selects, where there is one.
  public func removedRuns(matching filter: FilterExpression? = nil) throws(StoreError) -> [RunSummary] {
    try read { try RunQuery(isOfRemoved: true, filter: filter).fetch($0) }
  }

  /// The statuses of those of the runs that an attempt has started; others are absent, and removed ones too: they are as
  /// good as never started.
  public func statuses(of runIDs: [String]) throws(StoreError) -> [String: RunStatus] {
    try read { database in
      let statement = try RawStatement(
        database, sql: "SELECT status FROM run WHERE run_id = ? AND status IS NOT NULL AND removed_at IS NULL"
      )
      var statuses: [String: RunStatus] = [:]
      for runID in runIDs {
        try statement.bind(runID, at: 1)
        try statement.forEachRow { statuses[runID] = try RunStatus(stored: $0.text(0)) }
      }
      return statuses
    }
  }
}
