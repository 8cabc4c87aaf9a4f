import NumericArrays

/// As many draws of each of several Gaussians, weighted to the posterior by the density of their mixture.
///
/// The mixture's density in the denominator, whichever Gaussian a draw is of (the balance heuristic; Veach & Guibas 1995), keeps a weight
/// bounded wherever one of the Gaussians covers the posterior, and gives a mode that several paths found no more than its share.
struct MultiPathDraws {
  struct Draw {
    /// The number of its Gaussian.
    var path: Int
    var z: [Double]
    /// The log of the density that the draws are weighted to, up to its normaliser.
    var target: Double
    var joint: Double
    var likelihood: Double
    var variables: [Double]
  }

  let all: [Draw]
  /// Of the draws as if they were independent draws of the mixture; being spread evenly over its parts makes them no worse.
  let weights: ImportanceWeights
  /// How much the log of the normaliser depends on which paths there are: its standard error by the jackknife over them (Efron & Stein
  /// 1981), in nats; 0 where there is one alone. Weights cannot tell of what no Gaussian reaches; Gaussians of parts of a posterior
  /// differ.
  let disagreement: Double
  /// The mean of the log weights, a bound on the log of the normaliser, less its error at 97.5 % confidence.
  let lowerBound: Double
  /// The smoothed weights, whose sum is 1, or NaN.
  private let shares: [Double]

  init(_ draws: [Draw], of paths: [WhitenedDensity]) {
    all = draws
    let parts = draws.map { draw in
      paths.map { WhitenedDensity.logStandardNormal($0.whitened(draw.z)) - $0.logVolume }
    }
    let logWeights = Self.logWeights(draws, parts)
    weights = ImportanceWeights(logWeights: logWeights)
    disagreement = paths.count > 1 ? Self.jackknife(draws, parts, count: paths.count) : 0
    lowerBound = Statistics.mean(logWeights) - 1.96 * Statistics.standardError(logWeights)
    let sum = Statistics.sum(weights.smoothed)
    shares =
      weights.smoothed.isEmpty
      ? [Double](repeating: .nan, count: draws.count) : weights.smoothed.map { $0 / sum }
  }

  /// log p(z) − log q̄(z), `parts` being the log densities of the mixture's parts; without one of them, where it is left out.
  private static func logWeights(_ draws: [Draw], _ parts: [[Double]], without path: Int? = nil) -> [Double] {
    zip(draws, parts).compactMap { draw, parts in
      guard let path else { return draw.target - Statistics.logSumExp(parts) + log(parts.count) }
      guard draw.path != path else { return nil }
      let others = Array(parts[..<path] + parts[(path + 1)...])
      return draw.target - Statistics.logSumExp(others) + log(others.count)
    }
  }

  private static func log(_ count: Int) -> Double { SpecialFunctions.log(Double(count)) }

  private static func jackknife(_ draws: [Draw], _ parts: [[Double]], count: Int) -> Double {
    let without = (0..<count).map {
      ImportanceWeights(logWeights: logWeights(draws, parts, without: $0)).logMean
    }
    let mean = Statistics.mean(without)
    let squares = without.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares * Double(count - 1) / Double(count)).squareRoot()
  }

  /// The weighted mean and standard deviation of a number per draw, and the standard error of the mean (delta method).
  func moments(_ value: (Draw) -> Double) -> (mean: Double, sd: Double, error: Double) {
    let values = all.map(value)
    let mean = Statistics.sum(zip(shares, values).map { $0 * $1 })
    let offsets = values.map { $0 - mean }
    let variance = Statistics.sum(zip(shares, offsets).map { $0 * $1 * $1 })
    let error = Statistics.sum(zip(shares, offsets).map { $0 * $1 * $0 * $1 })
    return (mean, variance.squareRoot(), error.squareRoot())
  }
}
