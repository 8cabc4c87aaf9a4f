internal import GRDB

/// What ``Store/collect(_:)`` deleted, and gave back.
public struct CollectionReport: Sendable, Hashable {
  /// The ids of the runs that are gone.
  public var runIDs: [String] = []
  /// How many cells, sweeps and attempts went with them, for no run needs them any more.
  public var cells = 0
  public var sweeps = 0
  public var attempts = 0
  /// The size of the file before and after, in bytes.
  public var bytesBefore = 0
  public var bytesAfter = 0
  /// What the file still holds without need, in bytes: it is used before the file grows.
  public var freeBytes = 0
}

extension Store {
  /// Deletes removed runs with all that was recorded of them, what no other run needs, and gives the space back.
  ///
  /// Each run is a transaction: a process that writes to the store waits for one run at most, and what a death leaves is
  /// collected next time. A run of the list that was restored or started again meanwhile stays.
  ///
  /// - Complexity: linear in the size of the runs. A store that an older wb made is written anew, once.
  public func collect(_ runIDs: [String]) throws(StoreError) -> CollectionReport {
    var report = CollectionReport()
    report.bytesBefore = try read { try Space(of: $0).bytes }
    var sweeps: Set<Int64> = []
    for runID in runIDs {
      let isDeleted = try write { try Self.delete(runID, &sweeps, &report, $0) }
      if isDeleted { report.runIDs.append(runID) }
    }
    if !report.runIDs.isEmpty {
      try write { try Self.deleteUnneeded(sweeps, &report, $0) }
    }
    try giveSpaceBack()
    let space = try read { try Space(of: $0) }
    report.bytesAfter = space.bytes
    report.freeBytes = space.freeBytes
    return report
  }

  private static func delete(
    _ runID: String, _ sweeps: inout Set<Int64>, _ report: inout CollectionReport, _ database: Database
  ) throws -> Bool {
    let run = try Row.fetchOne(
      database, sql: "SELECT run, cell FROM run WHERE run_id = ? AND removed_at IS NOT NULL",
      arguments: [runID])
    guard let run else { return false }
    let key: Int64 = run[0]
    let cell: Int64 = run[1]
    sweeps.formUnion(
      try Int64.fetchAll(database, sql: "SELECT sweep FROM sweep_run WHERE run = ?", arguments: [key]))
    // Those that refer to the run come before it.
    try SummaryTable.delete(run: key, database)
    for table in [
      "block", "series", "single", "outcome", "run_attempt", "run_output", "tag", "note", "sweep_run", "run",
    ] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [key])
    }
    let isNeeded = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE cell = ?)", arguments: [cell])
    if isNeeded == false {
      for table in ["cell_parameter", "cell"] {
        try database.cachedStatement(sql: "DELETE FROM \(table) WHERE cell = ?").execute(arguments: [cell])
      }
      report.cells += 1
    }
    return true
  }

  /// Deletes the sweeps that have no run any more, and the ended attempts that no run is an execution of.
  private static func deleteUnneeded(
    _ sweeps: Set<Int64>, _ report: inout CollectionReport, _ database: Database
  ) throws {
    for sweep in sweeps.sorted() {
      try database.execute(
        sql: """
          DELETE FROM sweep WHERE sweep = ?1 AND NOT EXISTS (SELECT 1 FROM sweep_run WHERE sweep = ?1)
          """, arguments: [sweep])
      report.sweeps += database.changesCount
    }
    try database.execute(
      sql: """
        DELETE FROM attempt WHERE ended_at IS NOT NULL AND attempt NOT IN (SELECT attempt FROM run_attempt)
        """)
    report.attempts = database.changesCount
  }

  /// Ends the file where its last page in use ends.
  private func giveSpaceBack() throws(StoreError) {
    guard try read({ try Space(of: $0) }).freePages > 0 else { return }
    guard mode == .writing else { throw .readOnly(path: path) }
    try withoutTransaction { database in
      if try Int.fetchOne(database, sql: "PRAGMA auto_vacuum") == Space.incremental {
        // 32 MiB at a time, so that another writer does not wait for long.
        var pages = try Space(of: database).freePages
        while pages > 0 {
          try database.execute(sql: "PRAGMA incremental_vacuum(4096)")
          let rest = try Space(of: database).freePages
          guard rest < pages else { break }
          pages = rest
        }
      } else {
        try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        // The whole file is copied there.
        try database.execute(sql: "PRAGMA temp_store = FILE")
        try database.execute(sql: "VACUUM")
      }
      // The file itself is as large as before until the log is in it. A reader that looks at an older state keeps it so.
      self.finishCopying()
      _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}
