import Foundation
import Inference
import NumericArrays
import Testing

/// What an encoder leaves to gain, against the closed form of the linear VAE.
@Suite struct AmortizationGapTests {
  private func value(_ metric: String, _ points: [MetricPoint]) throws -> Double {
    try #require(points.last { $0.metric == metric }).value
  }

  /// The mean over the data of min over the family of KL[q ‖ p(z|x)] subtracted from KL[q ‖ p(z|x)] of the encoder: of full rank
  /// KL[q ‖ p(z|x)] itself; of mean field less ½ (Σ log P_jj − log |P|), the KL of the member nearest to a Gaussian of precision P.
  private func exactGap(_ settings: RunSettings, _ result: FitResult) throws -> Double {
    let blocks = settings.learning.parameters
    let parameters = result.parameters
    let weights = Matrix(rows: 4, columns: 2, elements: Array(parameters[blocks.range(of: "weights")]))
    let precision = Matrix.identity(2) + 4 * (weights.transposed * weights)
    let posterior = try #require(result.yardstick?.terms.klPosterior) / 150
    if settings.familyName == "full-rank" { return posterior }
    let determinant = precision[0, 0] * precision[1, 1] - precision[0, 1] * precision[1, 0]
    return posterior - 0.5 * (log(precision[0, 0]) + log(precision[1, 1]) - log(determinant))
  }

  @Test(
    "of a linear VAE it is what the posterior's closed form says", arguments: ["mean-field", "full-rank"])
  func closedForm(_ family: String) throws {
    for steps in [0, 30] {
      let settings = try irisModel("linear-vae", ["noise_sd": 0.5]).settings([
        "family": .text(family), "expectations": "exact", "steps": .integer(steps),
        "optimizer": ["adam": ["learning_rate": 0.05]], "evaluate": ["amortization_gap": 150],
      ])
      let (_, points, result) = learn(settings)
      let exact = try exactGap(settings, result)
      #expect(exact > 1e-3, "nothing to find: \(exact)")
      let found = try value("amortization_gap", points)
      // The climb ends where a step promises 1e-9.
      #expect(abs(found - exact) < 1e-7 * max(1, exact), "\(family), \(steps) steps: \(found), not \(exact)")
      #expect(try value("amortization_gap_data", points) == 150)
    }
  }

  @Test("by draws it agrees with that within its error, from some of the data that the seed chooses")
  func sampled() throws {
    // An affine decoder of fixed noise, whose bound is sampled, has the linear VAE's posteriors.
    let settings = try irisModel(
      "vae", ["hidden": [], "likelihood": "gaussian", "noise": "fixed", "noise_sd": 0.5]
    ).settings(["steps": 200, "record": ["every": 200], "evaluate": ["amortization_gap": 40]])
    let (_, points, result) = learn(settings)
    let blocks = settings.learning.parameters
    let data = settings.learning.data.training
    let weights = Matrix(
      rows: 4, columns: 2, elements: Array(result.parameters[blocks.range(of: "decoder.0.weight")]))
    let offset = Array(result.parameters[blocks.range(of: "decoder.0.bias")])
    let encoder = Array(result.parameters[blocks.range(of: "encoder.0.weight")])
    let bias = Array(result.parameters[blocks.range(of: "encoder.0.bias")])
    let precision = Matrix.identity(2) + 4 * (weights.transposed * weights)
    let determinant = precision[0, 0] * precision[1, 1] - precision[0, 1] * precision[1, 0]
    let chosen = NoiseStream(seed: 0, purpose: .data).permutation(count: 150, step: 0).prefix(40)
    var gap = 0.0
    for row in chosen.map(Int.init) {
      let x = (0..<4).map { data[row, $0] }
      let centered = zip(x, offset).map(-)
      var phi = bias
      for place in 0..<4 {
        for column in 0..<4 { phi[place] += encoder[place * 4 + column] * x[column] }
      }
      // P m = Wᵀ (x − b) / σ².
      var projected = [0.0, 0.0]
      for latent in 0..<2 {
        for column in 0..<4 { projected[latent] += 4 * weights[column, latent] * centered[column] }
      }
      let first = (precision[1, 1] * projected[0] - precision[0, 1] * projected[1]) / determinant
      let second = (precision[0, 0] * projected[1] - precision[1, 0] * projected[0]) / determinant
      let away = [phi[0] - first, phi[1] - second]
      // KL[q ‖ posterior] less the smallest of the family: ½ (δᵀ P δ + Σ (P_jj v_j − 1 − log P_jj v_j)).
      var twice = 0.0
      for i in 0..<2 {
        let scaled = precision[i, i] * exp(2 * phi[2 + i])
        twice += scaled - 1 - log(scaled)
        for j in 0..<2 { twice += precision[i, j] * away[i] * away[j] }
      }
      gap += 0.5 * twice / 40
    }
    let found = try value("amortization_gap", points)
    let error = try value("amortization_gap_se", points)
    // What 100 draws put a fitted mean and scale off by, p / 2 · 1/100 of a nat for p = 4 numbers, is lost of the gap; the
    // difference at 1,000 common draws has an error of its own, within the spread over the data.
    #expect(found > gap - 0.04 - 5 * error && found < gap + 5 * error, "\(found) ± \(error), not \(gap)")
    #expect(abs(found - gap) < 0.1 * gap + 0.04, "\(found) ± \(error), not \(gap)")
    #expect(try value("amortization_gap_data", points) == 40)
  }
}
