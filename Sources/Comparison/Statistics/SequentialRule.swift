/// When to look at a comparison to which seeds are added, and how sure each look must be, so that looking
/// repeatedly does not find differences that are not there.
///
/// The number of seeds doubles up to a declared maximum N. By the look at n seeds 0.05 (n / N)² may have been erred
/// (the power family of Kim & DeMets 1987, doi:10.1093/biomet/74.1.149): look k has the level
/// 0.05 (n_k² − n_{k−1}²) / N². The levels add up to 0.05, so the rate of errors over all looks is at most that,
/// however the looks depend on each other (Bonferroni), where every look keeps its level. Early looks, whose few
/// seeds make an interval least trustworthy, may err least; and a look whose level the sign-flip test cannot reach
/// is left out. (Spent linearly, and with intervals alone deciding at five seeds, 8 % of 1,000 exponential
/// comparisons from 5 to 40 seeds were decided.)
///
/// Simulated with 10,000 comparisons without a difference (`WB_SIMULATE=10000 swift test -c release --filter
/// SequentialRuleTests`), better or worse was ever said of
///
/// | seeds | normal | exponential | log-normal, σ = 0.5 | Student t, 3 df |
/// |---|---|---|---|---|
/// | 5, 10, 20 | 3.6 % | 4.9 % | 5.0 % | 3.7 % |
/// | 5, 10, 20, 40 | 4.2 % | 4.5 % | 4.8 % | 4.3 % |
/// | 10, 20, 40, 80 | 4.4 % | 4.3 % | 4.7 % | 4.2 % |
public struct SequentialRule: Sendable, Hashable {
  public struct Look: Sendable, Hashable {
    /// Of every group, when looked at.
    public var seeds: Int
    /// Of the look's intervals; 1 − confidence is the level of its tests.
    public var confidence: Double
  }

  /// With ascending seeds; empty where even all seeds together could not decide.
  public var looks: [Look]

  /// - Parameters:
  ///   - present: the seeds that are there at first, at least one.
  ///   - maximum: the most seeds that there will be, declared before the first look; at least `present`.
  ///   - comparisons: how many differences share the level.
  public init(from present: Int, to maximum: Int, comparisons: Int = 1) {
    precondition(present >= 1 && maximum >= present, "one seed at least, and no fewer than there are")
    var seeds = [present]
    while let last = seeds.last, last < maximum { seeds.append(min(2 * last, maximum)) }
    self.init(looks: seeds, comparisons: comparisons)
  }

  /// - Parameter seeds: at each look; they ascend, and all are declared before the first look.
  public init(looks seeds: [Int], comparisons: Int = 1) {
    precondition(zip(seeds, seeds.dropFirst()).allSatisfy { $0 < $1 }, "looks ascend")
    looks = []
    var spent = 0.0
    for now in seeds {
      let share = Double(now) / Double(seeds.last ?? now)
      let level = 0.05 * share * share - spent
      // 10,000 resamples say nothing beyond 99.9 %. What a look left out could err goes to the next.
      let least = max(0.001, Double(max(comparisons, 1)) * SignFlipTest.smallestP(pairs: now))
      guard now >= 3, level >= least else { continue }
      looks.append(Look(seeds: now, confidence: 1 - level))
      spent += level
    }
  }
}
