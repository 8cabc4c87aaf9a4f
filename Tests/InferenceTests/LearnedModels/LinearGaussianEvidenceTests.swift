import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// log p(x) of models that are linear and Gaussian, against log N(x; b, W Wᵀ + Ψ).
@Suite struct LinearGaussianEvidenceTests {
  /// θ of a linear Gaussian model, from its parameters: weights, offset and, where learned, log noise variances.
  struct Parameters {
    var weights: Matrix
    var offset: [Double]
    var noise: [Double]

    init(_ task: LearningTask, _ values: [Double], fixedNoise: Double?) {
      let (width, latents) = (task.model.dataWidth, task.model.latentCount)
      func block(_ name: String) -> [Double] { Array(values[task.parameters.range(of: name)]) }
      weights = Matrix(rows: width, columns: latents, elements: block("weights"))
      offset = block("offset")
      let variances = fixedNoise.map { [$0] } ?? block("log_noise_variance").map { exp($0) }
      noise = variances.count == 1 ? [Double](repeating: variances[0], count: width) : variances
    }

    /// log N(x; b, W Wᵀ + Ψ), summed over the rows.
    func logDensity(_ rows: DataRows) throws -> Double {
      let factor = try (weights * weights.transposed + Matrix.diagonal(noise)).cholesky()
      let constant = Matrix.logDeterminant(lower: factor) + Double(rows.width) * log(2 * .pi)
      return (0..<rows.rowCount).reduce(0) { sum, row in
        let offset = (0..<rows.width).map { rows[row, $0] - self.offset[$0] }
        let whitened = Matrix.forwardSubstitution(lower: factor, offset)
        return sum - 0.5 * (whitened.reduce(0) { $0 + $1 * $1 } + constant)
      }
    }
  }

  static let cases: [(LearnedCase, Double?)] = [
    (irisModel("ppca"), nil), (irisModel("ppca", ["latents": 4]), nil),
    (irisModel("factor-analysis", ["latents": 1]), nil),
    (irisModel("linear-vae", ["noise_sd": 0.5]), 0.25), (irisModel("linear-vae", ["latents": 3]), nil),
  ]

  @Test("log_evidence is the density of a normal with covariance W Wᵀ + Ψ", arguments: cases)
  func evidence(_ model: LearnedCase, fixedNoise: Double?) throws {
    for family: ConfigValue in ["exact", "mean-field", "full-rank"] {
      let settings = try model.settings(["family": family])
      let task = settings.learning
      let probe = BoundProbe(settings, draws: 1) { bound in
        bound.logEvidence.map { [$0.value.meanOverDraws()] } ?? []
      }
      for trial: UInt64 in 0..<3 {
        let point = probe.randomParameters(trial)
        let expected = try Parameters(task, point, fixedNoise: fixedNoise).logDensity(task.data.training)
        let found = try #require(probe(at: point).first)[0]
        // Condition numbers below 1e3 times a few hundred roundings of 1e-16.
        #expect(abs(found - expected) <= 1e-10 * abs(expected), "\(family): \(found), not \(expected)")
      }
    }
  }
}

/// The maximum of PPCA with two latents on iris: −N/2 (Σ_{i ≤ 2} ln λ_i + 2 ln σ² + d ln 2π + d) with σ² the mean of the two
/// smallest eigenvalues of the covariance (Tipping & Bishop 1999, eq. 8), in NumPy.
@Suite struct IrisMaximumTests {
  static let maximum = -404.96278015611125
  static let noiseVariance = 0.05068214786479676
  /// Of the maximum-likelihood covariance, by NumPy.
  static let eigenvalues = [
    4.200053427994632, 0.2410529429424424, 0.07768810337596639, 0.023676192353627123,
  ]

  @Test("PPCA by EM reaches the maximum, its noise and the mean of the data")
  func expectationMaximization() throws {
    let settings = try irisModel("ppca").settings([
      "family": "exact", "optimizer": ["em": ["tolerance": 1e-14]], "steps": 4000,
    ])
    let (steps, points, result) = learn(settings)
    #expect(result.ending == .finished)
    let yardstick = try #require(result.yardstick)
    #expect(abs(yardstick.elbo - Self.maximum) < 1e-9 * 404)
    #expect(yardstick.elboStandardError == nil)
    #expect(abs(try #require(steps.last).elbo - Self.maximum) < 1e-9 * 404)
    try expectMaximum(settings.learning, result.parameters, tolerance: 1e-6)
    let found = points.filter { $0.metric == "covariance_eigenvalue" }
    #expect(found.map(\.step) == [1, 2, 3, 4])
    for (point, expected) in zip(found, Self.eigenvalues) { #expect(abs(point.value - expected) < 1e-12) }
  }

  @Test("PPCA by gradients of the exact evidence reaches the same maximum", arguments: Form.allCases)
  func gradients(_ form: Form) throws {
    let settings = try irisModel("ppca").settings([
      "family": "exact", "form": .text(form.rawValue), "steps": 1200, "record": ["every": 1200],
      "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine"]],
    ])
    let result = learn(settings).result
    #expect(result.ending == .finished && result.suspect == nil)
    #expect(abs(try #require(result.yardstick).elbo - Self.maximum) < 1e-6)
    try expectMaximum(settings.learning, result.parameters, tolerance: 1e-3)
  }

  private func expectMaximum(_ task: LearningTask, _ parameters: [Double], tolerance: Double) throws {
    let theta = LinearGaussianEvidenceTests.Parameters(task, parameters, fixedNoise: nil)
    #expect(abs(theta.noise[0] - Self.noiseVariance) < tolerance)
    let mean = task.data.training.columnMoments.mean
    for (found, expected) in zip(theta.offset, mean) { #expect(abs(found - expected) < tolerance) }
    // W Wᵀ = U (Λ − σ² I) Uᵀ: its trace and its determinant on the two axes do not depend on the rotation.
    let gram = theta.weights.transposed * theta.weights
    let signal = Self.eigenvalues.prefix(2).map { $0 - Self.noiseVariance }
    #expect(abs(gram[0, 0] + gram[1, 1] - signal[0] - signal[1]) < 10 * tolerance)
    let determinant = gram[0, 0] * gram[1, 1] - gram[0, 1] * gram[1, 0]
    #expect(abs(determinant - signal[0] * signal[1]) < 10 * tolerance)
  }
}
