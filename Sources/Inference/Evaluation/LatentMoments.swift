import Foundation
package import NumericArrays

/// The means and variances of the Gaussian posteriors of some data, with one draw of each: `[latents]` for each row.
package struct LatentMoments: Sendable {
  let rowCount: Int
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
}
