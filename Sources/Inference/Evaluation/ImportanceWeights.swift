import NumericArrays

/// What the log weights log p(x, z) − log q(z) of independent draws of q say: how heavy their tail is, how many draws they are
/// worth, and the evidence (Pareto-smoothed importance sampling; Vehtari, Simpson, Gelman, Yao & Gabry 2024, JMLR 25(72)).
package struct ImportanceWeights: Sendable, Hashable {
  /// k̂, the shape of the generalized Pareto distribution of the largest weights: moments of order 1/k and above are infinite.
  /// nil where the weights are constant to rounding, so that they have no tail, or their tail cannot be fitted.
  package let tailShape: Double?
  /// What k̂ must not exceed for estimates with these weights to be good with so many draws (section 3.2.4).
  package let threshold: Double
  /// (Σ w)² / Σ w² of the smoothed weights, in draws.
  package let effectiveSampleSize: Double
  /// log of the mean of the smoothed weights: an estimate of log p(x), in nats.
  package let logMean: Double
  /// Its standard error by the delta method; not to be trusted where `tailShape` is above `threshold`.
  package let standardError: Double
  /// The smoothed weights of the draws, in their order, relative to the largest; empty where one is no number.
  let smoothed: [Double]

  package init(logWeights: [Double]) {
    let count = logWeights.count
    precondition(count >= 25, "a tail of five wants 25 draws")
    threshold = Self.threshold(draws: count)
    let largest = logWeights.max() ?? .nan
    guard largest.isFinite, !logWeights.contains(where: \.isNaN) else {
      tailShape = .nan
      (effectiveSampleSize, logMean, standardError) = (.nan, .nan, .nan)
      smoothed = []
      return
    }
    let (weights, shape) = Self.smoothed(logWeights.map { $0 - largest })
    tailShape = shape
    smoothed = weights
    let sum = Statistics.sum(weights)
    let squares = Statistics.sum(weights.map { $0 * $0 })
    effectiveSampleSize = min(Double(count), sum * sum / squares)
    logMean = largest + SpecialFunctions.log(sum / Double(count))
    let spread = max(0, Double(count) * squares / (sum * sum) - 1)
    standardError = (spread / Double(count - 1)).squareRoot()
  }

  /// min(1 − 1 / log₁₀ S, 0.7).
  package static func threshold(draws: Int) -> Double {
    min(1 - SpecialFunctions.log(10) / SpecialFunctions.log(Double(draws)), 0.7)
  }

  /// The number of largest weights that are the tail: min(S / 5, 3 √S), rounded up.
  static func tailCount(draws: Int) -> Int {
    Int(min(Double(draws) / 5, 3 * Double(draws).squareRoot()).rounded(.up))
  }

  /// The weights, the largest of them replaced by quantiles of what is fitted to them and none above 1.
  ///
  /// - Parameter logWeights: the largest is 0.
  private static func smoothed(_ logWeights: [Double]) -> (weights: [Double], shape: Double?) {
    var weights = logWeights
    weights.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { Double.kernelExp(start, start, buffer.count) }
    }
    let order = tail(of: logWeights)
    // The largest weight outside the tail; a log weight is rounded to some 1e-16 of terms of up to 1e6 nats.
    guard let cut = order.first.map({ weights[$0] }), logWeights[order[0]] < -1e-9 else {
      return (weights, nil)
    }
    let members = order.dropFirst().filter { weights[$0] > cut }
    guard let fit = GeneralizedPareto(fittedTo: members.map { weights[$0] - cut }), fit.shape.isFinite else {
      return (weights, nil)
    }
    for (place, index) in members.enumerated() {
      let p = (Double(place) + 0.5) / Double(members.count)
      weights[index] = min(1, cut + fit.quantile(p))
    }
    return (weights, fit.shape)
  }

  /// The places of the largest weights, ascending, and first the one below them.
  private static func tail(of logWeights: [Double]) -> [Int] {
    Statistics.largest(tailCount(draws: logWeights.count) + 1, of: logWeights)
  }
}
