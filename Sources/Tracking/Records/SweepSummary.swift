/// One sweep as the store knows it: what was registered, and how far its runs are.
public struct SweepSummary: Sendable, Hashable {
  public var record: SweepRecord
  /// When it was registered last, in seconds since 1970.
  public var registeredAt: Double
  /// The number of its runs, started or not.
  public var runs: Int
  /// The number of started runs by status; a status that no run has is absent.
  public var counts: [RunStatus: Int]
  /// When it was registered or one of its runs started or ended last, in seconds since 1970.
  public var lastActivity: Double

  /// The number of runs that no attempt has started.
  public var notStarted: Int { runs - counts.values.reduce(0, +) }

  public init(
    record: SweepRecord, registeredAt: Double, runs: Int, counts: [RunStatus: Int], lastActivity: Double
  ) {
    self.record = record
    self.registeredAt = registeredAt
    self.runs = runs
    self.counts = counts
    self.lastActivity = lastActivity
  }
}
