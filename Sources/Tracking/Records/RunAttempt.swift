/// One execution of a run: what ran it, when, and how that ended.
public struct RunAttempt: Sendable, Hashable {
  /// 1 for the first execution of the run.
  public var number: Int
  public var record: AttemptRecord
  public var processID: Int
  /// Seconds since 1970.
  public var startedAt: Double
  /// nil while it runs.
  public var endedAt: Double?
  public var status: RunStatus
  /// Why it failed, diverged or was interrupted; nil where it did not.
  public var reason: String?

  public init(
    number: Int, record: AttemptRecord, processID: Int, startedAt: Double, endedAt: Double?,
    status: RunStatus, reason: String?
  ) {
    self.number = number
    self.record = record
    self.processID = processID
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.status = status
    self.reason = reason
  }
}
