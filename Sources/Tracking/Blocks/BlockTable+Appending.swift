internal import GRDB

/// Short blocks are joined with their neighbours: a slow run flushes a few steps at a time, and a block has a cost.
extension BlockTable {
  /// The blocks at the end of a run that are still to be joined, at most.
  private static let mostOpen = 32

  /// Adds steps to a run, after those that it has.
  ///
  /// - Parameter isLast: whether none follow: a block that has nothing to be joined with is then written once.
  static func append(_ block: StepBlock, run: Int64, isLast: Bool = false, _ database: Database) throws {
    if let last = try lastStep(of: run, database), last >= block.firstStep {
      throw DatabaseError(
        resultCode: .SQLITE_CONSTRAINT,
        message: "step \(block.firstStep) does not come after step \(last), which is recorded already")
    }
    var open = try openCounts(of: run, database)
    let isDone = open.isEmpty && (isLast || block.count == capacity)
    try insert(block, run: run, isSealed: isDone, database)
    if !isDone { open.append(block.count) }
    if open.reduce(0, +) >= capacity || open.count >= mostOpen {
      try join(run: run, isLast: false, database)
    }
  }

  /// Deletes the steps of a run at `step` and later; a block that holds earlier ones too keeps those. What is short at the end
  /// is open again, so that a run that goes on has the blocks of one that was never interrupted.
  static func truncate(run: Int64, from step: Int, _ database: Database) throws {
    let statement = try RawStatement(
      database,
      sql: "DELETE FROM block WHERE run = ? AND first_step + stride * (count - 1) >= ?")
    let cut =
      step == 0
      ? [] : try batches(of: run, around: step, database).compactMap { $0.prefix(before: step) }
    try statement.bind(run, at: 1)
    try statement.bind(Int64(step), at: 2)
    try statement.run()
    for batch in cut { try insert(StepBlock(batch), run: run, isSealed: false, database) }
    try database.cachedStatement(
      sql: """
        UPDATE block SET sealed = 0
        WHERE run = ?1 AND count < \(capacity) AND first_step = (SELECT max(first_step) FROM block WHERE run = ?1)
        """
    ).execute(arguments: [run])
  }

  /// Joins what is left at the end of a run, which records no more.
  static func seal(run: Int64, _ database: Database) throws {
    if try !openCounts(of: run, database).isEmpty { try join(run: run, isLast: true, database) }
  }

  /// Replaces the open blocks of a run by as few as can be; only the last of them stays open, unless it is full.
  private static func join(run: Int64, isLast: Bool, _ database: Database) throws {
    let first = try firstOpenStep(of: run, database)
    let open = try batches(of: run, onlyOpen: true, database)
    let joined = StepBatch.joined(open, capacity: capacity)
    if joined.map(\.count) == open.map(\.count) {
      let keepsLast = isLast || joined.last?.count == capacity
      let kept = keepsLast ? Int64.max : Int64(joined.last?.firstStep ?? 0)
      let statement = try RawStatement(
        database, sql: "UPDATE block SET sealed = 1 WHERE run = ? AND first_step >= ? AND first_step < ?")
      try statement.bind(run, at: 1)
      try statement.bind(first, at: 2)
      try statement.bind(kept, at: 3)
      return try statement.run()
    }
    let statement = try RawStatement(database, sql: "DELETE FROM block WHERE run = ? AND first_step >= ?")
    try statement.bind(run, at: 1)
    try statement.bind(first, at: 2)
    try statement.run()
    for (index, batch) in joined.enumerated() {
      let staysOpen = !isLast && index == joined.count - 1 && batch.count < capacity
      try insert(StepBlock(batch), run: run, isSealed: !staysOpen, database)
    }
  }

  /// The number of steps of each open block of a run, the last one first.
  private static func openCounts(of run: Int64, _ database: Database) throws -> [Int] {
    var counts: [Int] = []
    try forEachOpenBlock(of: run, database) { counts.append(Int($0.integer(1))) }
    return counts
  }

  /// The first step of a run that is in an open block; beyond all steps where there is none.
  static func firstOpenStep(of run: Int64, _ database: Database) throws -> Int64 {
    var first = Int64.max
    try forEachOpenBlock(of: run, database) { first = $0.integer(0) }
    return first
  }

  /// Open blocks are the last ones of their run.
  private static func forEachOpenBlock(
    of run: Int64, _ database: Database, _ body: (RawStatement) -> Void
  ) throws {
    let statement = try RawStatement(
      database, sql: "SELECT first_step, count, sealed FROM block WHERE run = ? ORDER BY first_step DESC")
    try statement.bind(run, at: 1)
    try statement.readRows(while: { row in
      guard row.integer(2) == 0 else { return false }
      body(row)
      return true
    })
  }
}
