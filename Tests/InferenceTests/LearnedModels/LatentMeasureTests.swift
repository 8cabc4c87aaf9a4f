import Foundation
import Inference
import NumericArrays
import Testing

/// Active units and the mutual information, of moments that are given.
@Suite struct LatentMeasureTests {
  /// `count` data with two latents: the mean and variance of each, and a draw.
  private func moments(_ count: Int, _ latent: (_ row: Int, _ index: Int) -> (mean: Double, variance: Double))
    -> LatentMoments
  {
    let noise = NoiseStream(seed: 3, purpose: .data).normals(dimension: 2, draws: count, step: 0)
    var means: [Double] = []
    var variances: [Double] = []
    for index in 0..<2 {
      for row in 0..<count {
        let (mean, variance) = latent(row, index)
        means.append(mean)
        variances.append(variance)
      }
    }
    let draws = means.indices.map { means[$0] + variances[$0].squareRoot() * noise[$0] }
    var result = LatentMoments(rowCount: count)
    means.withUnsafeBufferPointer { means in
      variances.withUnsafeBufferPointer { variances in
        draws.withUnsafeBufferPointer { draws in
          result.read(first: 0, count: count, stride: count, mean: means, variance: variances, draw: draws)
        }
      }
    }
    return result
  }

  @Test("a unit's activity is the variance of its mean over the data, and its KL the closed one")
  func activity() {
    // Means −1 and 1 in turn with variance ¼; means of 3 with variance 1.
    let latents = moments(10) { row, index in index == 0 ? (row % 2 == 0 ? 1 : -1, 0.25) : (3, 1) }
    #expect(abs(latents.variancesOfMeans[0] - 1) < 1e-15 && latents.variancesOfMeans[1] == 0)
    // ½ (1 + ¼ − 1 − ln ¼) and ½ · 9.
    #expect(abs(latents.divergences[0] - 0.5 * (0.25 + log(4))) < 1e-15)
    #expect(abs(latents.divergences[1] - 4.5) < 1e-14)
  }

  @Test("data apart from one another have log N of mutual information, data on one another none")
  func extremes() throws {
    let apart = moments(50) { row, index in (100 * Double(row * (index + 1)), 0.01) }
    #expect(abs(try #require(apart.mutualInformation()) - log(50)) < 1e-9)
    let together = moments(50) { _, index in (Double(index), 0.5) }
    #expect(abs(try #require(together.mutualInformation())) < 1e-9)
    // No more data are taken than the limit.
    #expect(abs(try #require(apart.mutualInformation(limit: 20)) - log(20)) < 1e-9)
  }

  @Test("two groups of data apart share log 2, the estimate bounded by log N and, on average, by the rate")
  func groups() throws {
    let latents = moments(400) { row, index in (index == 0 ? (row % 2 == 0 ? 30 : -30) : 0, 1) }
    let information = try #require(latents.mutualInformation())
    #expect(abs(information - log(2)) < 1e-9)
  }

  @Test("a Gaussian channel: the estimate agrees with ½ ln(1 + signal / noise)")
  func channel() throws {
    // Means at the quantiles of N(0, 4) by inverting its cumulative function, noise variance 1: ½ ln 5.
    let count = 2000
    let quantiles = (0..<count).map { 2 * Self.quantile((Double($0) + 0.5) / Double(count)) }
    let latents = moments(count) { row, index in index == 0 ? (quantiles[row], 1) : (0, 1) }
    let information = try #require(latents.mutualInformation())
    // One draw a datum of log q(z|x) − log q(z) = ½ (ln 5 − ε² + z²/5), sd below 1: 5 standard errors, 5 / √2000.
    #expect(abs(information - 0.5 * log(5)) < 5 / 2000.0.squareRoot(), "\(information)")
  }

  /// Of the standard normal, by bisection.
  private static func quantile(_ p: Double) -> Double {
    var (low, high) = (-10.0, 10.0)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if 0.5 * erfc(-middle / 2.0.squareRoot()) < p { low = middle } else { high = middle }
    }
    return low
  }

  @Test("of a fit, the mutual information is at most log N and the rate")
  func fitted() throws {
    for beta in [0.1, 1, 8, 100] {
      let (_, points, result) = learn(
        try irisModel("linear-vae", ["noise_sd": .number(0.05068214786479676.squareRoot())]).settings([
          "family": "mean-field", "expectations": "exact", "beta": .number(beta), "steps": 1000,
          "record": ["every": 1000], "optimizer": ["adam": ["learning_rate": 0.1, "schedule": "cosine"]],
        ]))
      let information = try #require(points.last { $0.metric == "mutual_information" }).value
      let rate = try #require(result.yardstick?.terms.klPrior) / 150
      #expect(information <= log(150) + 1e-9)
      // I = rate − KL[q(z) ‖ p(z)]; 150 draws of sd √q at most, 5 standard errors.
      #expect(information <= rate + 5 * (2.0 / 150).squareRoot(), "β \(beta): \(information), rate \(rate)")
      // And not far below it, as long as the data can tell: the optimum's aggregate is close to the prior.
      #expect(
        information >= min(rate, log(150)) - 1.5 && information >= -0.1,
        "β \(beta): \(information), rate \(rate)")
    }
  }
}
