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

/// A design whose decomposition serves any number of responses.
///
/// Householder's QR (Golub and Van Loan 2013, 5.2 and 5.3).
public struct FactoredDesign: Sendable {
  private let rows: Int
  /// Of each pivot: the vector u of I - u uᵀ / (|u|²/2), and |u|²/2.
  private var reflectors: [(vector: [Double], half: Double)] = []
  /// Rᵀ, and the diagonal of (XᵀX)⁻¹.
  private var lower: Matrix
  private var spread: [Double] = []

  /// - Throws: `LinearAlgebraError.rankDeficient` where a column depends on those before it.
  public init(_ design: Matrix) throws(LinearAlgebraError) {
    rows = design.rows
    let width = design.columns
    lower = Matrix(rows: width, columns: width)
    guard rows >= width else { throw LinearAlgebraError.rankDeficient(column: rows) }
    var columns = (0..<width).map(design.column)
    for pivot in 0..<width {
      let scale = Self.norm(columns[pivot], from: 0)
      let size = Self.norm(columns[pivot], from: pivot)
      // Rotations keep a column's length: what is left below the pivot has to stand out of its rounding errors.
      guard size > 1e-13 * scale, size.isFinite else { throw LinearAlgebraError.rankDeficient(column: pivot) }
      var reflector = columns[pivot]
      for i in 0..<pivot { reflector[i] = 0 }
      reflector[pivot] += reflector[pivot] < 0 ? -size : size
      let half = Statistics.sum(reflector.map { $0 * $0 }) / 2
      for j in pivot..<width { Self.reflect(&columns[j], reflector, half) }
      reflectors.append((reflector, half))
    }
    for i in 0..<width {
      for j in 0...i { lower[i, j] = columns[i][j] }
    }
    for index in 0..<width {
      let unit = (0..<width).map { $0 == index ? 1.0 : 0.0 }
      spread.append(Statistics.sum(Matrix.forwardSubstitution(lower: lower, unit).map { $0 * $0 }))
    }
  }

  /// Fits the linear model of a response.
  public func fit(_ response: [Double]) -> LeastSquaresFit {
    precondition(rows == response.count, "the design has a row for each response")
    let width = reflectors.count
    var rest = response
    for (vector, half) in reflectors { Self.reflect(&rest, vector, half) }
    let residual = Statistics.sum(rest[width...].map { $0 * $0 })
    let freedom = rows - width
    let variance = freedom > 0 ? residual / Double(freedom) : .nan
    return LeastSquaresFit(
      coefficients: Matrix.backSubstitution(lower: lower, Array(rest[..<width])),
      residualSumOfSquares: residual, degreesOfFreedom: freedom,
      covarianceDiagonal: spread.map { $0 * variance })
  }

  private static func norm(_ values: [Double], from start: Int) -> Double {
    Statistics.sum(values[start...].map { $0 * $0 }).squareRoot()
  }

  // v - u (uᵀv) / (|u|²/2)
  private static func reflect(_ values: inout [Double], _ reflector: [Double], _ half: Double) {
    let share = Statistics.sum(zip(values, reflector).map { $0 * $1 }) / half
    for i in values.indices { values[i] -= share * reflector[i] }
  }
}

extension Statistics {
  /// Fits a linear model once.
  ///
  /// With a column of ones and centred control variates in `design`, the first coefficient estimates the mean of
  /// `response` and its standard error is what the control variates left of it.
  /// - Throws: `LinearAlgebraError.rankDeficient` where a column depends on those before it.
  public static func leastSquares(
    design: Matrix, response: [Double]
  ) throws(LinearAlgebraError) -> LeastSquaresFit {
    try FactoredDesign(design).fit(response)
  }
}
