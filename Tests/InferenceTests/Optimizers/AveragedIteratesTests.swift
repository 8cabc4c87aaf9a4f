import Foundation
import Inference
import NumericArrays
import Testing

/// What is said of iterates and of learning rates, against chains and laws whose answers are known.
@Suite struct AveragedIteratesTests {
  private static let chains = 400
  private static let length = 4000

  /// `[length, chains]` of xₜ = φ xₜ₋₁ + √(1 − φ²) εₜ, of variance 1 from the first on; they come in batches of eight.
  private func autoregressive(_ correlation: Double) -> [IterateBatches] {
    let noise = NoiseStream(seed: 7, purpose: .fit).normals(
      dimension: Self.chains, draws: Self.length, step: 0)
    return (0..<Self.chains).map { chain in
      var value = 0.0
      return batches(
        (0..<Self.length).map { step in
          let own = noise[chain * Self.length + step]
          value = step == 0 ? own : correlation * value + (1 - correlation * correlation).squareRoot() * own
          return value
        })
    }
  }

  private func batches(_ values: [Double]) -> IterateBatches {
    var batches = IterateBatches(count: 1)
    for value in values {
      var iterate = [value]
      iterate.withUnsafeMutableBufferPointer { batches.append($0) }
    }
    return batches
  }

  /// Halves of n iterates with the autocorrelation time τ have means that differ by 2 τ/n in the mean square: R² is 1 − 1/n + τ/n times the square of
  /// a standard normal, but for terms of (τ/n)². The average over the chains is held within 4 of its standard errors.
  @Test("R-hat of autoregressive chains is what their autocorrelation time says", arguments: [0, 0.5, 0.9])
  func chains(_ correlation: Double) {
    let time = (1 + correlation) / (1 - correlation)
    let half = Double(Self.length / 2)
    let squares = autoregressive(correlation).map { batches in
      let rHat = batches.largestRHat(last: batches.batches, floors: [0])
      return rHat * rHat
    }
    let mean = squares.reduce(0, +) / Double(Self.chains)
    let share = time / half
    let tolerance = 4 * (2 / Double(Self.chains)).squareRoot() * share + 4 * share * share
    #expect(abs(mean - (1 - 1 / half + share)) < tolerance)
  }

  /// The mean of N iterates has the variance τ/N, but for τ²/N². Geyer's sequence stops where correlations drown in noise of 1/√ESS, so that up to such
  /// a share of them is missing, 7 % of the slowest chains' with ESS = N/τ = 210; single estimates scatter by less than half, their average over 400
  /// chains by 2.5 %, of which 4 are allowed, on the roots a half.
  @Test(
    "the standard error of autoregressive chains' means is √(τ/N), and their size N/τ",
    arguments: [0, 0.5, 0.9])
  func errors(_ correlation: Double) {
    let time = (1 + correlation) / (1 - correlation)
    let expected = (time / Double(Self.length)).squareRoot()
    let chains = autoregressive(correlation)
    let found = chains.map { $0.meanError(0, last: $0.batches) }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    #expect(abs(mean(found.map { $0.error * $0.error }).squareRoot() / expected - 1) < 0.09)
    #expect(abs(mean(found.map { 1 / $0.effectiveSize }) * Double(Self.length) / time - 1) < 0.18)
    // The means themselves: the root of their mean square has a relative standard error of 1/√(2 · 400).
    let means = chains.map { $0.average(last: $0.batches)[0] }
    #expect(abs(mean(means.map { $0 * $0 }).squareRoot() / expected - 1) < 4 / 800.0.squareRoot())
  }

  /// Of xₜ = t, halves of n have means n apart and variances n (n + 1)/12: R² = 1 − 1/n + 6 n/(n + 1), in whatever batches.
  @Test("R-hat of a straight line is that of all its points", arguments: [100, 1000, 4096, 10_240])
  func trend(_ length: Int) {
    let batches = batches((0..<length).map { 1e3 + Double($0) })
    #expect(batches.iterates == length && batches.batches < IterateBatches.mostBatches)
    #expect(batches.batches * batches.length == length)
    let half = Double(length / 2)
    let expected = (1 - 1 / half + 6 * half / (half + 1)).squareRoot()
    #expect(abs(batches.largestRHat(last: batches.batches, floors: [0]) - expected) < 1e-10)
    #expect(abs(batches.average(last: batches.batches)[0] - (1e3 + 0.5 * Double(length - 1))) < 1e-8)
  }

  @Test("iterates that do not move are stationary and their mean is exact; what is no number is neither")
  func still() {
    let still = batches([Double](repeating: 2, count: 300))
    #expect(still.largestRHat(last: 300, floors: [1e-8]) < 1)
    #expect(still.meanError(0, last: 300).error == 0)
    #expect(still.meanError(0, last: 300).effectiveSize == 300)
    let broken = batches([Double](repeating: 2, count: 299) + [.nan])
    #expect(!(broken.largestRHat(last: 300, floors: [1e-8]) < .infinity))
    #expect(!(broken.meanError(0, last: 300).error < .infinity))
  }

  private func history(
    _ divergence: (Double) -> Double, rates count: Int = 5, decay: Double = 0.5,
    steps: (Double) -> Double = { _ in 1000 }
  ) -> RateHistory {
    var history = RateHistory()
    var rate = 0.3
    for index in 0..<count {
      history.append(
        rate: rate, steps: Int(steps(rate).rounded()), divergence: index == 0 ? nil : divergence(rate))
      rate *= decay
    }
    return history
  }

