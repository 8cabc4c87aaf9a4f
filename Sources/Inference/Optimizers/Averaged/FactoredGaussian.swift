import Foundation
import NumericArrays

/// A Gaussian family whose φ is location `[D]`, log scale `[D]`, and then what makes its covariance, of which each member has one φ.
package protocol FactoredGaussian: Family {
  /// The independent parts of the covariance.
  func factors(of parameters: [Double], in model: any Model) -> [CovarianceFactor]
}

/// The lower Cholesky factor of the covariance of some elements of z.
package struct CovarianceFactor {
  var places: [Int]
  var lower: Matrix

  /// diag(scale) U, with the strict unit triangle U row by row.
  init(places: [Int], logScales: ArraySlice<Double>, triangle: ArraySlice<Double>) {
    self.places = places
    lower = Matrix(rows: places.count, columns: places.count)
    var next = triangle.startIndex
    for (row, place) in places.enumerated() {
      let scale = Foundation.exp(logScales[logScales.startIndex + place])
      for column in 0..<row {
        lower[row, column] = scale * triangle[next]
        next += 1
      }
      lower[row, row] = scale
    }
  }
}

extension MeanField: FactoredGaussian {
  package func factors(of parameters: [Double], in model: any Model) -> [CovarianceFactor] {
    let dimension = model.dimension
    let scales = parameters[dimension..<2 * dimension]
    return (0..<dimension).map { CovarianceFactor(places: [$0], logScales: scales, triangle: []) }
  }
}

extension FullRank: FactoredGaussian {
  package func factors(of parameters: [Double], in model: any Model) -> [CovarianceFactor] {
    let dimension = model.dimension
    return [
      CovarianceFactor(
        places: Array(0..<dimension), logScales: parameters[dimension..<2 * dimension],
        triangle: parameters[(2 * dimension)...])
    ]
  }
}

extension BlockDiagonal: FactoredGaussian {
  package func factors(of parameters: [Double], in model: any Model) -> [CovarianceFactor] {
    let dimension = model.dimension
    var start = 2 * dimension
    return places(in: model).map { places in
      let count = places.count * (places.count - 1) / 2
      defer { start += count }
      return CovarianceFactor(
        places: places, logScales: parameters[dimension..<2 * dimension],
        triangle: parameters[start..<start + count])
    }
  }
}

extension FactoredGaussian {
  /// KL[q ‖ r] + KL[r ‖ q] of the members q and r of two φ, in nats: for each part, with the factors C and D and the difference δ of the
  /// locations, ½ (‖C⁻¹D‖² + ‖D⁻¹C‖² + |C⁻¹δ|² + |D⁻¹δ|²) − n.
  package func symmetrizedDivergence(_ first: [Double], _ second: [Double], in model: any Model) -> Double {
    var sum = 0.0
    for (left, right) in zip(factors(of: first, in: model), factors(of: second, in: model)) {
      let difference = left.places.map { first[$0] - second[$0] }
      sum += left.excess(of: right) + right.excess(of: left)
      sum += 0.5 * (left.squaredLength(difference) + right.squaredLength(difference))
    }
    return max(0, sum)
  }
}

extension CovarianceFactor {
  /// |L⁻¹ x|².
  fileprivate func squaredLength(_ x: [Double]) -> Double {
    Matrix.forwardSubstitution(lower: lower, x).reduce(0) { $0 + $1 * $1 }
  }

  /// ½ (‖L⁻¹ M‖² − n) with the other factor M.
  fileprivate func excess(of other: CovarianceFactor) -> Double {
    let size = places.count
    return 0.5
      * (0..<size).reduce(0.0) { sum, column in
        sum + squaredLength((0..<size).map { other.lower[$0, column] }) - 1
      }
  }
}
