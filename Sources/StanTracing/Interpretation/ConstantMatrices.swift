import NumericArrays

/// Linear algebra on matrices that are known.
enum ConstantMatrices {
  /// The inverse and log |det| by Gaussian elimination with partial pivoting; NaN and −∞ of a singular matrix.
  static func inverse(_ elements: [Double], size: Int) -> (inverse: [Double], logDeterminant: Double) {
    var a = elements
    var inverse = Matrix.identity(size).elements
    var logDeterminant = 0.0
    for column in 0..<size {
      let pivot = (column..<size).max { abs(a[$0 * size + column]) < abs(a[$1 * size + column]) } ?? column
      let value = a[pivot * size + column]
      guard value != 0, value.isFinite else {
        return ([Double](repeating: .nan, count: size * size), value == 0 ? -.infinity : .nan)
      }
      logDeterminant += ElementFunction.log(abs(value))
      for k in 0..<size where pivot != column {
        a.swapAt(pivot * size + k, column * size + k)
        inverse.swapAt(pivot * size + k, column * size + k)
      }
      for k in 0..<size {
        a[column * size + k] /= value
        inverse[column * size + k] /= value
      }
      for row in 0..<size where row != column {
        let factor = a[row * size + column]
        if factor == 0 { continue }
        for k in 0..<size {
          a[row * size + k] -= factor * a[column * size + k]
          inverse[row * size + k] -= factor * inverse[column * size + k]
        }
      }
    }
    return (inverse, logDeterminant)
  }

  /// The determinant by Gaussian elimination with partial pivoting.
  static func determinant(_ elements: [Double], size: Int) -> Double {
    var a = elements
    var determinant = 1.0
    for column in 0..<size {
      let pivot = (column..<size).max { abs(a[$0 * size + column]) < abs(a[$1 * size + column]) } ?? column
      if pivot != column {
        determinant = -determinant
        for k in 0..<size { a.swapAt(pivot * size + k, column * size + k) }
      }
      let value = a[column * size + column]
      determinant *= value
      if value == 0 { return 0 }
      for row in column + 1..<max(size, column + 1) {
        let factor = a[row * size + column] / value
        for k in column..<size { a[row * size + k] -= factor * a[column * size + k] }
      }
    }
    return determinant
  }

  /// L⁻¹ B of a lower triangle, or L⁻ᵀ B.
  static func lowerSolved(_ l: [Double], _ b: [Double], size: Int, columns: Int, transposed: Bool) -> [Double]
  {
    var x = b
    let order = transposed ? Array((0..<size).reversed()) : Array(0..<size)
    for (position, row) in order.enumerated() {
      for column in 0..<columns {
        var rest = x[row * columns + column]
        for known in order[..<position] {
          let entry = transposed ? l[known * size + row] : l[row * size + known]
          rest -= entry * x[known * columns + column]
        }
        x[row * columns + column] = rest / l[row * size + row]
      }
    }
    return x
  }
}
