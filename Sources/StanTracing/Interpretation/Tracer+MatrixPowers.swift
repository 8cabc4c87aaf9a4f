import NumericArrays
import StanLanguage

/// Determinants with their sign, powers and exponentials of square matrices, by products alone.
extension Tracer {
  private static func identity(_ size: Int) -> Numeric {
    Numeric(.matrix, rows: size, columns: size, .constant(Matrix.identity(size).elements))
  }

  private func requireSquare(_ x: Numeric, at range: SourceRange) throws(StanDiagnostic) {
    guard x.kind == .matrix, x.rows == x.columns else {
      throw StanDiagnostic(at: range, what: "\(x.sizes) is not square", fix: "use a square matrix")
    }
  }

  /// The largest matrix whose determinant keeps ten digits.
  private static let largestDeterminant = 8

  /// det A of a small matrix, by the method of Faddeev and Le Verrier: c₀ = 1, M₁ = A, cₖ = −tr(Mₖ)/k, Mₖ₊₁ = A (Mₖ + cₖ), and
  /// det A = (−1)ⁿ cₙ.
  func determinant(_ a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try requireSquare(a, at: range)
    let size = a.rows
    if let values = a.constants { return Numeric(ConstantMatrices.determinant(values, size: size), a.origin) }
    guard size <= Self.largestDeterminant else {
      throw StanDiagnostic(
        at: range, what: "wb has the determinant of parameters up to \(Self.largestDeterminant) rows",
        fix: "use log_determinant")
    }
    var coefficient = Numeric(1)
    var m = a
    for k in 1...max(1, size) {
      coefficient = graph.scale(graph.sum(graph.diagonal(m)), by: -1 / Double(k))
      if k < size { m = try product(a, addedToDiagonal(m, coefficient, range), at: range) }
    }
    return graph.scale(coefficient, by: size.isMultiple(of: 2) ? 1 : -1)
  }

  /// Aᵏ by repeated squares.
  func power(ofMatrix a: Numeric, _ exponent: Int, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try requireSquare(a, at: range)
    var result = Self.identity(a.rows)
    var (square, rest) = (a, exponent)
    while rest > 0 {
      if !rest.isMultiple(of: 2) { result = try product(result, square, at: range) }
      rest /= 2
      if rest > 0 { square = try product(square, square, at: range) }
    }
    return result
  }

  /// exp A: Taylor's polynomial of A/2⁸, squared eight times; full precision up to norms of about 100.
  func exponential(ofMatrix a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try requireSquare(a, at: range)
    if a.count == 0 { return a }
    let squarings = 8
    let scaled = graph.scale(a, by: 1 / Double(1 << squarings))
    var result = Self.identity(a.rows)
    // Horner's scheme: 1 + A (1 + A/2 (1 + A/3 (…))).
    for k in (1...14).reversed() {
      let term = graph.scale(try product(scaled, result, at: range), by: 1 / Double(k))
      result = try addedToDiagonal(term, Numeric(1), range)
    }
    for _ in 0..<squarings { result = try product(result, result, at: range) }
    return result
  }
}
