import Foundation
import Inference
import NumericArrays
import Testing

/// VAEs, whose draws depend on their likelihood and their prior.
@Suite struct DecoderGenerationTests {
  private static let data = dataArray((0..<12).map { row in (0..<4).map { Double((row >> $0) & 1) } })

  private static func example(_ options: ConfigMapping) -> TrainedCase {
    TrainedCase(
      model: "vae", options: (["latents": 2, "hidden": 3] as ConfigMapping).with(options), data: data,
      family: "mean-field")
  }

  /// A mean of n coins, each of its own probability, has at most the variance 1 / 4n.
  @Test(
    "draws of Bernoulli data are 0 and 1, as often as their means say", arguments: ["float32", "float64"])
  func bernoulli(precision: String) throws {
    let trained = try Self.example([:]).trained(["precision": .text(precision)])
    #expect(trained.precision.rawValue == precision)
    let count = 10_000
    let samples = trained.sample(count, seed: 2)
    let draws = try #require(samples.draws)
    #expect(Set(draws) == [0, 1])
    let (mean, _) = moments(draws, width: 4)
    let (expected, _) = moments(samples.means, width: 4)
    for (mean, expected) in zip(mean, expected) {
      #expect(abs(mean - expected) < 5 * (0.25 / Double(count)).squareRoot())
    }
  }

  /// The variance of a sample variance of normals v is 2 v² / n.
  @Test(
    "draws of Gaussian data differ from their means by the noise",
    arguments: [
      ("fixed", [] as [Double], [0.49, 0.49, 0.49, 0.49]), ("shared", [0.2], [0.2, 0.2, 0.2, 0.2]),
      ("per-column", [0.1, 0.2, 0.3, 2], [0.1, 0.2, 0.3, 2]),
    ])
  func gaussian(noise: String, learned: [Double], variances: [Double]) throws {
    let example = Self.example(["likelihood": "gaussian", "noise": .text(noise), "noise_sd": 0.7])
    let start = try example.trained(["precision": "float64"])
    var values = Dictionary(
      uniqueKeysWithValues: start.blocks.blocks.map { ($0.name, start.values(of: $0.name)) })
    if !learned.isEmpty { values["log_noise_variance"] = learned.map { Foundation.log($0) } }
    let trained = try example.trained(values, ["precision": "float64"])
    let count = 10_000
    let samples = trained.sample(count, seed: 2)
    let differences = zip(try #require(samples.draws), samples.means).map { $0 - $1 }
    let (mean, covariance) = moments(differences, width: 4)
    for column in 0..<4 {
      let variance = variances[column]
      #expect(abs(mean[column]) < 5 * (variance / Double(count)).squareRoot())
      #expect(abs(covariance[column, column] - variance) < 5 * variance * (2 / Double(count)).squareRoot())
    }
  }

  /// With posteriors as narrow as e⁻³⁰ a sample is what one of the pseudo-inputs encodes to; each comes 1/K of the times, so
  /// that its count has the variance n (K − 1) / K².
  @Test("the vamp prior draws from the posteriors of its pseudo-inputs")
  func vamp() throws {
    let components = 3
    let example = Self.example(["prior": "vamp", "components": .integer(components)])
    let start = try example.trained(["precision": "float64"])
    var values = Dictionary(
      uniqueKeysWithValues: start.blocks.blocks.map { ($0.name, start.values(of: $0.name)) })
    // The last layer's outputs are two locations and two log scales.
    values["encoder.1.bias"] = [0, 0, -30, -30]
    let weights = try #require(values["encoder.1.weight"])
    values["encoder.1.weight"] = weights.enumerated().map { $0.offset < weights.count / 2 ? $0.element : 0 }
    // Logits of the inputs, [4 columns, 3 inputs].
    let logits = [2.0, -1, 0, 1, 1, -3, -2, 0.5, 0, 0, 3, -1]
    values["prior.pseudo_inputs"] = logits
    let trained = try example.trained(values, ["precision": "float64"])
    let inputs = (0..<components).map { input in
      (0..<4).map { 1 / (1 + Foundation.exp(-logits[$0 * components + input])) }
    }
    let rows = try trained.treatment.rows(of: dataArray(inputs), shape: trained.shape)
    let expected = trained.decode(trained.encode(rows).means)
    let count = 3000
    let samples = trained.sample(count, seed: 4).means
    var counts = [Int](repeating: 0, count: components)
    for sample in 0..<count {
      for component in 0..<components {
        let distances = (0..<4).map { abs(samples[4 * sample + $0] - expected[4 * component + $0]) }
        if distances.allSatisfy({ $0 < 1e-10 }) { counts[component] += 1 }
      }
    }
    #expect(counts.reduce(0, +) == count)
    let share = 1 / Double(components)
    for number in counts {
      #expect(
        abs(Double(number) - Double(count) * share) < 5 * (Double(count) * share * (1 - share)).squareRoot())
    }
  }
}
