import Foundation
package import NumericArrays

/// The means and variances of the Gaussian posteriors of some data, with one draw of each: `[latents]` for each row.
package struct LatentMoments: Sendable {
  private let rowCount: Int
  private(set) var latentCount = 0
  private(set) var means: [Double] = []
  private(set) var variances: [Double] = []
  /// nil where nothing is drawn.
  private(set) var draws: [Double]?

  package init(rowCount: Int) { self.rowCount = rowCount }

  /// Takes the rows of a chunk from outputs `[latents, stride]`.
  package mutating func read<Scalar: KernelScalar>(
    first: Int, count: Int, stride: Int, mean: UnsafeBufferPointer<Scalar>,
    variance: UnsafeBufferPointer<Scalar>, draw: UnsafeBufferPointer<Scalar>?
  ) {
    if means.isEmpty {
      latentCount = mean.count / stride
      means = [Double](repeating: 0, count: rowCount * latentCount)
      variances = means
      if draw != nil { draws = means }
    }
    for index in 0..<count {
      for latent in 0..<latentCount {
        let place = (first + index) * latentCount + latent
        means[place] = Double(mean[latent * stride + index])
        variances[place] = Double(variance[latent * stride + index])
        if let draw { draws?[place] = Double(draw[latent * stride + index]) }
      }
    }
  }

  /// A row's value of a latent.
  func mean(_ row: Int, _ latent: Int) -> Double { means[row * latentCount + latent] }

  /// The average over the data of KL[N(m, v) ‖ N(0, 1)] = ½ (m² + v − 1 − log v) of each latent's margin, in nats.
  package var divergences: [Double] {
    average { row, latent in
      let (mean, variance) = (means[row * latentCount + latent], variances[row * latentCount + latent])
      return 0.5 * (mean * mean + variance - 1 - Foundation.log(variance))
    }
  }

  /// The variance over the data of each latent's posterior mean (Burda, Grosse & Salakhutdinov 2016, §5.2).
  package var variancesOfMeans: [Double] {
    let centers = average { row, latent in means[row * latentCount + latent] }
    return average { row, latent in
      let offset = means[row * latentCount + latent] - centers[latent]
      return offset * offset
    }
  }

  private func average(_ value: (_ row: Int, _ latent: Int) -> Double) -> [Double] {
    (0..<latentCount).map { latent in
      (0..<rowCount).reduce(0) { $0 + value($1, latent) } / Double(rowCount)
    }
  }

  /// An estimate of the mutual information of x and z under q, in nats: E[log q(z given x) − log q(z)] with the aggregate
  /// posterior q(z) as the mixture of the posteriors of the same data (Hoffman & Johnson 2016). It cannot exceed the log
  /// of their number. nil where nothing is drawn.
  ///
  /// - Parameter limit: the most data that are taken, the first ones.
  package func mutualInformation(limit: Int = 2000) -> Double? {
    guard let draws else { return nil }
    let count = min(limit, rowCount)
    let width = 2 * latentCount + 1
    // log q(z given x) = Σ (−½ z²/v + z m/v) + c(x): a product of two matrices.
    var features = [Double](repeating: 1, count: count * width)
    var weights = features
    for row in 0..<count {
      var constant = 0.0
      for latent in 0..<latentCount {
        let place = row * latentCount + latent
        let (mean, variance, draw) = (means[place], variances[place], draws[place])
        features[row * width + latent] = draw * draw
        features[row * width + latentCount + latent] = draw
        weights[row * width + latent] = -0.5 / variance
        weights[row * width + latentCount + latent] = mean / variance
        constant -= 0.5 * (mean * mean / variance + Foundation.log(variance) + LogDensity.logTwoPi)
      }
      weights[row * width + 2 * latentCount] = constant
    }
    var densities = [Double](repeating: 0, count: count * count)
    densities.withUnsafeMutableBufferPointer { out in
      features.withUnsafeBufferPointer { features in
        weights.withUnsafeBufferPointer { weights in
          guard let out = out.baseAddress, let a = features.baseAddress, let b = weights.baseAddress else {
            return
          }
          Double.kernelProductTransposed(out, a, b, m: count, k: width, n: count)
        }
      }
    }
    var sum = 0.0
    for row in 0..<count {
      let own = densities[row * count + row]
      let line = densities[row * count..<(row + 1) * count]
      let largest = line.max() ?? own
      let total = line.reduce(0) { $0 + Foundation.exp($1 - largest) }
      sum += own - (largest + Foundation.log(total / Double(count)))
    }
    return sum / Double(count)
  }
}
