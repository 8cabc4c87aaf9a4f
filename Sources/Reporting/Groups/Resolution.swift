public import Comparison
public import Tracking

/// Which comparisons of a sweep are decided, and what would have to be run on for the others.
public struct Resolution: Sendable, Hashable {
  public var comparisons = 0
  /// The group and its baseline of each comparison that more seeds may decide.
  public var undecided: [PairedDifference] = []
  /// Those that more seeds will hardly decide: the Monte Carlo error of the final evaluation keeps them open, or they lie on the
  /// edge of the region of practical equivalence.
  public var beyondSeeds: [PairedDifference] = []
  /// The cells of the undecided groups and of their baselines.
  public var cells: Set<String> = []

  /// Compares every group with the best of its model and data.
  ///
  /// - Parameters:
  ///   - by: the keys that make a group; nil for every key that differs.
  ///   - region: of practical equivalence, in nats; nil for the metric's resolution.
  ///   - confidence: of the intervals.
  public init(
    of runs: [RunSummary], by: [String]? = nil, region: Double? = nil, confidence: Double
  ) throws(GroupingError) {
    var measurement = RunMeasurement(.elbo, of: runs)
    if let region { measurement.metric.resolution = region }
    let result = try RunComparison(runs, by: by, measurement: measurement, confidence: confidence)
    for context in result.contexts {
      let comparison = context.comparison
      comparisons += comparison.differences.count
      let open = comparison.differences.filter { $0.standing == .undecided }
      let hopeless = open.filter { [.monteCarloError, .onTheEdge].contains($0.furtherSeeds) }
      beyondSeeds += hopeless
      let hopeful = open.filter { !hopeless.contains($0) }
      undecided += hopeful
      let groups = Set(hopeful.map(\.group) + hopeful.map(\.baseline))
      for (run, group) in zip(context.runs, result.grouping.groups(of: context.runs))
      where groups.contains(group) {
        cells.insert(run.record.cellID)
      }
    }
  }
}
