import NumericArrays

/// The learning rates that a run is done with, and what they say of the next (Welandawe et al. 2022, §5).
package struct RateHistory {
  /// From the first on.
  private(set) var rates: [Double] = []
  /// The steps that each rate took.
  private(set) var steps: [Double] = []
  /// The symmetrized KL between the average at each rate and at the one before, from the second rate on.
  private(set) var divergences: [Double] = []

  package init() {}

  package mutating func append(rate: Double, steps count: Int, divergence: Double?) {
    rates.append(rate)
    steps.append(Double(count))
    // The logarithm of 0 is no number to fit.
    if let divergence { divergences.append(max(divergence, .leastNormalMagnitude)) }
  }

  /// The symmetrized KL to the optimum by the learning rate γ, C γ^2κ.
  package struct Decline {
    package var constant: Double
    package var kappa: Double

    package func divergence(atRate rate: Double) -> Double {
      constant * SpecialFunctions.exp(2 * kappa * SpecialFunctions.log(rate))
    }
  }

  /// A fitted κ is no smaller: then C could not be told.
  static let smallestKappa = 0.1

  /// C and, unless it is given, κ in log δ(γ) = log C + 2 log (ρ^−κ − 1) + 2 κ log γ of the divergences δ from rates γ/ρ to γ, by weighted
  /// least squares (ibid., eq. 12); nil where there is none.
  package func decline(decay: Double, kappa: Double?) -> Decline? {
    guard !divergences.isEmpty else { return nil }
    let slopes = kappa.map { 2 * $0...2 * $0 } ?? 2 * Self.smallestKappa...2
    let line = WeightedLine(
      rates.dropFirst().map(SpecialFunctions.log), divergences.map(SpecialFunctions.log), slopes: slopes)
    let kappa = 0.5 * line.slope
    let ratio = SpecialFunctions.exp(-kappa * SpecialFunctions.log(decay)) - 1
    return Decline(constant: SpecialFunctions.exp(line.intercept) / (ratio * ratio), kappa: kappa)
  }

  /// The steps that the next rate is expected to take: by a power of the rate, without the first rate, whose steps lead there from the start.
  package func expectedSteps(atRate rate: Double) -> Double {
    let line = WeightedLine(
      rates.dropFirst().map(SpecialFunctions.log), steps.dropFirst().map(SpecialFunctions.log),
      slopes: -Double.infinity...0)
    return SpecialFunctions.exp(line.intercept + line.slope * SpecialFunctions.log(rate))
  }

  /// The index above which a smaller rate does not pay: the root of the symmetrized KL that it would leave and the accuracy, over the root
  /// of what is left now, times the steps that it would need over those of the last rate and K₀ (ibid., eq. 13–15); nil before the third rate.
  package func inefficiency(_ decline: Decline, decay: Double, accuracy: Double, smallSteps: Int) -> Double? {
    guard divergences.count > 1, let rate = rates.last, let count = steps.last else { return nil }
    let left = decline.divergence(atRate: rate).squareRoot()
    let gain = SpecialFunctions.exp(decline.kappa * SpecialFunctions.log(decay)) + accuracy / left
    return gain * expectedSteps(atRate: decay * rate) / (count + Double(smallSteps))
  }
}

extension RateHistory {
  /// Adds the history to a state.
  func save(into state: inout FitState) {
    state.numbers["rates"] = rates
    state.numbers["rate_steps"] = steps
    state.numbers["divergences"] = divergences
  }

  /// nil where the state lacks some of it.
  init?(_ state: FitState) {
    guard let rates = state.numbers["rates"], let steps = state.numbers["rate_steps"],
      let divergences = state.numbers["divergences"], steps.count == rates.count,
      divergences.count == max(0, rates.count - 1)
    else { return nil }
    self.rates = rates
    self.steps = steps
    self.divergences = divergences
  }
}

/// A line by least squares of which the n-th point before the last has the weight (1 + n²/9)^−¼ (Welandawe et al. 2022, §5.2).
package struct WeightedLine {
  package private(set) var intercept: Double
  package private(set) var slope: Double

  /// - Parameters:
  ///   - x: at least one.
  ///   - slopes: those that are allowed; a single x has the largest.
  package init(_ x: [Double], _ y: [Double], slopes: ClosedRange<Double>) {
    precondition(!x.isEmpty && x.count == y.count, "a line through no points")
    let weights = x.indices.map { index in
      let age = Double(x.count - 1 - index)
      return 1 / (1 + age * age / 9).squareRoot().squareRoot()
    }
    let total = weights.reduce(0, +)
    let meanX = zip(weights, x).reduce(0) { $0 + $1.0 * $1.1 } / total
    let meanY = zip(weights, y).reduce(0) { $0 + $1.0 * $1.1 } / total
    var (square, product) = (0.0, 0.0)
    for index in x.indices {
      square += weights[index] * (x[index] - meanX) * (x[index] - meanX)
      product += weights[index] * (x[index] - meanX) * (y[index] - meanY)
    }
    // The sum of squares is convex in the slope: what is not allowed is best replaced by the nearest that is.
    slope = square > 0 ? min(max(product / square, slopes.lowerBound), slopes.upperBound) : slopes.upperBound
    intercept = meanY - slope * meanX
  }
}
