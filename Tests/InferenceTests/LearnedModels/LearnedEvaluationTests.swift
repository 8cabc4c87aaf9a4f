import Foundation
import Inference
import NumericArrays
import Testing

/// What is measured of a learned model besides its steps.
@Suite struct LearnedEvaluationTests {
  /// A VAE without hidden layers and with fixed noise is a linear VAE, so that its evidence is known.
  private static func affine(_ options: ConfigMapping = [:]) -> LearnedCase {
    irisModel(
      "vae",
      (["hidden": [], "likelihood": "gaussian", "noise": "fixed", "noise_sd": 0.5] as ConfigMapping).with(
        options))
  }

  private func value(_ metric: String, _ points: [MetricPoint]) throws -> Double {
    try #require(points.last { $0.metric == metric }).value
  }

  /// log N(x; b, W Wᵀ + σ² I), averaged over the rows, of an affine decoder.
  private func evidence(_ settings: RunSettings, _ parameters: [Double], _ rows: DataRows) throws -> Double {
    let blocks = settings.learning.parameters
    let weights = Matrix(
      rows: 4, columns: 2, elements: Array(parameters[blocks.range(of: "decoder.0.weight")]))
    let offset = Array(parameters[blocks.range(of: "decoder.0.bias")])
    let factor = try (weights * weights.transposed + 0.25 * Matrix.identity(4)).cholesky()
    let constant = Matrix.logDeterminant(lower: factor) + 4 * log(2 * .pi)
    let sum = (0..<rows.rowCount).reduce(0.0) { sum, row in
      let whitened = Matrix.forwardSubstitution(lower: factor, (0..<4).map { rows[row, $0] - offset[$0] })
      return sum - 0.5 * (whitened.reduce(0) { $0 + $1 * $1 } + constant)
    }
    return sum / Double(rows.rowCount)
  }

