/// When to look at a comparison to which seeds are added, and how sure each look must be, so that looking repeatedly does not
/// find differences that are not there.
///
/// The number of seeds doubles up to a declared maximum N. Look k may err with probability
/// α_k = 0.05 (n_k − n_{k−1}) / N: the error is spent as seeds are (Lan & DeMets 1983, doi:10.1093/biomet/70.3.659, with
/// α(t) = α t), and as the α_k add up to 0.05 the rate of errors over all looks is at most that whatever the dependence of the
/// looks (Bonferroni). Early looks, whose few seeds make an interval least trustworthy, may err least.
public struct SequentialRule: Sendable, Hashable {
  public struct Look: Sendable, Hashable {
    /// Of every group, when looked at.
    public var seeds: Int
    /// Of the look's intervals; 1 − confidence is the level of its tests.
    public var confidence: Double
  }

  /// At least one, with ascending seeds.
  public var looks: [Look]

  /// - Parameters:
  ///   - present: the seeds that are there at the first look, at least 3.
  ///   - maximum: the most seeds that there will be, declared before the first look; at least `present`.
  public init(from present: Int, to maximum: Int) {
    precondition(present >= 3 && maximum >= present, "three seeds at least, and no fewer than there are")
    var seeds = [present]
    while let last = seeds.last, last < maximum { seeds.append(min(2 * last, maximum)) }
    self.init(looks: seeds)
  }

  /// - Parameter seeds: at each look; they ascend, and all are declared before the first look.
  public init(looks seeds: [Int]) {
    precondition(zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 }, "looks ascend")
    looks = []
    var spent = 0
    for now in seeds {
      let level = 0.05 * Double(now - spent) / Double(seeds.last ?? now)
      // 10,000 resamples say nothing beyond 99.9 %: a look that would have to be surer is left out.
      guard level >= 0.001 else { continue }
      looks.append(Look(seeds: now, confidence: 1 - level))
      spent = now
    }
  }
}
