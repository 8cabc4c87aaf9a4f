/// The value of one run, with what names it.
public struct SeedValue: Sendable, Hashable {
  public var seed: Int
  public var stratum: String
  public var value: Double
}

/// The statistics of one group over its seeds. They depend on the runs of the group alone.
///
/// Runs that diverged, failed or are unfinished are counted and enter no number. Suspect runs are counted and
/// enter. Where a group holds several runs of a seed, mean, median, standard deviation and interval are over
/// the seeds' averages, because seeds are what varies by chance. A seed that lacks one of them, such as a cell in which it
/// diverged, has another average and is left out, unless every seed lacks some.
public struct GroupSummary: Sendable, Hashable {
  public var key: GroupKey
  public var runs: Int
  public var finished: Int
  public var diverged: Int
  public var failed: Int
  public var suspect: Int
  /// Diverged runs, of those that are over.
  public var divergedRate: Proportion
  /// Suspect runs, of those that are over.
  public var suspectRate: Proportion
  /// Whether the values are on the scale on which groups are ranked.
  public var isBound: Bool
  /// The values of the runs that have one, by seed.
  public var values: [SeedValue]
  public var mean: Double?
  public var median: Double?
  /// Over seeds: the mean of the middle half.
  public var interquartileMean: Double?
  /// Over seeds; nil of fewer than two.
  public var standardDeviation: Double?
  /// The 95 % bootstrap interval of the mean; nil of fewer than three seeds.
  public var interval: Interval?
  public var best: SeedValue?
  public var worst: SeedValue?
  /// The median of the runs' Monte Carlo standard errors; nil where every value is exact.
  public var monteCarloError: Double?
  /// The share of the variance over seeds that is Monte Carlo error: mean se² / variance. At most, because the final
  /// evaluations share their samples, so that runs err together and their spread shows a part of the error only; and so cut at
  /// 1. nil where every value is exact, and where there is no spread.
  public var monteCarloShare: Double?

  /// The seeds that mean, median, standard deviation and interval are over.
  public var seeds: Int

  init(
    _ key: GroupKey, _ observations: [Observation], isBound: Bool, metric: Metric,
    _ bootstrap: inout Bootstrap
  ) {
    self.key = key
    runs = observations.count
    finished = observations.count { $0.outcome == .finished }
    diverged = observations.count { $0.outcome == .diverged }
    failed = observations.count { $0.outcome == .failed }
    suspect = observations.count { $0.isSuspect }
    let over = observations.filter { $0.outcome != .unfinished }
    divergedRate = Proportion(count: diverged, total: over.count)
    suspectRate = Proportion(count: over.count { $0.isSuspect }, total: over.count)
    self.isBound = isBound
    values = observations.compactMap { observation in
      observation.usableValue.map {
        SeedValue(seed: observation.seed, stratum: observation.stratum, value: $0)
      }
    }
    .sorted { ($0.seed, $0.stratum) < ($1.seed, $1.stratum) }
    let overSeeds = seedAverages(ofCompleteSeeds(values))
    seeds = overSeeds.count
    mean = Comparison.mean(overSeeds)
    median = Comparison.median(overSeeds)
    interquartileMean = Comparison.interquartileMean(overSeeds)
    standardDeviation = Comparison.standardDeviation(overSeeds)
    interval = bootstrap.meanInterval(overSeeds)
    best = values.reduce(nil) { best, next in
      best.map { metric.prefers(next.value, to: $0.value) ? next : $0 } ?? next
    }
    worst = values.reduce(nil) { worst, next in
      worst.map { metric.prefers($0.value, to: next.value) ? next : $0 } ?? next
    }
    let usable = observations.filter { $0.usableValue != nil }
    let errors = usable.compactMap(\.standardError).filter(\.isFinite)
    monteCarloError = Comparison.median(errors)
    if let standardDeviation, standardDeviation > 0, !errors.isEmpty {
      let squares = errors.reduce(0) { $0 + $1 * $1 } / Double(usable.count)
      monteCarloShare = min(squares / (standardDeviation * standardDeviation), 1)
    }
  }
}

/// The values of the seeds that have every stratum that any has; all values where no seed has.
private func ofCompleteSeeds(_ values: [SeedValue]) -> [SeedValue] {
  let strata = Set(values.map(\.stratum)).count
  guard strata > 1 else { return values }
  let bySeed = Dictionary(grouping: values, by: \.seed).mapValues { Set($0.map(\.stratum)).count }
  let complete = values.filter { bySeed[$0.seed] == strata }
  return complete.isEmpty ? values : complete
}

/// One average per seed, in the order of the seeds.
func seedAverages(_ values: [SeedValue]) -> [Double] {
  Dictionary(grouping: values, by: \.seed).sorted { $0.key < $1.key }.compactMap {
    mean($0.value.map(\.value))
  }
}
