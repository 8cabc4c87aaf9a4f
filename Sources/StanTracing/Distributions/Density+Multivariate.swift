import Foundation
import StanLanguage

/// Distributions over vectors and matrices (Stan Functions Reference, "Multivariate", "Simplex", "Correlation matrix" and
/// "Covariance matrix distributions").
extension Density {
  static let multivariate: [Density] = [
    Density("multi_normal") { tracer, values, range throws(StanDiagnostic) in
      try normal(tracer, values, range, factor: tracer.cholesky(matrix(values[2], range), at: range))
    },
    Density("multi_normal_cholesky") { tracer, values, range throws(StanDiagnostic) in
      try normal(tracer, values, range, factor: matrix(values[2], range))
    },
    // With the factor of the precision: ½ log|P| = Σ log L_kk and the form is |Lᵀ(y − μ)|².
    Density("multi_normal_prec") { tracer, values, range throws(StanDiagnostic) in
      let factor = try tracer.cholesky(matrix(values[2], range), at: range)
      var sum = DensitySum(tracer, count: 1, at: range)
      let residuals = try residuals(tracer, values[0], values[1], range)
      for residual in residuals {
        let z = try tracer.product(factor.transposed, residual, at: range)
        sum.addOnce(-0.5, Quantity(tracer: tracer, value: z).squared.sum)
      }
      let count = Double(residuals.count)
      sum.addOnce(count, Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum)
      sum.add(-0.5 * logTwoPi * count * Double(factor.rows))
      return sum.sum
    },
    // Lange, Little & Taylor (1989), by a factor of the scale matrix.
    Density("multi_student_t") { tracer, values, range throws(StanDiagnostic) in
      try student(tracer, values, range, factor: tracer.cholesky(matrix(values[3], range), at: range))
    },
    Density("multi_student_t_cholesky") { tracer, values, range throws(StanDiagnostic) in
      try student(tracer, values, range, factor: matrix(values[3], range))
    },
    Density("dirichlet") { tracer, values, range throws(StanDiagnostic) in
      var sum = DensitySum(tracer, count: 1, at: range)
      let outcomes = vectors(values[0])
      let shapes = vectors(values[1])
      for place in 0..<max(outcomes.count, shapes.count) {
        guard let theta = outcomes[cyclic: place], let shape = shapes[cyclic: place],
          theta.count == shape.count
        else {
          throw StanDiagnostic(at: range, what: "outcome and shapes have other sizes", fix: "give as many")
        }
        let alpha = Quantity(tracer: tracer, value: shape.asVector)
        sum.addOnce(1, (alpha - 1).dot(Quantity(tracer: tracer, value: theta.asVector).log))
        sum.addOnce(1, alpha.sum.logGamma)
        sum.addOnce(-1, alpha.logGamma.sum)
      }
      return sum.sum
    },
    // Lewandowski, Kurowicka & Joe (2009): |Ω|^(η − 1), by its Cholesky factor with the Jacobian of that.
    Density("lkj_corr_cholesky") { tracer, values, range throws(StanDiagnostic) in
      let factor = try matrix(values[0], range)
      let eta = try number(tracer, values[1], range)
      var sum = DensitySum(tracer, count: 1, at: range)
      let size = factor.rows
      if size > 1 {
        let logs = Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log
        let rest = logs.at(Array(1..<size))
        let falling = (1..<size).map { Double(size - $0 - 1) }
        sum.addOnce(1, Quantity(tracer: tracer, value: Numeric(.vector, falling)).dot(rest))
        sum.addOnce(2, (eta - 1) * rest.sum)
      }
      addCorrelationConstant(eta, size: size, &sum)
      return sum.sum
    },
    Density("lkj_corr") { tracer, values, range throws(StanDiagnostic) in
      let factor = try tracer.cholesky(matrix(values[0], range), at: range)
      let eta = try number(tracer, values[1], range)
      var sum = DensitySum(tracer, count: 1, at: range)
      sum.addOnce(2, (eta - 1) * Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum)
      addCorrelationConstant(eta, size: factor.rows, &sum)
      return sum.sum
    },
    Density("wishart") { tracer, values, range throws(StanDiagnostic) in
      try wishart(tracer, values, range, inverse: false)
    },
    Density("inv_wishart") { tracer, values, range throws(StanDiagnostic) in
      try wishart(tracer, values, range, inverse: true)
    },
    Density("wishart_cholesky") { tracer, values, range throws(StanDiagnostic) in
      try wishart(ofFactors: tracer, values, range, inverse: false)
    },
    Density("inv_wishart_cholesky") { tracer, values, range throws(StanDiagnostic) in
      try wishart(ofFactors: tracer, values, range, inverse: true)
    },
    // A Gaussian process with the same covariance for every row, each row with a weight of its own.
    Density("multi_gp") { tracer, values, range throws(StanDiagnostic) in
      try gaussianProcess(
        tracer, values, range, factor: tracer.cholesky(matrix(values[1], range), at: range))
    },
    Density("multi_gp_cholesky") { tracer, values, range throws(StanDiagnostic) in
      try gaussianProcess(tracer, values, range, factor: matrix(values[1], range))
    },
  ]

