/// The coefficients b that minimise |y - X b|², with what is needed to judge them.
public struct LeastSquaresFit: Hashable, Sendable {
  /// One for each column of the design.
  public let coefficients: [Double]
  public let residualSumOfSquares: Double
  /// Rows minus columns of the design.
  public let degreesOfFreedom: Int
  /// The diagonal of (XᵀX)⁻¹ times the residual variance: squared standard errors. NaN without degrees of freedom.
  public let covarianceDiagonal: [Double]

  public var residualVariance: Double {
    degreesOfFreedom > 0 ? residualSumOfSquares / Double(degreesOfFreedom) : .nan
  }

  public var standardErrors: [Double] { covarianceDiagonal.map { $0.squareRoot() } }
}

extension Statistics {
  /// Fits a linear model by Householder's QR decomposition (Golub and Van Loan 2013, 5.2 and 5.3).
  ///
  /// With a column of ones and centred control variates in `design`, the first coefficient estimates the mean of
  /// `response` and its standard error is what the control variates left of it.
  /// - Throws: `LinearAlgebraError.rankDeficient` where a column depends on those before it.
  public static func leastSquares(design: Matrix, response: [Double]) throws -> LeastSquaresFit {
    precondition(design.rows == response.count, "the design has a row for each response")
    let count = design.rows
    let width = design.columns
    guard count >= width else { throw LinearAlgebraError.rankDeficient(column: count) }
    var columns = (0..<width).map(design.column)
    var rest = response
    for pivot in 0..<width {
      let scale = norm(columns[pivot], from: 0)
      let size = norm(columns[pivot], from: pivot)
      // Rotations keep a column's length: what is left below the pivot has to stand out of its rounding errors.
      guard size > 1e-13 * scale, size.isFinite else { throw LinearAlgebraError.rankDeficient(column: pivot) }
      var reflector = columns[pivot]
      for i in 0..<pivot { reflector[i] = 0 }
      reflector[pivot] += reflector[pivot] < 0 ? -size : size
      let half = sum(reflector.map { $0 * $0 }) / 2
      for j in pivot..<width { reflect(&columns[j], reflector, half) }
      reflect(&rest, reflector, half)
    }
    var lower = Matrix(rows: width, columns: width)
    for i in 0..<width {
      for j in 0...i { lower[i, j] = columns[i][j] }
    }
    let residual = sum(rest[width...].map { $0 * $0 })
    let freedom = count - width
    let variance = freedom > 0 ? residual / Double(freedom) : .nan
    let spread = (0..<width).map { index in
      let unit = (0..<width).map { $0 == index ? 1.0 : 0.0 }
      return sum(Matrix.forwardSubstitution(lower: lower, unit).map { $0 * $0 }) * variance
    }
    return LeastSquaresFit(
      coefficients: Matrix.backSubstitution(lower: lower, Array(rest[..<width])),
      residualSumOfSquares: residual, degreesOfFreedom: freedom, covarianceDiagonal: spread)
  }

  private static func norm(_ values: [Double], from start: Int) -> Double {
    sum(values[start...].map { $0 * $0 }).squareRoot()
  }

  // v - u (uᵀv) / (|u|²/2)
  private static func reflect(_ values: inout [Double], _ reflector: [Double], _ half: Double) {
    let share = sum(zip(values, reflector).map { $0 * $1 }) / half
    for i in values.indices { values[i] -= share * reflector[i] }
  }
}