  /// Between rates γ/ρ and γ on a straight way, the root of C γ^2κ is shorter by √C γ^κ (ρ^−κ − 1).
  @Test("the regression finds the C and κ that divergences were made of", arguments: [0.25, 0.5, 0.9, 1])
  func regression(_ kappa: Double) throws {
    for (constant, decay) in [(0.03, 0.5), (7, 0.3), (400, 0.8)] {
      let own = history(
        { constant * pow(pow(decay, -kappa) - 1, 2) * pow($0, 2 * kappa) }, decay: decay)
      for given in [nil, kappa] {
        let found = try #require(own.decline(decay: decay, kappa: given))
        #expect(abs(found.kappa - kappa) < 1e-12)
        #expect(abs(found.constant / constant - 1) < 1e-11)
        let left = found.divergence(atRate: 0.01)
        #expect(abs(left / (constant * pow(0.01, 2 * kappa)) - 1) < 1e-11)
      }
    }
    #expect(history({ _ in 1 }, rates: 1).decline(decay: 0.5, kappa: nil) == nil)
  }

  @Test("κ stays in its interval, where the constant is the best one")
  func bounds() throws {
    let steep = try #require(history({ 3 * pow($0, 4) }).decline(decay: 0.5, kappa: nil))
    #expect(steep.kappa == 1)
    let rising = try #require(history({ 1 / $0 }).decline(decay: 0.5, kappa: nil))
    #expect(abs(rising.kappa - 0.1) < 1e-15)
    let vanishing = try #require(history({ _ in 0 }).decline(decay: 0.5, kappa: 1))
    #expect(vanishing.divergence(atRate: 0.1) < 1e-300)
  }

  /// The normal equations.
  @Test("a line's residuals are orthogonal to what it is made of, by the weights of the paper")
  func line() {
    let x = [0.3, -1.2, 2.5, 0.7]
    let y = [1.0, -0.4, 2.2, 3.1]
    let weights = [3.0, 2, 1, 0].map { pow(1 + $0 * $0 / 9, -0.25) }
    let line = WeightedLine(x, y, slopes: -10...10)
    let residuals = zip(x, y).map { $1 - line.intercept - line.slope * $0 }
    #expect(abs(zip(weights, residuals).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-14)
    #expect(abs(zip(zip(weights, x), residuals).reduce(0) { $0 + $1.0.0 * $1.0.1 * $1.1 }) < 1e-14)
    let level = WeightedLine(x, y, slopes: -10...0)
    #expect(level.slope == 0)
    #expect(abs(zip(weights, y).reduce(0) { $0 + $1.0 * ($1.1 - level.intercept) }) < 1e-14)
  }

  /// C = 4, κ = 1 at γ = 0.075: the root of what is left is 0.15, and (½ + 0.1/0.15) · 8000/(4000 + 1000) is the index.
  @Test("the inefficiency is the relative gain times the relative cost")
  func inefficiency() throws {
    let own = history({ 4 * $0 * $0 }, rates: 3, steps: { 300 / $0 })
    let decline = try #require(own.decline(decay: 0.5, kappa: 1))
    #expect(abs(own.expectedSteps(atRate: 0.0375) - 8000) < 1e-8)
    let index = try #require(
      own.inefficiency(decline, decay: 0.5, accuracy: 0.1, smallSteps: 1000))
    #expect(abs(index - (0.5 + 0.1 / 0.15) * 1.6) < 1e-12)
    let two = history({ 4 * $0 * $0 }, rates: 2)
    #expect(two.inefficiency(decline, decay: 0.5, accuracy: 0.1, smallSteps: 1000) == nil)
    // Smaller rates are not expected to take fewer steps.
    let quick = history({ 4 * $0 * $0 }, rates: 4, steps: { 1e4 * $0 })
    #expect(quick.expectedSteps(atRate: 0.01) > 375)
  }

  /// ½ (tr A⁻¹B + tr B⁻¹A) − n + ½ δᵀ(A⁻¹ + B⁻¹)δ of covariances A and B (Kullback 1959, §9.1).
  @Test("the symmetrized divergence is Jeffreys' of the Gaussians, in whatever family")
  func divergence() throws {
    let model = try settings(["model": ["correlated-gaussian": ["dimension": 3]]]).model
    let stream = NoiseStream(seed: 1, purpose: .fit)
    for family in [FullRank(), MeanField(), BlockDiagonal()] as [any FactoredGaussian] {
      let count = family.parameterCount(for: model)
      let first = stream.normals(dimension: count, draws: 1, step: 0).map { 0.5 * $0 }
      let second = stream.normals(dimension: count, draws: 1, step: 1).map { 0.5 * $0 }
      let (a, b) = (covariance(first), covariance(second))
      let (inverseA, inverseB) = (try inverse(a), try inverse(b))
      let difference = (0..<3).map { first[$0] - second[$0] }
      let both = inverseA + inverseB
      let products = [inverseA * b, inverseB * a]
      var expected = -3.0
      for index in 0..<3 {
        for product in products { expected += 0.5 * product[index, index] }
        expected += 0.5 * difference[index] * (both * difference)[index]
      }
      let found = family.symmetrizedDivergence(first, second, in: model)
      #expect(abs(found - expected) < 1e-12 * expected, "\(family)")
      #expect(family.symmetrizedDivergence(first, first, in: model) < 1e-14)
    }
  }

  /// The covariance that φ says: of a block of all latents as of full rank.
  private func covariance(_ parameters: [Double]) -> Matrix {
    var lower = Matrix(rows: 3, columns: 3)
    var next = 6
    for row in 0..<3 {
      lower[row, row] = exp(parameters[3 + row])
      for column in 0..<row where parameters.count > 6 {
        lower[row, column] = exp(parameters[3 + row]) * parameters[next]
        next += 1
      }
    }
    return lower * lower.transposed
  }

  private func inverse(_ matrix: Matrix) throws -> Matrix {
    Matrix.solve(lower: try matrix.cholesky(), Matrix.identity(3))
  }
}
