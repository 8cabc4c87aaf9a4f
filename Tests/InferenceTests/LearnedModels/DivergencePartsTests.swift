import Foundation
import Inference
import NumericArrays
import Testing

/// The parts of the average KL to the prior: mutual information, total correlation and the KL of each latent.
@Suite struct DivergencePartsTests {
  /// Gaussian posteriors of diagonal variance at given means, with a draw of each.
  private func moments(_ means: [[Double]], variances: [Double]) -> LatentMoments {
    let (count, latents) = (means.count, variances.count)
    let noise = NoiseStream(seed: 11, purpose: .data).normals(dimension: latents, draws: count, step: 7)
    var outputs: (mean: [Double], variance: [Double], draw: [Double]) = ([], [], [])
    for latent in 0..<latents {
      for row in 0..<count {
        outputs.mean.append(means[row][latent])
        outputs.variance.append(variances[latent])
        outputs.draw.append(means[row][latent] + variances[latent].squareRoot() * noise[latent * count + row])
      }
    }
    var result = LatentMoments(rowCount: count)
    outputs.mean.withUnsafeBufferPointer { mean in
      outputs.variance.withUnsafeBufferPointer { variance in
        outputs.draw.withUnsafeBufferPointer { draw in
          result.read(first: 0, count: count, stride: count, mean: mean, variance: variance, draw: draw)
        }
      }
    }
    return result
  }

  /// Means drawn from N(0, C) with the Cholesky factor [[a, 0], [b, c]].
  private func gaussianMeans(_ count: Int, a: Double, b: Double, c: Double) -> [[Double]] {
    let noise = NoiseStream(seed: 5, purpose: .data).normals(dimension: 2, draws: count, step: 1)
    return (0..<count).map { [a * noise[$0], b * noise[$0] + c * noise[count + $0]] }
  }

  @Test(
    "posteriors whose means are Gaussian, as of a linear VAE on Gaussian data: the closed forms of the aggregate"
  )
  func gaussian() throws {
    // q(z) = N(0, S) with S = C + diag(v): C = [[1, 0.8], [0.8, 0.89]], v = (0.5, 0.3).
    let count = 2000
    let parts = try #require(
      moments(gaussianMeans(count, a: 1, b: 0.8, c: 0.5), variances: [0.5, 0.3]).divergenceParts())
    let (first, second, cross) = (1.5, 1.19, 0.8)
    let determinant = first * second - cross * cross
    // ½ log |S| / |V|; ½ log s₁ s₂ / |S|; Σ ½ (s − 1 − log s).
    let information = 0.5 * log(determinant / (0.5 * 0.3))
    let correlation = 0.5 * log(first * second / determinant)
    let dimensionWise = 0.5 * (first - 1 - log(first)) + 0.5 * (second - 1 - log(second))
    // One draw a datum: each part is a mean of differences of quadratic forms in 2 normals, of sd below 1.5; beside it the mixture
    // of 2,000 posteriors strays from the Gaussian, log q(z) by about its relative variance over 2: below ½ · 10 / 2,000 of draws
    // where 1 in 10 posteriors has a say. 5 standard errors of 1.5 / √2000, and that.
    let tolerance = 5 * 1.5 / Double(count).squareRoot() + 0.0025
    #expect(abs(parts.information - information) < tolerance, "\(parts), \(information)")
    #expect(abs(parts.totalCorrelation - correlation) < tolerance, "\(parts), \(correlation)")
    #expect(abs(parts.dimensionWise - dimensionWise) < tolerance, "\(parts), \(dimensionWise)")
    // No small thing is told from none.
    #expect(correlation > 0.2 && tolerance < 0.18)
  }

  @Test("the parts sum to the mean of log q(z|x) − log p(z), within its error of the closed KL")
  func sum() throws {
    for (means, variances) in [
      (gaussianMeans(300, a: 1, b: 0.8, c: 0.5), [0.5, 0.3]),
      (gaussianMeans(1234, a: 2, b: -1, c: 0.1), [0.01, 1.5]),
    ] {
      let latents = moments(means, variances: variances)
      let parts = try #require(latents.divergenceParts())
      let sum = parts.information + parts.totalCorrelation + parts.dimensionWise
      let closed = latents.divergences.reduce(0, +)
      // log q(z|x) − log p(z) less its mean given x is Σ ½ ((v − 1) (ε² − 1)) + m s ε: its variance is Σ ½ (v − 1)² + m² v.
      let variance = variances.indices.reduce(0.0) { total, latent in
        let v = variances[latent]
        let square = means.reduce(0) { $0 + $1[latent] * $1[latent] } / Double(means.count)
        return total + 0.5 * (v - 1) * (v - 1) + square * v
      }
      #expect(abs(sum - closed) < 5 * (variance / Double(means.count)).squareRoot(), "\(sum), \(closed)")
      // The mutual information is what it is alone.
      #expect(parts.information == latents.mutualInformation())
    }
  }

  @Test("latents that are copies of each other are correlated, independent ones are not")
  func extremes() throws {
    // Two groups far apart: one bit in each latent, the same one, or all four pairs of two.
    let copied = try #require(
      moments((0..<400).map { $0 % 2 == 0 ? [30, 30] : [-30, -30] }, variances: [1, 1]).divergenceParts())
    #expect(abs(copied.information - log(2)) < 1e-9 && abs(copied.totalCorrelation - log(2)) < 1e-9)
    let independent = try #require(
      moments(
        (0..<400).map { [$0 % 2 == 0 ? 30 : -30, $0 / 2 % 2 == 0 ? 30 : -30] }, variances: [1, 1]
      ).divergenceParts())
    #expect(abs(independent.information - log(4)) < 1e-9 && abs(independent.totalCorrelation) < 1e-9)
  }

  @Test("a fit records them beside its KL, of held-out data where there are any")
  func recorded() throws {
    let settings = try irisModel("linear-vae", ["noise_sd": 0.5, "test_fraction": 0.3]).settings([
      "expectations": "exact", "steps": 100, "record": ["every": 100], "evaluate": ["every": 50],
    ])
    let points = learn(settings).points
    for metric in ["mutual_information", "total_correlation", "dimension_wise_kl"] {
      #expect(points.filter { $0.metric == metric }.map(\.step) == [0, 50, 100], "\(metric)")
    }
  }
}
