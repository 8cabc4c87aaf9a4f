/// What ``Store/recoverAbandonedRuns()`` found among the runs that the store has as running.
public struct RecoveryReport: Sendable, Hashable {
  /// The ids of the runs that are marked interrupted now, as their process is gone.
  public var interrupted: [String]
  /// The runs that a living process executes; they are left alone.
  public var live: [LiveRun]

  public init(interrupted: [String] = [], live: [LiveRun] = []) {
    self.interrupted = interrupted
    self.live = live
  }

  public struct LiveRun: Sendable, Hashable {
    public var runID: String
    public var processID: Int
    public var host: String

    public init(runID: String, processID: Int, host: String) {
      self.runID = runID
      self.processID = processID
      self.host = host
    }
  }
}
