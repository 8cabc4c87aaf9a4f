/// What happens to a run while it executes, in the order in which it happens.
///
/// A list of events is applied in one transaction by ``Store/write(_:)``.
public enum StoreEvent: Sendable, Hashable {
  /// The run begins, at `at` seconds since 1970. What an earlier attempt recorded of it is deleted; where
  /// it was removed it is there again.
  case started(runID: String, attempt: AttemptID, at: Double)
  /// A claimed run begins to record: what an earlier attempt has recorded at `from` and later is deleted.
  case begun(runID: String, from: Int)
  /// Steps of a running run, after all those that were recorded before.
  case steps(runID: String, StepBlock)
  /// Values of a metric that is no column of `steps`, for a running run.
  case points(runID: String, metric: String, [PointRecord])
  /// What the program of a running run has written; it takes the place of what an earlier attempt has.
  case output(runID: String, ProgramOutput)
  /// The run has ended, at `at` seconds since 1970. Its status is any but `running`.
  case ended(runID: String, RunOutcome, at: Double)
}

/// One recorded value of a metric, after `step` updates. NaN and ±infinity are values like any other.
public struct PointRecord: Sendable, Hashable {
  public var step: Int
  public var value: Double

  public init(step: Int, value: Double) {
    self.step = step
    self.value = value
  }
}

/// Names an attempt within its store.
public struct AttemptID: Sendable, Hashable {
  let rawValue: Int64
}
