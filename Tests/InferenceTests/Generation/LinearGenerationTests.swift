import Foundation
import Inference
import NumericArrays
import Testing

/// PPCA, whose posterior and marginal are known: x = W z + b + ε (Tipping & Bishop 1999).
@Suite struct LinearGenerationTests {
  private static let weights = Matrix([[1, 0.5], [-0.3, 2], [0.7, -1]])
  private static let offset = [1.0, -2, 0.5]
  private static let variance = 0.3
  private static let rows: [[Double]] = (0..<450).map { row in
    let angle = Double(3 * row)
    return [Foundation.sin(angle), 2 * Foundation.sin(angle + 1), 3 * Foundation.sin(angle + 2)]
  }

  private static let example = TrainedCase(
    model: "ppca", options: ["latents": 2], data: dataArray(rows), family: "exact")

  private static func trained(_ changes: ConfigMapping = [:]) throws -> TrainedModel {
    try example.trained(
      ["weights": weights.elements, "offset": offset, "log_noise_variance": [Foundation.log(variance)]],
      changes)
  }

  /// τ = 1/β: the posterior has the precision I + τ WᵀW/σ² and the mean S τ Wᵀ (x − b)/σ² (eq. 7, with the likelihood to
  /// the power τ).
  @Test("the encoding is the exact posterior at the run's last β", arguments: [1.0, 4, 0.5])
  func encode(beta: Double) throws {
    let trained = try Self.trained([
      "beta": ["linear": ["from": 1, "to": .number(beta), "steps": 3]], "steps": 5,
    ])
    let weights = Self.weights
    let scale = 1 / (beta * Self.variance)
    let precision = Matrix.identity(2) + scale * (weights.transposed * weights)
    let factor = try precision.cholesky()
    let encoding = trained.encode(try Self.example.learningData().training)
    #expect((encoding.rowCount, encoding.latentCount) == (450, 2))
    let variances = try #require(encoding.variances)
    // Rounding of a few dozen operations on numbers of order 1.
    for (index, row) in Self.rows.enumerated() {
      let offset = zip(row, Self.offset).map { $0 - $1 }
      let projected = (0..<2).map { j in scale * (0..<3).reduce(0) { $0 + weights[$1, j] * offset[$1] } }
      let mean = Matrix.solve(lower: factor, projected)
      for latent in 0..<2 {
        let unit = (0..<2).map { $0 == latent ? 1.0 : 0 }
        #expect(abs(encoding.means[2 * index + latent] - mean[latent]) < 1e-12)
        #expect(abs(variances[2 * index + latent] - Matrix.solve(lower: factor, unit)[latent]) < 1e-13)
      }
    }
  }

  @Test("latents decode to W z + b, and a traversal is of such latents")
  func decode() throws {
    let trained = try Self.trained()
    #expect(trained.latentCount == 2)
    #expect(!trained.isCategorical)
    let decoded = trained.decode([1, 0, -2, 3])
    let expected = [2, -2.3, 1.2, -2 + 1.5 + 1, 0.6 + 6 - 2, -1.4 - 3 + 0.5]
    for (value, expected) in zip(decoded, expected) { #expect(abs(value - expected) < 1e-14) }
    #expect(trained.traverse([1, 0], over: [-1, 2]) == trained.decode([0, -1, 0, 2, -1, 0, 2, 0]))
  }

  @Test("a reconstruction is the decoded mean of the encoding, beside its original")
  func reconstruct() throws {
    let trained = try Self.trained()
    let rows = try Self.example.learningData().training
    let (originals, reconstructions) = trained.reconstruct(rows)
    #expect(originals == Self.rows.flatMap(\.self))
    let decoded = trained.decode(trained.encode(rows).means)
    for (value, expected) in zip(reconstructions, decoded) { #expect(abs(value - expected) < 1e-13) }
    #expect(reconstructions.count == decoded.count)
  }

  /// x ~ N(b, W Wᵀ + σ² I). With n draws a covariance has the variance (S_ii S_jj + S_ij²) / n.
  @Test("draws have the moments of the marginal, and means those of W z + b")
  func draws() throws {
    let trained = try Self.trained()
    let count = 20_000
    let samples = trained.sample(count, seed: 11)
    let drawn = try #require(samples.draws)
    let product = Self.weights * Self.weights.transposed
    for (numbers, noise) in [(samples.means, 0), (drawn, Self.variance)] {
      let expected = product + noise * Matrix.identity(3)
      let (mean, covariance) = moments(numbers, width: 3)
      for i in 0..<3 {
        #expect(abs(mean[i] - Self.offset[i]) < 5 * (expected[i, i] / Double(count)).squareRoot())
        for j in 0..<3 {
          let variance = expected[i, i] * expected[j, j] + expected[i, j] * expected[i, j]
          #expect(abs(covariance[i, j] - expected[i, j]) < 5 * (variance / Double(count)).squareRoot())
        }
      }
    }
  }

  @Test("a sample depends on the seed and its place alone")
  func places() throws {
    let trained = try Self.trained()
    let few = trained.sample(3, seed: 5)
    let many = trained.sample(450, seed: 5)
    #expect(Array(many.means.prefix(9)) == few.means)
    #expect(many.draws.map { Array($0.prefix(9)) } == few.draws)
    #expect(trained.sample(3, seed: 6) != few)
    #expect(Set(stride(from: 0, to: many.means.count, by: 3).map { many.means[$0] }).count == 450)
  }
}
