public import Tracking

/// Everything that a report says, as plain values: the same input gives the same bytes.
public struct ReportInput: Sendable {
  public var sweep: SweepRecord
  public var runs: [RunSummary]
  /// What executed the runs, oldest first.
  public var attempts: [AttemptRecord]
  /// The paths as a reader would type them.
  public var sweepFile: String
  public var store: String
  /// Pictures that the models made, in the order in which the report shows them.
  public var images: [ReportImage]

  public init(
    sweep: SweepRecord, runs: [RunSummary], attempts: [AttemptRecord], sweepFile: String, store: String,
    images: [ReportImage] = []
  ) {
    self.sweep = sweep
    self.runs = runs
    self.attempts = attempts
    self.sweepFile = sweepFile
    self.store = store
    self.images = images
  }
}