  private static func normal(
    _ tracer: Tracer, _ values: [Value], _ range: SourceRange, factor: Numeric
  ) throws(StanDiagnostic) -> LinearSum {
    var sum = DensitySum(tracer, count: 1, at: range)
    let residuals = try residuals(tracer, values[0], values[1], range)
    sum.addOnce(-0.5, try squaredLength(tracer, residuals, factor: factor, range))
    let count = Double(residuals.count)
    sum.addOnce(-count, Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum)
    sum.add(-0.5 * logTwoPi * count * Double(factor.rows))
    return sum.sum
  }

  private static func student(
    _ tracer: Tracer, _ values: [Value], _ range: SourceRange, factor: Numeric
  ) throws(StanDiagnostic) -> LinearSum {
    var sum = DensitySum(tracer, count: 1, at: range)
    let nu = try number(tracer, values[1], range)
    let residuals = try residuals(tracer, values[0], values[2], range)
    let size = Double(factor.rows)
    for residual in residuals {
      let square = try squaredLength(tracer, [residual], factor: factor, range)
      sum.addOnce(-0.5, (nu + size) * (square / nu).log1p)
    }
    let count = Double(residuals.count)
    sum.addOnce(-count, Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum)
    sum.addOnce(count, (0.5 * (nu + size)).logGamma)
    sum.addOnce(-count, (0.5 * nu).logGamma)
    sum.addOnce(-0.5 * size * count, nu.log)
    sum.add(-0.5 * size * count * Foundation.log(.pi))
    return sum.sum
  }

  /// Σ |L⁻¹ r|² over the residuals: one triangular solve for all.
  private static func squaredLength(
    _ tracer: Tracer, _ residuals: [Numeric], factor: Numeric, _ range: SourceRange
  ) throws(StanDiagnostic) -> Quantity {
    guard let first = residuals.first, first.count > 0 else {
      return Quantity(tracer: tracer, value: Numeric(0))
    }
    let (rows, columns) = (first.count, residuals.count)
    let side = Numeric.concatenated(residuals, .vector)
    // Each residual a column.
    let places = (0..<rows).flatMap { row in (0..<columns).map { $0 * rows + row } }
    let matrix = side.picked(places, .matrix, rows: rows, columns: columns)
    let z = Quantity(tracer: tracer, value: try tracer.lowerSolved(factor, matrix, at: range))
    return z.squared.sum
  }

  private static func wishart(
    _ tracer: Tracer, _ values: [Value], _ range: SourceRange, inverse: Bool
  ) throws(StanDiagnostic) -> LinearSum {
    let outcome = try matrix(values[0], range)
    let scale = try matrix(values[2], range)
    let nu = try number(tracer, values[1], range)
    let size = outcome.rows
    func logDeterminant(_ x: Numeric) throws(StanDiagnostic) -> Quantity {
      let factor = try tracer.cholesky(x, at: range)
      return 2 * Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum
    }
    let (own, other) = (try logDeterminant(outcome), try logDeterminant(scale))
    // tr(S⁻¹ W), or tr(S W⁻¹) of the inverse.
    let solved = try tracer.leftDivided(inverse ? outcome : scale, inverse ? scale : outcome, at: range)
    var sum = DensitySum(tracer, count: 1, at: range)
    let width = Double(size)
    sum.addOnce(-0.5, Quantity(tracer: tracer, value: tracer.graph.diagonal(solved)).sum)
    sum.addOnce(0.5, inverse ? -1 * ((nu + (width + 1)) * own) : (nu - (width + 1)) * own)
    sum.addOnce(inverse ? 0.5 : -0.5, nu * other)
    sum.addOnce(-0.5 * width * Foundation.log(2), nu)
    // log Γ_K(ν/2), the multivariate gamma function.
    sum.add(-0.25 * width * (width - 1) * Foundation.log(.pi))
    for k in 0..<size { sum.addOnce(-1, (0.5 * (nu - Double(k))).logGamma) }
    return sum.sum
  }

