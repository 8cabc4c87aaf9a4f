import NumericArrays

/// How well chains agree and how many independent draws theirs are worth (Vehtari, Gelman, Simpson, Carpenter & Bürkner 2021).
package struct ChainStatistics {
  package let mean: Double
  package let sd: Double
  /// The larger of the rank-normalised split R-hat and that of the folded draws; NaN of constant draws.
  package let rHat: Double
  /// Of rank-normalised split chains.
  package let bulkSize: Double
  /// The smaller of those of the 5 % and 95 % quantiles' indicators.
  package let tailSize: Double
  /// The Monte Carlo standard error of the mean.
  package let meanError: Double

  /// - Parameter chains: the draws of each chain, all as many, at least four.
  package init(_ chains: [[Double]]) {
    let all = chains.flatMap(\.self)
    let count = Double(all.count)
    let mean = all.reduce(0, +) / count
    self.mean = mean
    sd = (all.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
    let halves = Self.split(chains)
    let bulk = Self.rankNormalised(halves)
    let sorted = all.sorted()
    let median = Self.quantile(sorted, 0.5)
    let folded = Self.rankNormalised(halves.map { $0.map { abs($0 - median) } })
    rHat = max(Self.potentialScaleReduction(bulk), Self.potentialScaleReduction(folded))
    bulkSize = Self.effectiveSize(bulk)
    let tails = [0.05, 0.95].map { probability in
      let limit = Self.quantile(sorted, probability)
      return Self.effectiveSize(halves.map { $0.map { $0 <= limit ? 1 : 0 } })
    }
    tailSize = min(tails[0], tails[1])
    meanError = sd / Self.effectiveSize(halves).squareRoot()
  }

  /// Each chain in two, the middle draw of an odd number left out.
  static func split(_ chains: [[Double]]) -> [[Double]] {
    chains.flatMap { chain in
      let half = chain.count / 2
      return [Array(chain.prefix(half)), Array(chain.suffix(half))]
    }
  }

  /// The normal scores of the draws' ranks among all, ties by their average (Blom 1958; Vehtari et al. 2021, eq. 14).
  static func rankNormalised(_ chains: [[Double]]) -> [[Double]] {
    let length = chains.first?.count ?? 0
    let all = chains.flatMap(\.self)
    let order = all.indices.sorted { all[$0] < all[$1] }
    var scores = [Double](repeating: 0, count: all.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, all[order[end]] == all[order[start]] { end += 1 }
      let rank = 0.5 * Double(start + 1 + end)
      let score = SpecialFunctions.normalQuantile((rank - 0.375) / (Double(all.count) + 0.25))
      for place in start..<end { scores[order[place]] = score }
      start = end
    }
    return chains.indices.map { Array(scores[$0 * length..<($0 + 1) * length]) }
  }

  /// R-hat of chains as they are (Gelman & Rubin 1992; Vehtari et al. 2021, eq. 1–4).
  static func potentialScaleReduction(_ chains: [[Double]]) -> Double {
    let spread = Spread(chains)
    return (spread.total / spread.within).squareRoot()
  }

  /// The effective number of draws, by Geyer's initial monotone sequence over the chains' combined autocorrelations (Geyer 1992;
  /// Vehtari et al. 2021, eq. 10–13); at most n log₁₀ n of n draws.
  static func effectiveSize(_ chains: [[Double]]) -> Double {
    let length = chains.first?.count ?? 0
    let count = Double(length * chains.count)
    guard length > 3 else { return .nan }
    let spread = Spread(chains)
    guard spread.total > 0 else { return count }
    let centred = zip(chains, spread.means).map { chain, mean in chain.map { $0 - mean } }
    // The biased autocovariance: divided by n at every lag.
    func correlation(_ lag: Int) -> Double {
      let covariances = centred.map { chain in
        var sum = 0.0
        for index in 0..<chain.count - lag { sum += chain[index] * chain[index + lag] }
        return sum / Double(chain.count)
      }
      let mean = covariances.reduce(0, +) / Double(chains.count)
      return 1 - (spread.within - mean) / spread.total
    }
    var sum = 0.0
    var smallest = Double.infinity
    var lag = 0
    // What the even lag of the first pair that is not positive, or of the last one, adds (Vehtari et al. 2021, as their software has it).
    var rest = 0.0
    while true {
      let even = lag == 0 ? 1 : correlation(lag)
      let pair = even + correlation(lag + 1)
      if !(pair > 0) || lag + 4 >= length {
        rest = max(0, even)
        break
      }
      smallest = min(smallest, pair)
      sum += smallest
      lag += 2
    }
    let leastTime = SpecialFunctions.log(10) / SpecialFunctions.log(count)
    return count / max(-1 + 2 * sum + rest, leastTime)
  }

  /// The variances within and between chains.
  private struct Spread {
    var means: [Double]
    var within: Double
    /// The marginal posterior variance as it is estimated from both.
    var total: Double

    init(_ chains: [[Double]]) {
      let length = Double(chains.first?.count ?? 0)
      let count = Double(chains.count)
      let means = chains.map { $0.reduce(0, +) / length }
      let variances = zip(chains, means).map { chain, mean in
        chain.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (length - 1)
      }
      let within = variances.reduce(0, +) / count
      let grand = means.reduce(0, +) / count
      let between = count > 1 ? means.reduce(0) { $0 + ($1 - grand) * ($1 - grand) } / (count - 1) : 0
      self.means = means
      self.within = within
      total = (length - 1) / length * within + between
    }
  }

  /// By linear interpolation between order statistics.
  private static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    let place = probability * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
