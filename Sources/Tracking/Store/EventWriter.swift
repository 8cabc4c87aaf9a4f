internal import GRDB

/// Applies events in one transaction. What it has read of a run or of a metric's name it does not read again for the next event:
/// a run that ends brings dozens of values of one step.
struct EventWriter {
  private let database: Database
  private let path: String
  /// Whose events these are; nil: those of whatever attempt a run is in.
  private let own: Int64?
  private let process: ProcessIdentity
  /// The attempts whose events were applied.
  private(set) var attempts: Set<Int64> = []
  /// The run of the last event, as the store has it.
  private var last: RunState?
  private var metrics: [String: Int64] = [:]
  /// The metrics of the last run that have values.
  private var ownMetrics: Set<Int64> = []
  /// What waits to be written together: the last run's metrics with one value, and the runs that have ended.
  private var singles: [SingleTable.Single] = []
  private var ended: [Int64] = []

  init(_ database: Database, path: String, attempt: AttemptID?, process: ProcessIdentity) {
    self.database = database
    self.path = path
    self.process = process
    own = attempt?.rawValue
  }

  /// Applies events in their order, but for those of attempts that are over.
  mutating func apply(_ events: [StoreEvent]) throws {
    // Before it, nothing follows but what the run that ends there measured.
    var end = events.startIndex
    for index in events.indices {
      // Runs that end have their last steps right before what else they measured.
      if index >= end {
        switch events[index] {
        case .steps(let runID, _), .points(let runID, _, _):
          end = self.end(of: runID, events[(index + 1)...]) ?? end
        default: break
        }
      }
      let isLast = index < end && !isContinued(events[index], in: events[(index + 1)..<end])
      try apply(events[index], isLast: isLast)
    }
    try writeSingles()
    try summarise()
  }

  private mutating func writeSingles() throws {
    try SingleTable.insert(singles, database)
    singles.removeAll(keepingCapacity: true)
  }

  private mutating func summarise() throws {
    try SummaryTable.write(runs: ended, database)
    ended.removeAll(keepingCapacity: true)
  }

  /// Where a run ends in the events that follow without another step.
  private func end(of runID: String, _ events: ArraySlice<StoreEvent>) -> Int? {
    for index in events.indices {
      switch events[index] {
      case .points(runID, _, _): continue
      case .ended(runID, _, _): return index
      default: return nil
      }
    }
    return nil
  }

  /// Whether there is more of an event's metric in what follows of its run.
  private func isContinued(_ event: StoreEvent, in events: ArraySlice<StoreEvent>) -> Bool {
    guard case .points(_, let metric, _) = event else { return false }
    return events.contains { if case .points(_, metric, _) = $0 { true } else { false } }
  }

  /// - Parameter isLast: whether no more of its kind follows, before the end of the run.
  private mutating func apply(_ event: StoreEvent, isLast: Bool) throws {
    switch event {
    case .started(let runID, let attempt, let time):
      try start(runID, attempt, at: time)
      attempts.insert(attempt.rawValue)
    case .begun(let runID, let step):
      guard let run = try running(runID) else { return }
      // Nothing was recorded before the first attempt.
      if run.attempts > 1 { try run.drop(from: step, database) }
    case .steps(let runID, let block):
      guard let run = try running(runID) else { return }
      try BlockTable.append(block, run: run.key, isLast: isLast, database)
    case .points(let runID, let metric, let points):
      guard let run = try running(runID) else { return }
      let metric = try key(of: metric)
      let isFirst = ownMetrics.insert(metric).inserted
      if isFirst, isLast, points.count == 1, !points[0].value.isNaN {
        return singles.append(SingleTable.Single(metric: metric, run: run.key, point: points[0]))
      }
      try SeriesTable.append(
        points, metric: metric, run: run.key, isFirst: isFirst, isLast: isLast, database)
    case .output(let runID, let output):
      guard let run = try running(runID) else { return }
      try OutputTable.replace(output, run: run.key, database)
    case .ended(let runID, let outcome, let time):
      guard let run = try running(runID) else { return }
      last = nil
      try writeSingles()
      try run.end(outcome, at: time, database)
      ended.append(run.key)
    }
  }

  /// A run that can record; nil where it belongs to another attempt than its own.
  private mutating func running(_ runID: String) throws -> RunState? {
    let run = if let last, last.runID == runID { last } else { try read(runID) }
    if let own, run.attempt != own || run.status != .running { return nil }
    attempts.insert(run.attempt)
    return try run.running()
  }

  private mutating func read(_ runID: String) throws -> RunState {
    let run = try RunState(runID, path, database)
    last = run
    ownMetrics = try SeriesTable.metrics(of: run.key, database)
    return run
  }

  private mutating func key(of metric: String) throws -> Int64 {
    if let key = metrics[metric] { return key }
    let key = try MetricTable.key(metric, database)
    metrics[metric] = key
    return key
  }

  private mutating func start(_ runID: String, _ attempt: AttemptID, at time: Double) throws {
    last = nil
    let run = try RunState(runID, path, database)
    // What is said of an attempt goes with it.
    if ended.contains(run.key) { try summarise() }
    if run.status == .running { try release(run, at: time) }
    try run.drop(from: 0, database)
    try run.beginAttempt(attempt, at: time, database)
  }

  /// Ends the attempt that a run is still in, unless another living process makes it.
  private func release(_ run: RunState, at time: Double) throws {
    let owner = try Owner(ofAttempt: run.attempt, database)
    guard owner.process == process || !owner.process.isAlive else {
      throw StoreError.runInUse(runID: run.runID, processID: owner.process.pid, host: owner.host)
    }
    try run.endAttempt(because: "started again", at: time, database)
  }
}
