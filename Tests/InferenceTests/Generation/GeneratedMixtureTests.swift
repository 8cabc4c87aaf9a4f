import Foundation
import Inference
import NumericArrays
import Testing

/// Mixtures of one component and of several: moments of what they generate, whichever component it is of.
@Suite struct GeneratedMixtureTests {
  private static let data = dataArray(
    (0..<40).map { row -> [Double] in
      let place = [Double(row % 7), Double(row * row % 11)]
      return row < 25 ? place : [place[0] + 9, place[1] - 5]
    })

  /// After some steps of EM, so that weights and covariances are not all alike.
  private func trained(_ covariance: String, components: Int) throws -> TrainedModel {
    let example = TrainedCase(
      model: "gaussian-mixture",
      options: ["components": .integer(components), "covariance": .text(covariance), "floor": 0.01],
      data: Self.data, family: "exact")
    let settings = try example.settings(["optimizer": "em", "steps": 5])
    let result = FitPlan(settings).run(seed: 1, record: { _ in })
    return try #require(TrainedModel(settings, parameters: result.parameters))
  }

  private func exported(_ trained: TrainedModel, _ name: String) throws -> [Double] {
    try #require(trained.model.exported(trained.parameters).first { $0.name == name }).values
  }

  /// The moments of a mixture: μ = Σ π μ_k and Σ π (Σ_k + (μ_k − μ)(μ_k − μ)ᵀ). The standard errors are those of draws, by
  /// their own fourth moments.
  @Test(
    "draws have the moments of the mixture", arguments: ["full", "tied", "diagonal", "spherical"], [1, 3])
  func draws(covariance: String, components: Int) throws {
    let trained = try trained(covariance, components: components)
    let weights = try exported(trained, "weights")
    let means = try exported(trained, "means")
    let covariances = try exported(trained, "covariances")
    func element(_ k: Int, _ i: Int, _ j: Int) -> Double {
      switch covariance {
      case "full": covariances[4 * k + 2 * i + j]
      case "tied": covariances[2 * i + j]
      case "diagonal": i == j ? covariances[2 * k + i] : 0
      default: i == j ? covariances[k] : 0
      }
    }
    let count = 20_000
    let numbers = try #require(trained.sample(count, seed: 9).draws)
    let (mean, spread) = moments(numbers, width: 2)
    let expectedMean = (0..<2).map { i in (0..<components).reduce(0) { $0 + weights[$1] * means[2 * $1 + i] }
    }
    for i in 0..<2 {
      #expect(abs(mean[i] - expectedMean[i]) < 5 * (spread[i, i] / Double(count)).squareRoot())
      for j in 0..<2 {
        let expected = (0..<components).reduce(0) { sum, k in
          sum + weights[k]
            * (element(k, i, j) + (means[2 * k + i] - expectedMean[i]) * (means[2 * k + j] - expectedMean[j]))
        }
        let products = (0..<count).map {
          (numbers[2 * $0 + i] - mean[i]) * (numbers[2 * $0 + j] - mean[j])
        }
        let error = (moments(products, width: 1).covariance[0, 0] / Double(count)).squareRoot()
        #expect(abs(spread[i, j] - expected) < 5 * error)
      }
    }
  }

  @Test("a mean of x is the mean of a component, as often as its weight says")
  func means() throws {
    let trained = try trained("full", components: 3)
    let weights = try exported(trained, "weights")
    let means = try exported(trained, "means")
    let count = 5000
    let samples = trained.sample(count, seed: 9).means
    for k in 0..<3 {
      let hits = (0..<count).count {
        samples[2 * $0] == means[2 * k] && samples[2 * $0 + 1] == means[2 * k + 1]
      }
      let error = (Double(count) * weights[k] * (1 - weights[k])).squareRoot()
      #expect(abs(Double(hits) - Double(count) * weights[k]) < 5 * error)
    }
  }
}
