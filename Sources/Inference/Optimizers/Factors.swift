import NumericArrays

/// Independent discrete latents, by the sum over all states.
struct StateFactors: Factors {
  private let factors: [StateTable.Factor]
  /// log p(z) + log p(x|z) / β of each state.
  private let logDensities: [Double]
  /// log q of each latent's values.
  private(set) var logProbabilities: [[Double]]

  /// - Parameter logits: φ of `bernoulli` or `categorical`.
  init(_ states: StateTable, logits: [Double], beta: Double) {
    factors = states.factors
    logDensities = zip(states.logPrior, states.logLikelihood).map { $0 + $1 / beta }
    logProbabilities = states.factors.map { factor in
      let values =
        factor.isBinary
        ? [0, logits[factor.place]] : (0..<factor.valueCount).map { logits[factor.place + $0] }
      return Self.normalised(values)
    }
  }

  var count: Int { factors.count }

  mutating func set(_ index: Int) { logProbabilities[index] = Self.normalised(expectedLogDensities(index)) }

  var parameters: [Double] {
    zip(factors, logProbabilities).flatMap { factor, values in
      factor.isBinary ? [values[1] - values[0]] : values
    }
  }

  /// E_q[log p(z) + log p(x|z) / β] + H[q]: the β-weighted bound over β.
  var bound: Double {
    let last = count - 1
    let own = expectedLogDensities(last)
    let expected = zip(own, logProbabilities[last]).reduce(0) { $0 + Self.product($1.0, $1.1) }
    return expected
      - logProbabilities.reduce(0) { sum, values in
        sum + values.reduce(0) { $0 + Self.product($1, $1) }
      }
  }

  /// E[log p] over the other latents, for each value of one.
  private func expectedLogDensities(_ index: Int) -> [Double] {
    var table = logDensities
    // The later latents change fastest.
    for other in (index + 1..<count).reversed() {
      let (size, weights) = (factors[other].valueCount, logProbabilities[other].map(SpecialFunctions.exp))
      table = (0..<table.count / size).map { row in
        (0..<size).reduce(0) { $0 + weights[$1] * table[row * size + $1] }
      }
    }
    for other in 0..<index {
      let (size, weights) = (factors[other].valueCount, logProbabilities[other].map(SpecialFunctions.exp))
      let rest = table.count / size
      table = (0..<rest).map { column in (0..<size).reduce(0) { $0 + weights[$1] * table[$1 * rest + column] }
      }
    }
    return table
  }

  /// x exp(log p), 0 where p is.
  private static func product(_ x: Double, _ logProbability: Double) -> Double {
    let probability = SpecialFunctions.exp(logProbability)
    return probability > 0 ? probability * x : 0
  }

  private static func normalised(_ values: [Double]) -> [Double] {
    var sum = LogSum()
    for value in values { sum.add(value) }
    return values.map { $0 - sum.value }
  }
}

/// Blocks of the elements of a Gaussian posterior N(μ, Λ⁻¹): each block's optimum has the covariance Λ_bb⁻¹ and the mean
/// μ_b − Λ_bb⁻¹ Λ_b,rest (m_rest − μ_rest) (Bishop 2006, eqs. 10.12 to 10.15).
struct GaussianFactors: Factors {
  private let posterior: GaussianStart
  private let precision: Matrix
  private let places: [[Int]]
  /// φ of the family's member nearest to the posterior, whose blocks have the optimal covariances.
  private let nearest: [Double]
  private(set) var parameters: [Double]

  /// - Parameters:
  ///   - places: of each block in z.
  ///   - start: φ: a location and log scales, `[D]` each, and then each block's triangle where it has one.
  init(_ posterior: GaussianStart, places: [[Int]], start: [Double], nearest: [Double]) {
    self.posterior = posterior
    self.places = places
    self.nearest = nearest
    parameters = start
    precision =
      posterior.isDiagonal
      ? .diagonal(posterior.precisionDiagonal)
      : Matrix.solve(lower: posterior.factor, .identity(posterior.mean.count))
  }

  var count: Int { places.count }

  mutating func set(_ index: Int) {
    let own = places[index]
    // Λ_b,all (m − μ), what the block adds to it itself included.
    let offsets = zip(parameters, posterior.mean).map(-)
    let pulls = own.map { row in offsets.indices.reduce(0) { $0 + precision[row, $1] * offsets[$1] } }
    guard let factor = posterior.conditionalFactor(of: own) else { return }
    let moves = factor * (factor.transposed * pulls)
    let dimension = posterior.mean.count
    for (place, move) in zip(own, moves) {
      parameters[place] -= move
      parameters[dimension + place] = nearest[dimension + place]
    }
    let before = places[..<index].reduce(2 * dimension) { $0 + Self.triangleCount($1.count) }
    guard before < parameters.count else { return }
    for place in before..<before + Self.triangleCount(own.count) { parameters[place] = nearest[place] }
  }

  private static func triangleCount(_ size: Int) -> Int { size * (size - 1) / 2 }
}
