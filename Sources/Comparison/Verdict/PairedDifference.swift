import Foundation

/// A group against the baseline, over the seeds that both have.
///
/// The same seed gives the same noise in every cell, so a pair's difference is free of what its runs share.
public struct PairedDifference: Sendable, Hashable {
  public var group: GroupKey
  public var baseline: GroupKey
  /// Group minus baseline, one per common seed, in the order of the seeds.
  public var differences: [SeedValue]
  public var mean: Double?
  /// The bootstrap interval over seeds alone; nil of fewer than three pairs.
  public var seedInterval: Interval?
  /// The Monte Carlo standard error of the difference, at most: √(se² + se²) of two single runs. All runs of a
  /// model are evaluated with the same samples, so more seeds do not make it smaller.
  public var monteCarloError: Double
  /// The interval that the standing rests on: spread over seeds and Monte Carlo error together, each side
  /// √(side² + (z se)²) from the mean, with z = 1.96 at 95 %.
  public var interval: Interval?
  /// Of the intervals.
  public var confidence: Double
  /// Differences up to this size to either side count as equivalent: the metric's resolution, and never less than rounding.
  public var region: Double
  /// The share of pairs in which the group is ahead, ties as halves.
  public var probabilityOfImprovement: Double?
  /// Cohen's d_z with Hedges' correction; see ``effectSize(_:)``. nil also where the spread is rounding.
  public var effectSize: Double?
  /// How many times wider the difference would be spread if its seeds were not paired: √(sd² + sd²) of the two groups over the
  /// common seeds, by the sd of the differences. Above 1 where common random numbers help; nil where the spread is rounding.
  public var pairingGain: Double?
  /// The two-sided p of the mean by flipping signs; nil of fewer than three pairs, which have no interval either.
  public var permutationP: Double?
  /// `permutationP` adjusted by Holm's method over all differences of the comparison that have one.
  public var adjustedP: Double?
  /// Whether the test of so many pairs, among so many comparisons, could reach its level at all. Where it cannot, the interval
  /// alone decides.
  public var isTestable = false
  public var standing = Standing.undecided
  /// How many more seeds are expected to decide; nil where it is decided.
  public var furtherSeeds: FurtherSeeds?

  public var pairs: Int { differences.count }

  /// Measures, and judges nothing yet.
  init(
    _ group: GroupSummary, against baseline: GroupSummary, metric: Metric, confidence: Double,
    _ bootstrap: inout Bootstrap
  ) {
    self.group = group.key
    self.baseline = baseline.key
    self.confidence = confidence
    let paired = Pairs(group.values, baseline.values)
    differences = paired.differences
    let values = differences.map(\.value)
    mean = Comparison.mean(values)
    seedInterval = bootstrap.meanInterval(values, confidence: confidence)
    monteCarloError = hypot(group.monteCarloError ?? 0, baseline.monteCarloError ?? 0)
    // Sums of many terms agree to about nine digits: below that a difference is rounding.
    let rounding = 1e-9 * max(1, abs(baseline.mean ?? 0))
    region = max(metric.resolution, rounding)
    probabilityOfImprovement = Comparison.probabilityOfImprovement(values) { metric.prefers($0, to: 0) }
    if let spread = standardDeviation(values), spread > rounding {
      effectSize = Comparison.effectSize(values)
      pairingGain = paired.unpairedSpread.map { $0 / spread }
    }
    guard let mean, let seedInterval else { return }
    permutationP = SignFlipTest.p(values)
    let shared = Normal.quantile((1 + confidence) / 2) * monteCarloError
    interval = Interval(
      low: mean - hypot(mean - seedInterval.low, shared), high: mean + hypot(seedInterval.high - mean, shared)
    )
  }

  /// All differences of a comparison with what depends on how many they are: adjusted p, standing, further seeds.
  static func judged(_ measured: [PairedDifference], metric: Metric) -> [PairedDifference] {
    let tested = measured.indices.filter { measured[$0].permutationP != nil }
    let adjusted = holmAdjusted(tested.compactMap { measured[$0].permutationP })
    var judged = measured
    for (index, p) in zip(tested, adjusted) { judged[index].adjustedP = p }
    for index in judged.indices { judged[index].judge(among: tested.count, metric: metric) }
    return judged
  }

  private mutating func judge(among comparisons: Int, metric: Metric) {
    let level = 1 - confidence
    isTestable = Double(comparisons) * SignFlipTest.smallestP(pairs: pairs) <= level
    if let mean, let interval {
      let isBeyond = interval.low > region || interval.high < -region
      let isTold = !isTestable || (adjustedP ?? 1) <= level
      if interval.low >= -region && interval.high <= region {
        standing = .equivalent
      } else if isBeyond && isTold {
        standing = metric.prefers(mean, to: 0) ? .better : .worse
      }
    }
    guard standing == .undecided else { return }
    let values = differences.map(\.value)
    furtherSeeds = FurtherSeeds(
      pairs: pairs, mean: mean ?? 0, standardDeviation: standardDeviation(values) ?? 0,
      monteCarloError: monteCarloError, region: region, confidence: confidence, comparisons: comparisons)
  }
}

/// The runs of two groups that have seed and stratum in common, averaged by seed.
private struct Pairs {
  /// In the order of the seeds.
  var differences: [SeedValue] = []
  /// √(sd² + sd²) of the two over the common seeds; nil of fewer than two.
  var unpairedSpread: Double?

  init(_ group: [SeedValue], _ baseline: [SeedValue]) {
    struct Place: Hashable {
      var seed: Int
      var stratum: String
    }
    let base = Dictionary(
      baseline.map { (Place(seed: $0.seed, stratum: $0.stratum), $0.value) },
      uniquingKeysWith: { first, _ in first })
    let pairs = group.compactMap { value in
      base[Place(seed: value.seed, stratum: value.stratum)].map {
        (seed: value.seed, group: value.value, baseline: $0)
      }
    }
    var levels: (group: [Double], baseline: [Double]) = ([], [])
    for (seed, members) in Dictionary(grouping: pairs, by: \.seed).sorted(by: { $0.key < $1.key }) {
      guard let difference = mean(members.map { $0.group - $0.baseline }) else { continue }
      differences.append(SeedValue(seed: seed, stratum: "", value: difference))
      levels.group.append(mean(members.map(\.group)) ?? .nan)
      levels.baseline.append(mean(members.map(\.baseline)) ?? .nan)
    }
    if let one = standardDeviation(levels.group), let other = standardDeviation(levels.baseline) {
      unpairedSpread = hypot(one, other)
    }
  }
}
