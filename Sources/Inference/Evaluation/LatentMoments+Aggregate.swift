import Foundation
import NumericArrays

/// The parts of the average KL[q(z given x) ‖ p(z)] over the data, p(z) = N(0, I), in nats (Chen, Li, Grosse & Duvenaud 2018, eq. 2):
/// with the aggregate posterior q(z), the mixture of the posteriors of the same data,
///
///     E KL[q(z|x) ‖ p(z)] = I(x; z) + KL[q(z) ‖ Π_j q(z_j)] + Σ_j KL[q(z_j) ‖ p(z_j)]
package struct DivergenceParts: Sendable {
  /// I(x; z) = E[log q(z given x) − log q(z)], the index-code mutual information.
  package var information: Double
  /// E[log q(z) − Σ_j log q(z_j)].
  package var totalCorrelation: Double
  /// E[Σ_j (log q(z_j) − log p(z_j))].
  package var dimensionWise: Double
}

/// Estimates with the aggregate posterior.
extension LatentMoments {
  /// The most data that are taken, the first ones.
  private static let mostRows = 2000

  /// An estimate of the mutual information of x and z under q, in nats: E[log q(z given x) − log q(z)] with the aggregate
  /// posterior q(z) as the mixture of the posteriors of the same data (Hoffman & Johnson 2016). It cannot exceed the log
  /// of their number. nil where nothing is drawn.
  ///
  /// - Parameter limit: the most data that are taken, the first ones.
  package func mutualInformation(limit: Int = mostRows) -> Double? {
    guard let draws else { return nil }
    let count = min(limit, rowCount)
    let densities = logDensities(of: draws, count: count)
    var sum = 0.0
    for row in 0..<count {
      sum += densities[row * count + row] - logMean(densities[row * count..<(row + 1) * count])
    }
    return sum / Double(count)
  }

  /// All parts, from the same draw of each datum, so that they sum to the mean of log q(z given x) − log p(z). nil where nothing is
  /// drawn.
  ///
  /// No minibatch stands for the data here: q(z) and its margins are the mixtures over all the data that are taken.
  package func divergenceParts(limit: Int = mostRows) -> DivergenceParts? {
    guard let draws else { return nil }
    let count = min(limit, rowCount)
    let densities = logDensities(of: draws, count: count)
    let margins = logMarginals(of: draws, count: count)
    var parts = DivergenceParts(information: 0, totalCorrelation: 0, dimensionWise: 0)
    for row in 0..<count {
      let aggregate = logMean(densities[row * count..<(row + 1) * count])
      let prior = (0..<latentCount).reduce(0.0) { sum, latent in
        let draw = draws[row * latentCount + latent]
        return sum - 0.5 * (draw * draw + LogDensity.logTwoPi)
      }
      parts.information += densities[row * count + row] - aggregate
      parts.totalCorrelation += aggregate - margins[row]
      parts.dimensionWise += margins[row] - prior
    }
    parts.information /= Double(count)
    parts.totalCorrelation /= Double(count)
    parts.dimensionWise /= Double(count)
    return parts
  }

  /// log q(z_i given x_k) of each draw i in the row of it, `[count, count]`.
  private func logDensities(of draws: [Double], count: Int) -> [Double] {
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
    return densities
  }

  /// The log of the mean of the exponentials.
  private func logMean(_ values: ArraySlice<Double>) -> Double {
    let largest = values.max() ?? -.infinity
    let total = values.reduce(0) { $0 + Foundation.exp($1 - largest) }
    return largest + Foundation.log(total / Double(values.count))
  }

  /// Σ_j log q(z_j) of each draw, `[count]`, q(z_j) being the mixture of the margins of the posteriors.
  private func logMarginals(of draws: [Double], count: Int) -> [Double] {
    let chunk = 100
    var sums = [Double](repeating: 0, count: count)
    // Each posterior in a row, the draws of a chunk beside one another.
    var densities = [Double](repeating: 0, count: count * chunk)
    var totals = [Double](repeating: 0, count: chunk)
    var values = totals
    for first in stride(from: 0, to: count, by: chunk) {
      let size = min(chunk, count - first)
      for latent in 0..<latentCount {
        for index in 0..<size { values[index] = draws[(first + index) * latentCount + latent] }
        for row in 0..<count {
          let (mean, variance) = (means[row * latentCount + latent], variances[row * latentCount + latent])
          let scale = -0.5 / variance
          let constant = -0.5 * (Foundation.log(variance) + LogDensity.logTwoPi)
          for index in 0..<size {
            let offset = values[index] - mean
            densities[row * size + index] = scale * offset * offset + constant
          }
        }
        totals.withUnsafeMutableBufferPointer { totals in
          densities.withUnsafeBufferPointer { densities in
            guard let out = totals.baseAddress, let input = densities.baseAddress else { return }
            Double.kernelLogSumExpRows(out, input, rows: count, draws: size)
          }
        }
        let logCount = Foundation.log(Double(count))
        for index in 0..<size { sums[first + index] += totals[index] - logCount }
      }
    }
    return sums
  }
}
