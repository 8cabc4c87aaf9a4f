import Foundation
import StanLanguage

extension LibraryFunction {
  /// Mixtures and normalised exponentials.
  static let mixtures: [LibraryFunction] = [
    normalised("softmax") { x in (x - x.logSumExp).exp },
    normalised("log_softmax") { x in x - x.logSumExp },
    LibraryFunction("log_mix") { tracer, values, range throws(StanDiagnostic) in
      let theta = Quantity(tracer: tracer, value: try numeric(values, 0, range))
      if values.count == 3 {
        let (a, b) = (
          Quantity(tracer: tracer, value: try numeric(values, 1, range)),
          Quantity(tracer: tracer, value: try numeric(values, 2, range))
        )
        return .numeric((theta.log + a).logSumExp(theta.log1m + b).value)
      }
      // An array of vectors is a mixture each.
      let parts = values[1].arrayElements.map { $0.compactMap(\.asNumeric) } ?? []
      let logs = parts.contains { $0.kind != .real } ? parts : [try numeric(values, 1, range)]
      var sum = theta.constant(0)
      for part in logs {
        sum = sum + (theta.log + Quantity(tracer: tracer, value: part.asVector)).logSumExp
      }
      return .numeric(sum.value)
    },
  ]

  private static func normalised(_ name: String, _ function: @escaping @Sendable (Quantity) -> Quantity)
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      guard x.count > 0 else { return values[0] }
      let result = function(Quantity(tracer: tracer, value: x.asVector)).value
      return .numeric(result.shaped(x.kind, rows: x.rows, columns: x.columns))
    }
  }

  /// Covariance functions of Gaussian processes (Rasmussen & Williams 2006, chapter 4).
  static let kernels: [LibraryFunction] = [
    kernel("gp_exp_quad_cov", scales: 2) { squares, scales in
      scales[0].squared * (-0.5 * squares / scales[1].squared).exp
    },
    kernel("cov_exp_quad", scales: 2) { squares, scales in
      scales[0].squared * (-0.5 * squares / scales[1].squared).exp
    },
    kernel("gp_exponential_cov", scales: 2) { squares, scales in
      scales[0].squared * (-squares.squareRoot / scales[1]).exp
    },
    kernel("gp_matern32_cov", scales: 2) { squares, scales in
      let r = 3.0.squareRoot() * squares.squareRoot / scales[1]
      return scales[0].squared * (1 + r) * (-r).exp
    },
    kernel("gp_matern52_cov", scales: 2) { squares, scales in
      let r = 5.0.squareRoot() * squares.squareRoot / scales[1]
      return scales[0].squared * (1 + r + (1 / 3.0) * r.squared) * (-r).exp
    },
    kernel("gp_periodic_cov", scales: 3) { squares, scales in
      let wave = (Double.pi * squares.squareRoot / scales[2]).map(.sin)
      return scales[0].squared * (-2 * wave.squared / scales[1].squared).exp
    },
    LibraryFunction("gp_dot_prod_cov") { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (points(values[0]), points(values.count > 2 ? values[1] : values[0]))
      let scale = try numeric(values, values.count - 1, range)
      try requireOneDimension(x + y, nil, range)
      try tracer.charge(x.count, y.count, max(1, x.first?.count ?? 1), at: range)
      var rows: [Numeric] = []
      for a in x { for b in y { rows.append(tracer.graph.dot(a, b)) } }
      let products = Numeric.concatenated(rows, .vector).shaped(.matrix, rows: x.count, columns: y.count)
      return .numeric(tracer.graph.add(products, tracer.graph.map(.square, scale)))
    },
  ]

  /// A covariance of squared distances and scales: of one set of points, or between two.
  private static func kernel(
    _ name: String, scales: Int, _ covariance: @escaping @Sendable (Quantity, [Quantity]) -> Quantity
  ) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      var quantities: [Quantity] = []
      for index in values.count - scales..<values.count {
        quantities.append(Quantity(tracer: tracer, value: try numeric(values, index, range)))
      }
      let (x, y) = (points(values[0]), points(values.count > scales + 1 ? values[1] : values[0]))
      try tracer.charge(x.count, y.count, max(1, x.first?.count ?? 1), at: range)
      // A length scale for each dimension divides the points instead.
      let lengths = quantities[1]
      let isPerDimension = lengths.value.kind != .real
      try requireOneDimension(x + y, isPerDimension ? lengths.count : nil, range)
      if isPerDimension { quantities[1] = lengths.constant(1) }
      let isOneSet = values.count == scales + 1
      var squares: [Numeric] = []
      for (i, a) in x.enumerated() {
        for (j, b) in y.enumerated() {
          var difference = Quantity(tracer: tracer, value: tracer.graph.subtract(a, b))
          // A distance of 0 is a constant: the slope of its root would be infinite, and times 0.
          if (isOneSet && i == j) || difference.constants?.allSatisfy({ $0 == 0 }) == true {
            squares.append(Numeric(0))
            continue
          }
          if isPerDimension {
            difference = difference / Quantity(tracer: tracer, value: lengths.value.asVector)
          }
          squares.append(difference.squared.sum.value)
        }
      }
      let all = Quantity(tracer: tracer, value: Numeric.concatenated(squares, .vector))
      let result = covariance(all, quantities).value
      return .numeric(result.shaped(.matrix, rows: x.count, columns: y.count))
    }
  }

  /// Refuses points of different dimensions, or of another than there are length scales.
  private static func requireOneDimension(_ points: [Numeric], _ lengths: Int?, _ range: SourceRange)
    throws(StanDiagnostic)
  {
    guard let dimension = lengths ?? points.first?.count,
      let other = points.first(where: { $0.count != dimension })
    else { return }
    throw StanDiagnostic(
      at: range,
      what:
        "\(lengths == nil ? "a point" : "length scales") of \(dimension) elements and a point of \(other.count)",
      fix: "give points of one dimension, and a length scale for each or one number")
  }

  /// The points of an array of numbers or of vectors.
  private static func points(_ value: Value) -> [Numeric] {
    (value.arrayElements ?? []).compactMap { $0.asNumeric.map { $0.kind == .real ? $0 : $0.asVector } }
  }
}
