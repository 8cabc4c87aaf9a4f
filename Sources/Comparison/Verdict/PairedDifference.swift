import Foundation

/// How a group stands against the baseline.
public enum Standing: Sendable, Hashable {
  case better, worse
  /// The interval lies within the metric's resolution: whatever difference there is does not matter.
  case alike
  /// No difference can be told: the interval holds zero, or there are too few pairs for one.
  case undecided
}

/// A group against the baseline, over the seeds that both have.
///
/// The same seed gives the same noise in every cell, so a pair's difference is free of what its runs share.
public struct PairedDifference: Sendable, Hashable {
  public var group: GroupKey
  public var baseline: GroupKey
  /// Group minus baseline, one per common seed, in the order of the seeds.
  public var differences: [SeedValue]
  public var mean: Double?
  /// The 95 % bootstrap interval over seeds alone; nil of fewer than three pairs.
  public var seedInterval: Interval?
  /// The Monte Carlo standard error of the difference, at most: √(se² + se²) of two single runs. All runs of a
  /// model are evaluated with the same samples, so more seeds do not make it smaller.
  public var monteCarloError: Double
  /// The 95 % interval that the standing rests on: spread over seeds and Monte Carlo error together, each side
  /// √(side² + (1.96 se)²) from the mean.
  public var interval: Interval?
  public var standing: Standing

  public var pairs: Int { differences.count }

  init(
    _ group: GroupSummary, against baseline: GroupSummary, metric: Metric, _ bootstrap: inout Bootstrap
  ) {
    self.group = group.key
    self.baseline = baseline.key
    differences = pairedDifferences(group.values, baseline.values)
    mean = Comparison.mean(differences.map(\.value))
    seedInterval = bootstrap.meanInterval(differences.map(\.value))
    monteCarloError = hypot(group.monteCarloError ?? 0, baseline.monteCarloError ?? 0)
    guard let mean, let seedInterval else {
      standing = .undecided
      return
    }
    let widened = Interval(
      low: mean - hypot(mean - seedInterval.low, 1.96 * monteCarloError),
      high: mean + hypot(seedInterval.high - mean, 1.96 * monteCarloError))
    interval = widened
    // Sums of many terms agree to about nine digits: below that a difference is rounding.
    let rounding = 1e-9 * max(1, abs(baseline.mean ?? 0))
    let negligible = max(metric.resolution, rounding)
    standing =
      if widened.low >= -negligible && widened.high <= negligible {
        .alike
      } else if abs(mean) <= negligible || (widened.low <= 0 && widened.high >= 0) {
        .undecided
      } else {
        metric.prefers(mean, to: 0) ? .better : .worse
      }
  }
}

/// Averages, seed by seed, the differences between runs of equal seed and stratum.
private func pairedDifferences(_ group: [SeedValue], _ baseline: [SeedValue]) -> [SeedValue] {
  struct Pair: Hashable {
    var seed: Int
    var stratum: String
  }
  let base = Dictionary(
    baseline.map { (Pair(seed: $0.seed, stratum: $0.stratum), $0.value) },
    uniquingKeysWith: { first, _ in first })
  let differences = group.compactMap { value in
    base[Pair(seed: value.seed, stratum: value.stratum)].map {
      SeedValue(seed: value.seed, stratum: value.stratum, value: value.value - $0)
    }
  }
  return Dictionary(grouping: differences, by: \.seed).sorted { $0.key < $1.key }.compactMap { seed, strata in
    mean(strata.map(\.value)).map { SeedValue(seed: seed, stratum: "", value: $0) }
  }
}