  @Test(
    "importance sampling agrees with the exact evidence of an affine decoder",
    arguments: ["mean-field", "full-rank"])
  func importanceSampling(_ family: String) throws {
    let run: ConfigMapping = [
      "family": .text(family), "steps": 1500, "record": ["every": 1500], "evaluate": ["nll_samples": 400],
      "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine"]],
    ]
    for (options, metric) in [
      ([:], "training_nll"), (["test_fraction": 0.2], "nll"),
      (["validation_fraction": 0.2], "validation_nll"),
    ] as [(ConfigMapping, String)] {
      let settings = try Self.affine(options).settings(run)
      let (_, points, result) = learn(settings)
      let data = settings.learning.data
      let rows = data.test ?? data.validation ?? data.training
      let exact = try evidence(settings, result.parameters, rows)
      let (found, error) = (try value(metric, points), try value(metric + "_se", points))
      #expect(error > 0 && error < 0.01, "\(metric): ± \(error)")
      // The log of a mean is below in expectation by half its variance, error² · rows / 2.
      let bias = 0.5 * error * error * Double(rows.rowCount)
      #expect(abs(found + exact) <= 5 * error + 2 * bias, "\(metric): \(found) ± \(error), not \(-exact)")
      // Above the bound, which the importance weights tighten.
      let prefix = data.test != nil ? "test_" : data.validation != nil ? "validation_" : ""
      let elbo = try value(prefix + "elbo_per_datum", points)
      let total =
        try prefix.isEmpty ? #require(result.yardstick?.elboStandardError) : value(prefix + "elbo_se", points)
      #expect(elbo <= exact + 5 * total / Double(rows.rowCount), "\(metric): \(elbo), above \(exact)")
    }
  }

  @Test("an importance-sampled estimate from float32 agrees with the exact evidence too")
  func singlePrecision() throws {
    let settings = try Self.affine().settings([
      "precision": "float32", "steps": 300, "record": ["every": 300], "evaluate": ["nll_samples": 400],
      "optimizer": ["adam": ["learning_rate": 0.05]],
    ])
    let (_, points, result) = learn(settings)
    let exact = try evidence(settings, result.parameters, settings.learning.data.training)
    let (found, error) = (try value("training_nll", points), try value("training_nll_se", points))
    #expect(abs(found + exact) <= 5 * error + 150 * error * error, "\(found) ± \(error), not \(-exact)")
  }

  @Test("where the evidence is known, the log likelihood is exact")
  func exactEvidence() throws {
    for family: ConfigValue in ["exact", "mean-field"] {
      let settings = try irisModel("linear-vae", ["noise_sd": 0.5]).settings([
        "family": family, "steps": 50, "evaluate": ["nll_samples": 3],
      ])
      let (_, points, result) = learn(settings)
      let theta = LinearGaussianEvidenceTests.Parameters(
        settings.learning, result.parameters, fixedNoise: 0.25)
      let exact = try theta.logDensity(settings.learning.data.training) / 150
      #expect(abs(try value("training_nll", points) + exact) < 1e-9 * abs(exact))
      #expect(try value("training_nll_se", points) == 0)
    }
  }

  @Test("more samples tighten the importance-sampled bound")
  func moreSamples() throws {
    let found = try [1, 10, 1000].map { samples in
      try value(
        "training_nll",
        learn(
          try Self.affine().settings(["steps": 0, "evaluate": ["nll_samples": .integer(samples)]])
        ).points)
    }
    #expect(found[0] > found[1] && found[1] > found[2])
  }

  @Test("held-out bounds are recorded at their cadence and at the end, and agree with the parts of the bound")
  func cadence() throws {
    let settings = try irisModel("ppca", ["test_fraction": 0.2, "validation_fraction": 0.1]).settings([
      "expectations": "exact", "steps": 25, "evaluate": ["every": 10],
    ])
    let points = learn(settings).points
    for name in ["validation", "test"] {
      let elbos = points.filter { $0.metric == "\(name)_elbo" }
      #expect(elbos.map(\.step) == [0, 10, 20, 25])
      let perDatum = points.filter { $0.metric == "\(name)_elbo_per_datum" }
      for (total, each) in zip(elbos, perDatum) {
        #expect(abs(total.value / (name == "test" ? 30 : 15) - each.value) < 1e-12 * abs(each.value))
      }
      #expect(!points.contains { $0.metric == "\(name)_elbo_se" })
    }
    #expect(points.filter { $0.metric == "active_units" }.map(\.step) == [0, 10, 20, 25])
    #expect(points.filter { $0.metric == "elbo_per_datum" }.map(\.step) == [25])
  }

  @Test("a VAE of affine networks whose scales ignore the data has the bound of the linear VAE")
  func affineIsLinear() throws {
    let affine = try Self.affine().settings(["family": "mean-field"])
    let linear = try irisModel("linear-vae", ["noise_sd": 0.5]).settings([
      "family": "mean-field", "expectations": "exact",
    ])
    let sampled = BoundProbe(affine, draws: 8) { [$0.objective] }
    var point = sampled.randomParameters(1, scale: 0.1)
    let scaleWeights = affine.learning.parameters.range(of: "encoder.0.weight").dropFirst(8)
    for index in scaleWeights { point[index] = 0 }
    let exact = BoundProbe(linear, draws: 1) { [$0.objective] }
    for beta in [0.5, 1, 4] {
      let expected = exact(at: linearParameters(affine, point, linear), beta: beta)[0][0]
      let estimate = Estimate((0..<40).map { sampled(at: point, beta: beta, step: $0)[0][0] })
      #expect(estimate.agrees(with: expected), "β \(beta): \(estimate), not \(expected)")
    }
  }

  /// The parameters of a linear VAE that is the affine one: its encoder reads x − b, and its scales are the last biases.
  private func linearParameters(_ affine: RunSettings, _ values: [Double], _ linear: RunSettings) -> [Double]
  {
    let (from, to) = (affine.learning.parameters, linear.learning.parameters)
    var result = [Double](repeating: 0, count: to.count)
    func block(_ name: String) -> [Double] { Array(values[from.range(of: name)]) }
    let (weight, bias) = (block("encoder.0.weight"), block("encoder.0.bias"))
    let offset = block("decoder.0.bias")
    let projected = Matrix(rows: 2, columns: 4, elements: Array(weight[..<8])) * offset
    let centered = [bias[0] + projected[0], bias[1] + projected[1]]
    let parts: [(String, [Double])] = [
      ("weights", block("decoder.0.weight")), ("offset", offset), ("encoder.0.weight", Array(weight[..<8])),
      ("encoder.0.bias", centered), ("encoder.shared", Array(bias[2...])),
    ]
    for (name, part) in parts { result.replaceSubrange(to.range(of: name), with: part) }
    return result
  }
}
