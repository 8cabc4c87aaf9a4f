public import SweepConfig
public import Tracking

/// Which of a sweep's runs are to be executed, and why the others are not.
public struct Selection: Sendable {
  /// What is done about a run.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// Not in the store, or registered and never started.
    case new
    /// Started and not ended: executed again from the start, to the same bits.
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

  /// - Parameter statuses: what the store knows of the runs; dead processes' runs must have been recovered.
  public init(_ sweep: Sweep, statuses: [String: RunStatus], again: Again = Again()) {
    runs = sweep.runs.map { run in
      let decision: Decision
      switch statuses[run.id] {
      case nil: decision = .new
      case .interrupted?: decision = .interrupted
      case .running?: decision = .running
      case .some(let status) where again.statuses.contains(status): decision = .retried
      case .finished?: decision = .finished
      case .failed?: decision = .failed
      case .diverged?: decision = .diverged
      }
      return (run, decision)
    }
  }

  public func count(_ decision: Decision) -> Int { runs.reduce(0) { $0 + ($1.decision == decision ? 1 : 0) } }

  /// The runs that are executed, in order.
  public var executed: [Run] { runs.filter { $0.decision.isExecuted }.map(\.run) }
}
