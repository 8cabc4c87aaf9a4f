public import SweepConfig
public import Tracking

/// Which of a sweep's runs are to be executed, and why the others are not.
public struct Selection: Sendable {
  /// What is done about a run.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// Not in the store, or registered and never started.
    case new
    /// Started and not ended: executed from its last checkpoint, or again from the start, to the same bits.
    case interrupted
    /// Executed again because it was asked for.
    case retried
    case finished, failed, diverged
    /// Another living process is executing it.
    case running

    public var isExecuted: Bool { self == .new || self == .interrupted || self == .retried }
  }

  /// Which ended runs are executed again.
  public struct Again: Sendable, Hashable {
    public var statuses: Set<RunStatus>

    public init(_ statuses: Set<RunStatus> = []) { self.statuses = statuses }

    /// Every run, whatever became of it.
    public static let everything = Again([.finished, .failed, .diverged])
  }

  public let runs: [(run: Run, decision: Decision)]
  /// The number of attempts so far of the runs that are executed again.
  let againAfter: [String: Int]
  /// How many runs are executed at most; nil for all.
  private var limit: Int?

  /// - Parameter standings: what the store knows of the runs; dead processes' runs must have been recovered.
  public init(_ runs: [Run], standings: [RunStanding?], again: Again = Again()) {
    var againAfter: [String: Int] = [:]
    self.runs = zip(runs, standings).map { run, standing in
      let decision: Decision
      switch standing?.status {
      case nil: decision = .new
      case .interrupted?: decision = .interrupted
      case .running?: decision = .running
      case .some(let status) where again.statuses.contains(status):
        decision = .retried
        againAfter[run.id] = standing?.attempts
      case .finished?: decision = .finished
      case .failed?: decision = .failed
      case .diverged?: decision = .diverged
      }
      return (run, decision)
    }
    self.againAfter = againAfter
  }

  private init(_ runs: [(run: Run, decision: Decision)], _ againAfter: [String: Int], limit: Int?) {
    self.runs = runs
    self.againAfter = againAfter
    self.limit = limit
  }

  /// The runs whose place in the sweep, counted from 0, is `shard.index` modulo `shard.count`.
  public func part(_ shard: Shard) -> Selection {
    Selection(
      runs.indices.filter { $0 % shard.count == shard.index }.map { runs[$0] }, againAfter, limit: limit)
  }

  /// At most so many of the runs that would be executed.
  public func limited(to limit: Int) -> Selection { Selection(runs, againAfter, limit: limit) }

  public func count(_ decision: Decision) -> Int { runs.reduce(0) { $0 + ($1.decision == decision ? 1 : 0) } }

  /// The runs that are executed, in order.
  public var executed: [Run] {
    let missing = runs.filter { $0.decision.isExecuted }.map(\.run)
    return limit.map { Array(missing.prefix($0)) } ?? missing
  }

  /// The runs that must have ended at the end: those that are executed and, unless a limit is set, those that others execute.
  public var awaited: [Run] {
    if limit != nil { return executed }
    return runs.filter { $0.decision.isExecuted || $0.decision == .running }.map(\.run)
  }

  /// How many runs must have ended at the end.
  public var awaitedCount: Int {
    if let limit { return min(limit, runs.count { $0.decision.isExecuted }) }
    return runs.count { $0.decision.isExecuted || $0.decision == .running }
  }

  /// How many runs are left because of the limit.
  public var left: Int { runs.count { $0.decision.isExecuted } - executed.count }
}

/// A fixed part of a sweep: all parts together are the sweep, and no two share a run.
public struct Shard: Sendable, Hashable {
  /// From 0.
  public let index: Int
  public let count: Int

  /// Reads `i/n`, where `i` is 1 to `n`; nil where the text is no such thing.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let part = Int(parts[0]), let count = Int(parts[1]), count >= 1,
      (1...count).contains(part)
    else { return nil }
    index = part - 1
    self.count = count
  }
}
