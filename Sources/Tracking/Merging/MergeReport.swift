/// What became of the runs of another store.
public struct MergeReport: Sendable, Hashable {
  /// The ids of the runs that were not here.
  public var new: [String] = []
  /// The ids of the runs that are here as they are there.
  public var same: [String] = []
  /// Runs that were finished there and not here, or came further there.
  public var taken: [TakenRun] = []
  /// The ids of the runs that are further here than there.
  public var kept: [String] = []
  /// The ids of the runs that were removed here, and stay so.
  public var removed: [String] = []
  /// The runs that a living process executes, there or here; they are left out.
  public var live: [RecoveryReport.LiveRun] = []
  public var conflicts: [MergeConflict] = []
  /// How many of the runs that were here have a tag or a note now that they had not.
  public var remarked = 0
  /// How many sweeps were not here.
  public var newSweeps = 0

  public init() {}

  /// The number of runs that the other store has.
  public var runs: Int {
    new.count + same.count + taken.count + kept.count + removed.count + live.count + conflicts.count
  }
}

/// A run whose execution in the other store counts now.
public struct TakenRun: Sendable, Hashable {
  public var runID: String
  /// What it was here.
  public var before: RunStatus
  /// What it was there, and is here now.
  public var now: RunStatus
}

/// A run of which both stores have recorded different numbers: it stays here as it was.
public struct MergeConflict: Sendable, Hashable {
  public var runID: String
  public var difference: RunDifference
}