  /// The density of the Cholesky factor of such a matrix, by that of its scale: with the Jacobian 2ᴷ Π L_kk^(K − k + 1).
  private static func wishart(
    ofFactors tracer: Tracer, _ values: [Value], _ range: SourceRange, inverse: Bool
  ) throws(StanDiagnostic) -> LinearSum {
    let (outcome, scale) = (try matrix(values[0], range), try matrix(values[2], range))
    let product = try tracer.product(outcome, outcome.transposed, at: range)
    let other = try tracer.product(scale, scale.transposed, at: range)
    var total = try wishart(tracer, [.numeric(product), values[1], .numeric(other)], range, inverse: inverse)
    let size = outcome.rows
    var sum = DensitySum(tracer, count: 1, at: range)
    sum.add(Double(size) * Foundation.log(2))
    let falling = Quantity(tracer: tracer, value: Numeric(.vector, (0..<size).map { Double(size - $0) }))
    sum.addOnce(1, falling.dot(Quantity(tracer: tracer, value: tracer.graph.diagonal(outcome)).log))
    total.add(sum.sum)
    return total
  }

  private static func gaussianProcess(
    _ tracer: Tracer, _ values: [Value], _ range: SourceRange, factor: Numeric
  ) throws(StanDiagnostic) -> LinearSum {
    let y = try matrix(values[0], range)
    guard let weights = values[2].asNumeric, weights.count == y.rows else {
      throw StanDiagnostic(at: range, what: "there is no weight for each row", fix: "give one for each")
    }
    let z = try tracer.lowerSolved(factor, y.transposed, at: range)
    let squares = Quantity(tracer: tracer, value: z).squared.value
    let ones = Numeric(.vector, [Double](repeating: 1, count: y.columns))
    let lengths = try tracer.product(squares.transposed, ones, at: range)
    let w = Quantity(tracer: tracer, value: weights.asVector)
    var sum = DensitySum(tracer, count: 1, at: range)
    sum.addOnce(-0.5, w.dot(Quantity(tracer: tracer, value: lengths)))
    sum.addOnce(0.5 * Double(y.columns), w.log.sum)
    sum.addOnce(-Double(y.rows), Quantity(tracer: tracer, value: tracer.graph.diagonal(factor)).log.sum)
    sum.add(-0.5 * logTwoPi * Double(y.count))
    return sum.sum
  }

  /// The log of the normaliser of |Ω|^(η − 1) over correlation matrices (Lewandowski, Kurowicka & Joe 2009, eq. 16).
  private static func addCorrelationConstant(_ eta: Quantity, size: Int, _ sum: inout DensitySum) {
    guard size > 1 else { return }
    let last = size - 1
    sum.addOnce(Double(last), (eta + 0.5 * Double(last)).logGamma)
    for k in 1...last {
      sum.add(-0.5 * Double(k) * Foundation.log(.pi))
      sum.addOnce(-1, (eta + 0.5 * Double(last - k)).logGamma)
    }
  }

  // MARK: Arguments

  private static func matrix(_ value: Value, _ range: SourceRange) throws(StanDiagnostic) -> Numeric {
    if let numeric = value.asNumeric, numeric.kind == .matrix { return numeric }
    throw StanDiagnostic(at: range, what: "an argument is no matrix", fix: "use a matrix")
  }

  private static func number(_ tracer: Tracer, _ value: Value, _ range: SourceRange) throws(StanDiagnostic)
    -> Quantity
  {
    if let numeric = value.asNumeric, numeric.kind == .real {
      return Quantity(tracer: tracer, value: numeric)
    }
    throw StanDiagnostic(at: range, what: "an argument is no number", fix: "use a number")
  }

  /// One vector, or those of an array.
  private static func vectors(_ value: Value) -> [Numeric] {
    if case .array(let values) = value { return values.compactMap(\.asNumeric) }
    return [value.asNumeric].compactMap(\.self)
  }

  /// Outcome less location, each a vector or an array of vectors.
  private static func residuals(
    _ tracer: Tracer, _ outcome: Value, _ location: Value, _ range: SourceRange
  ) throws(StanDiagnostic) -> [Numeric] {
    let (outcomes, locations) = (vectors(outcome), vectors(location))
    var residuals: [Numeric] = []
    for place in 0..<max(outcomes.count, locations.count) {
      guard let y = outcomes[cyclic: place], let mu = locations[cyclic: place] else { break }
      residuals.append(try tracer.paired(.subtract, y.asVector, mu.asVector, at: range))
    }
    return residuals
  }
}

extension Array {
  /// The element at a place, or the only one there is.
  fileprivate subscript(cyclic place: Int) -> Element? {
    count == 1 ? self[0] : indices.contains(place) ? self[place] : nil
  }
}
