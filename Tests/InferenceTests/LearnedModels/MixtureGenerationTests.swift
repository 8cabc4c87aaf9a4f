import Foundation
import Inference
import Testing

@Suite struct MixtureGenerationTests {
  @Test("samples have the moments of the mixture", arguments: ["full", "tied", "diagonal", "spherical"])
  func moments(_ covariance: String) throws {
    let settings = try faithfulMixture(covariance).settings([
      "family": "exact", "optimizer": "em", "steps": 100,
    ])
    let trained = try #require(TrainedModel(settings, parameters: fit(settings).result.parameters))
    let count = 20_000
    let samples = trained.sample(count, seed: 5)
    let draws = try #require(samples.draws)
    let exported = settings.learning.model.exported(trained.parameters)
    let (weights, means) = (exported[0].values, exported[1].values)
    func estimate(_ value: (Int) -> Double) -> Estimate { Estimate((0..<count).map(value)) }
    func agrees(_ estimate: Estimate, _ expected: Double, _ name: String) {
      #expect(
        abs(estimate.mean - expected) <= 5 * estimate.standardError,
        "\(name): \(estimate.mean) ± \(estimate.standardError), not \(expected)")
    }
    // The component of a sample is told by its mean.
    agrees(estimate { samples.means[2 * $0] == means[0] ? 1 : 0 }, weights[0], "weight")
    for component in 0..<2 {
      let chosen = (0..<count).filter { samples.means[2 * $0] == means[2 * component] }
      for (i, j) in [(0, 0), (0, 1), (1, 1)] {
        let products = Estimate(
          chosen.map {
            (draws[2 * $0 + i] - means[2 * component + i]) * (draws[2 * $0 + j] - means[2 * component + j])
          })
        agrees(products, Self.covariance(exported[2], component, i, j), "component \(component), \(i) \(j)")
      }
    }
    #expect(trained.sample(10, seed: 5).draws == Array(draws[..<20]))
    #expect(trained.sample(10, seed: 6).draws != Array(draws[..<20]))
  }

  private static func covariance(_ array: ExportedArray, _ component: Int, _ i: Int, _ j: Int) -> Double {
    switch array.shape {
    case [2, 2, 2]: array.values[4 * component + 2 * i + j]
    // Tied covariances and rows of variances have the same shape.
    case [2, 2] where array.values[1] == array.values[2]: array.values[2 * i + j]
    case [2, 2]: i == j ? array.values[2 * component + i] : 0
    default: i == j ? array.values[component] : 0
    }
  }

  @Test("a datum is encoded as its responsibilities and reconstructed as their average of the means")
  func encoding() throws {
    let settings = try faithfulMixture("full").settings(["family": "exact", "optimizer": "em", "steps": 100])
    let trained = try #require(TrainedModel(settings, parameters: fit(settings).result.parameters))
    let rows = settings.learning.data.training
    let encoding = trained.encode(rows)
    #expect(encoding.latentCount == 2 && encoding.variances == nil)
    let exported = settings.learning.model.exported(trained.parameters)
    let (weights, means, covariances) = (exported[0].values, exported[1].values, exported[2].values)
    let reconstructions = trained.reconstruct(rows).reconstructions
    for row in 0..<rows.rowCount {
      let joint = (0..<2).map { k -> Double in
        let c = Array(covariances[4 * k..<4 * k + 4])
        let determinant = c[0] * c[3] - c[1] * c[2]
        let (a, b) = (rows[row, 0] - means[2 * k], rows[row, 1] - means[2 * k + 1])
        let distance = (c[3] * a * a - 2 * c[1] * a * b + c[0] * b * b) / determinant
        return weights[k] * exp(-0.5 * distance) / determinant.squareRoot()
      }
      let share = joint[0] / (joint[0] + joint[1])
      #expect(abs(encoding.means[2 * row] - share) <= 1e-9)
      for column in 0..<2 {
        let expected = share * means[column] + (1 - share) * means[2 + column]
        #expect(abs(reconstructions[2 * row + column] - expected) <= 1e-9 * abs(expected))
      }
    }
  }
}
