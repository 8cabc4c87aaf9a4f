import Foundation
import StanLanguage

/// Correlation and covariance matrices and their Cholesky factors.
extension ParameterTransform {
  /// Rows of canonical partial correlations z = tanh u: each entry takes its share of what the row has left
  /// (Lewandowski, Kurowicka & Joe 2009, §2).
  mutating func correlationFactor(_ u: Numeric, _ size: Int) -> Numeric {
    let z = size > 1 ? partials(u) : nil
    var rows: [[Numeric]] = [[Numeric(1)]]
    var position = 0
    for row in 1..<max(1, size) {
      guard let z else { break }
      var entries: [Numeric] = []
      // log of 1 less the squares so far: the sum of log(1 − z²).
      var left = z.value.constant(0)
      for column in 0..<row {
        if column > 0 { addJacobian(0.5, left) }
        let correlation = z.value.at([position]).asNumber
        entries.append((column == 0 ? correlation : correlation * (0.5 * left).exp).value)
        left = left + z.logRest.at([position]).asNumber
        position += 1
      }
      entries.append((0.5 * left).exp.value)
      rows.append(entries)
    }
    return Self.lowerTriangle(rows, columns: size)
  }

  /// L Lᵀ with partial correlations column by column, and the Jacobian of the whole.
  mutating func correlation(_ u: Numeric, _ size: Int) throws(StanDiagnostic) -> Numeric {
    guard size > 1 else { return Numeric(.matrix, rows: 1, columns: 1, .constant([1])) }
    let z = partials(u)
    var columns: [[Numeric]] = []
    var left = [Quantity](repeating: z.value.constant(0), count: size)
    var position = 0
    for column in 0..<size {
      var entries = [column == 0 ? Numeric(1) : (0.5 * left[column]).exp.value]
      for row in column + 1..<max(size, column + 1) {
        let correlation = z.value.at([position]).asNumber
        let rest = z.logRest.at([position]).asNumber
        if column < size - 2 { addJacobian(0.5 * Double(size - column - 2), rest) }
        entries.append((column == 0 ? correlation : correlation * (0.5 * left[row]).exp).value)
        left[row] = left[row] + rest
        position += 1
      }
      columns.append(entries)
    }
    let rows = (0..<size).map { row in (0...row).map { columns[$0][row - $0] } }
    let factor = Self.lowerTriangle(rows, columns: size)
    return try tracer.product(factor, factor.transposed, at: range)
  }

  /// A lower triangle with exponentials on its diagonal, row by row.
  mutating func covarianceFactor(_ u: Numeric, _ size: Int, _ columns: Int) -> Numeric {
    var position = 0
    var rows: [[Numeric]] = []
    for row in 0..<size {
      var entries: [Numeric] = []
      for column in 0...min(row, columns - 1) {
        let entry = Quantity(tracer: tracer, value: u.scalar(position))
        if column == row { addJacobian(1, entry) }
        entries.append(column == row ? entry.exp.value : entry.value)
        position += 1
      }
      rows.append(entries)
    }
    return Self.lowerTriangle(rows, columns: columns)
  }

  /// L Lᵀ of such a triangle.
  mutating func covariance(_ u: Numeric, _ size: Int) throws(StanDiagnostic) -> Numeric {
    var position = 0
    var rows: [[Numeric]] = []
    for row in 0..<size {
      var entries = (0..<row).map { u.scalar(position + $0) }
      let diagonal = Quantity(tracer: tracer, value: u.scalar(position + row))
      // The triangle's own exponential, and 2 L_kk^(K − k + 1) of the product with its transpose.
      addJacobian(Double(size - row + 1), diagonal)
      entries.append(diagonal.exp.value)
      position += row + 1
      rows.append(entries)
    }
    addJacobian(1, Quantity(tracer: tracer, value: Numeric(Double(size) * Foundation.log(2))))
    let factor = Self.lowerTriangle(rows, columns: size)
    return try tracer.product(factor, factor.transposed, at: range)
  }

  /// tanh u and log(1 − tanh² u) = −2 log cosh u, whose sum is the Jacobian of tanh.
  private mutating func partials(_ u: Numeric) -> (value: Quantity, logRest: Quantity) {
    let x = Quantity(tracer: tracer, value: u.asVector)
    let magnitude = x.absolute
    let logRest = 2 * Foundation.log(2) - 2 * magnitude - 2 * (-2 * magnitude).map(.exp).log1p
    addJacobian(1, logRest)
    return (x.map(.tanh), logRest)
  }

  /// Rows of unequal length as a matrix with zeros to their right.
  private static func lowerTriangle(_ rows: [[Numeric]], columns: Int) -> Numeric {
    let padded = rows.flatMap { row in
      row + [Numeric](repeating: Numeric(0), count: max(0, columns - row.count))
    }
    return Numeric.concatenated(padded, .vector).shaped(.matrix, rows: rows.count, columns: columns)
  }
}
