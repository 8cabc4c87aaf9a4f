internal import Foundation
internal import GRDB

/// A run as the other store has it.
struct MergedRun {
  var key: Int64
  var runID: String
  var sweep: Int64
  var cell: Int64
  var seed: Int64
  var attempts: Int64
  /// nil before the first attempt.
  var status: RunStatus?
  var startedAt: Double?
  var endedAt: Double?
  var reason: String?
  var removedAt: Double?

  var isRemoved: Bool { removedAt != nil }

  /// The next run in the order of registration; nil after the last one.
  static func first(after key: Int64, _ database: Database) throws -> MergedRun? {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT run, run_id, sweep, cell, seed, attempts, status, started_at, ended_at, reason, removed_at FROM run
        WHERE run > ? ORDER BY run LIMIT 1
        """)
    try statement.bind(key, at: 1)
    var run: MergedRun?
    try statement.forEachRow { row in
      let id = row.text(1)
      // Files are named by it.
      guard (1...200).contains(id.utf8.count),
        id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
      else { throw BlockTable.damage("a run has the id '\(id.prefix(80))', which wb gives to none") }
      run = MergedRun(
        key: row.integer(0), runID: id, sweep: row.integer(2), cell: row.integer(3), seed: row.integer(4),
        attempts: row.integer(5), status: try row.optionalText(6).map(RunStatus.init(stored:)),
        startedAt: row.double(7), endedAt: row.double(8), reason: try row.optionalSoundText(9),
        removedAt: row.double(10))
    }
    return run
  }

  /// The process's attempt that the last one belongs to.
  func attempt(_ database: Database) throws -> Int64 {
    let statement = try RawStatement(
      database, sql: "SELECT attempt FROM run_attempt WHERE run = ? AND number = ?")
    try statement.bind(key, at: 1)
    try statement.bind(attempts, at: 2)
    var attempt: Int64?
    try statement.forEachRow { attempt = $0.integer(0) }
    guard let attempt else { throw BlockTable.damage("run \(runID) lacks its last attempt") }
    return attempt
  }

  static func outcome(ofRun run: Int64, _ database: Database) throws -> RunOutcome? {
    let statement = try RawStatement(
      database,
      sql: "SELECT \(OutcomeTable.selection), status, reason FROM outcome JOIN run USING (run) WHERE run = ?")
    try statement.bind(run, at: 1)
    let width = Int32(OutcomeTable.columns.count) + 6
    var outcome: RunOutcome?
    try statement.forEachRow { row in
      outcome = OutcomeTable.outcome(
        of: row, at: 0, status: try RunStatus(stored: row.text(width)),
        reason: try row.optionalSoundText(width + 1)
      ) { $0.split(separator: ",").map(String.init) }
    }
    return outcome
  }
}

/// A sweep as the other store has it.
struct MergedSweep {
  var key: Int64
  var record: SweepRecord
  var overrides: String
  var registeredAt: Double

  static func all(_ database: Database) throws -> [MergedSweep] {
    var sweeps: [MergedSweep] = []
    try RawStatement(
      database,
      sql: "SELECT sweep, name, description, source, overrides, registered_at FROM sweep ORDER BY sweep"
    ).forEachRow { row in
      let overrides = try row.soundText(4)
      guard let words = try? JSONDecoder().decode([String].self, from: Data(overrides.utf8)) else {
        throw BlockTable.damage("the overrides of a sweep are no list of texts")
      }
      sweeps.append(
        MergedSweep(
          key: row.integer(0),
          record: SweepRecord(
            name: try row.soundText(1), description: try row.soundText(2), source: try row.soundText(3),
            overrides: words),
          overrides: overrides, registeredAt: row.double(5) ?? 0))
    }
    return sweeps
  }
}
