internal import Foundation
internal import GRDB

/// One store on its way into another, in one transaction of each.
struct Merge {
  let theirs: Database
  let ours: Database
  let process: ProcessIdentity
  let theirPath: String
  private let ourPath: String
  private let isPreview: Bool
  /// The runs that are taken; nil: all.
  private let chosen: Set<String>?
  private var report = MergeReport()
  private var cells: CellReader
  private var writer: MergeWriter
  /// Whether a process of ours or theirs lives, by its identity.
  private var living: [ProcessIdentity: Bool] = [:]

  init(
    _ theirs: Database, of other: ForeignStore, into ours: Database, of store: Store?, isPreview: Bool = false
  )
    throws
  {
    self.theirs = theirs
    self.ours = ours
    self.isPreview = isPreview
    process = other.settings.process
    theirPath = other.path
    ourPath = store?.path ?? ""
    chosen = nil
    cells = try CellReader(theirs)
    writer = try MergeWriter(theirs, ours)
  }

  /// Some runs of another store of this process, as they are, whoever executes them.
  init(_ runIDs: Set<String>, _ theirs: Database, of other: Store, into ours: Database, of store: Store)
    throws
  {
    self.theirs = theirs
    self.ours = ours
    isPreview = false
    process = other.settings.process
    theirPath = other.path
    ourPath = store.path
    chosen = runIDs
    cells = try CellReader(theirs)
    writer = try MergeWriter(theirs, ours)
  }

  static func preview(
    _ theirs: Database, of other: ForeignStore, into ours: Database, of store: Store?
  ) throws -> MergeReport {
    var merge = try Merge(theirs, of: other, into: ours, of: store, isPreview: true)
    return try merge.run()
  }

  mutating func run() throws -> MergeReport {
    do {
      let sweeps = try MergedSweep.all(theirs)
      for sweep in sweeps {
        if try writer.bring(sweep, isPreview: isPreview) { report.newSweeps += 1 }
      }
      var left: Set<String> = []
      var last: Int64 = -1
      while let run = try MergedRun.first(after: last, theirs) {
        last = run.key
        if let chosen, !chosen.contains(run.runID) {
          left.insert(run.runID)
          continue
        }
        let verdict = try verdict(on: run)
        if case .live = verdict { left.insert(run.runID) }
        try follow(verdict, run)
      }
      if !isPreview {
        for sweep in sweeps { try writer.place(sweep, without: left) }
      }
      return report
    } catch let error as DatabaseError
      where [.SQLITE_CONSTRAINT, .SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode)
    {
      // Our own tables take whatever a sound store has.
      throw StoreError.corrupt(path: theirPath, message: error.message ?? "a row that no store has")
    }
  }

  /// What is to be done with a run.
  private enum Verdict {
    case new, same, kept, removed
    /// It is registered here, and was never started.
    case begun(RunState)
    case taken(RunState, from: RunStatus)
    case live(RecoveryReport.LiveRun)
    case different(RunDifference)
  }

  private mutating func verdict(on run: MergedRun) throws -> Verdict {
    if chosen == nil, run.status == .running,
      let live = try live(runID: run.runID, run.attempt(theirs), theirs)
    {
      return .live(live)
    }
    let known = try Int64.fetchOne(
      ours.cachedStatement(sql: "SELECT run FROM run WHERE run_id = ?"), arguments: [run.runID])
    guard let known else { return .new }
    let state = try RunState(run.runID, ourPath, ours)
    if state.isRemoved { return .removed }
    guard let status = state.status else {
      return run.status == nil || run.isRemoved ? .same : .begun(state)
    }
    if status == .running, let live = try live(runID: run.runID, state.attempt, ours) { return .live(live) }
    guard let theirStatus = run.status else { return .same }
    switch (status.isDecided, theirStatus.isDecided) {
    case (true, true): return try difference(run, known, asFarAsBoth: false).map(Verdict.different) ?? .same
    case (true, false): return .kept
    case (false, true): return run.isRemoved ? .kept : .taken(state, from: status)
    case (false, false):
      if let difference = try difference(run, known, asFarAsBoth: true) { return .different(difference) }
      let own = try RunContent(run: known, database: ours).lastStep()
      let other = try RunContent(run: run.key, database: theirs).lastStep()
      if own == other { return .same }
      return own > other || run.isRemoved ? .kept : .taken(state, from: status)
    }
  }

  private mutating func difference(
    _ run: MergedRun, _ known: Int64, asFarAsBoth: Bool
  ) throws -> RunDifference? {
    let theirRecord = try cells.record(of: run.cell)
    var ourCells = try CellReader(ours)
    let cell = try Int64.fetchOne(ours, sql: "SELECT cell FROM run WHERE run = ?", arguments: [known])
    if let cell, try ourCells.record(of: cell).config != theirRecord.config { return .configuration }
    if let difference = try RunDifference(
      of: RunContent(run: known, database: ours), and: RunContent(run: run.key, database: theirs),
      asFarAsBoth: asFarAsBoth)
    {
      return difference
    }
    // How far they came is all that is to be said of the others.
    if asFarAsBoth { return nil }
    guard let own = try MergedRun.outcome(ofRun: known, ours),
      let other = try MergedRun.outcome(ofRun: run.key, theirs)
    else { return nil }
    return RunDifference(of: own, and: other)
  }

  private mutating func follow(_ verdict: Verdict, _ run: MergedRun) throws {
    switch verdict {
    case .new:
      report.new.append(run.runID)
      if !isPreview { try writer.add(run, record: cells.record(of: run.cell)) }
    case .begun(let state):
      report.new.append(run.runID)
      if !isPreview { try writer.replace(state, by: run) }
    case .taken(let state, let before):
      report.taken.append(TakenRun(runID: run.runID, before: before, now: run.status ?? before))
      if !isPreview { try writer.replace(state, by: run) }
    case .same:
      report.same.append(run.runID)
      try remark(run)
    case .kept:
      report.kept.append(run.runID)
      try remark(run)
    case .different(let difference):
      report.conflicts.append(MergeConflict(runID: run.runID, difference: difference))
    case .removed: report.removed.append(run.runID)
    case .live(let live): report.live.append(live)
    }
  }

  private mutating func remark(_ run: MergedRun) throws {
    guard !isPreview, !run.isRemoved else { return }
    if try writer.remark(run) { report.remarked += 1 }
  }

  /// The run, where the process of its attempt lives.
  private mutating func live(
    runID: String, _ attempt: Int64, _ database: Database
  ) throws -> RecoveryReport.LiveRun? {
    let owner = try Owner(ofAttempt: attempt, database)
    let isAlive = living[owner.process] ?? (owner.process == process || owner.process.isAlive)
    living[owner.process] = isAlive
    return isAlive
      ? RecoveryReport.LiveRun(runID: runID, processID: owner.process.pid, host: owner.host) : nil
  }
}

extension RunStatus {
  /// Whether the run's configuration has led here, and would again; what failed or was interrupted is another matter.
  fileprivate var isDecided: Bool { self == .finished || self == .diverged }
}
