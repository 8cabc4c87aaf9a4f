package import StanLanguage

/// A parameter of a program, with the sizes that its data give it.
package struct DeclaredParameter: Hashable, Sendable {
  package var name: String
  package var range: SourceRange
  /// The transform in words, as in "above 0, by exp"; nil of an unconstrained one.
  package var support: String?
  /// The sizes of its array, then those of its vectors or matrices; empty of a single number.
  package var dimensions: [Int]
  /// The number of unconstrained elements, and the first one's place.
  package var freeCount: Int
  package var freeStart: Int
}

/// The names of a value's elements as Stan prints them: `beta.2`, matrices column by column, arrays row by row; `pair:1` of tuples.
enum ElementNames {
  static func of(_ name: String, _ value: Value) -> [String] {
    switch value {
    case .int, .text: [name]
    case .ints(let values, _): values.indices.map { "\(name).\($0 + 1)" }
    case .array(let values):
      values.enumerated().flatMap { of("\(name).\($0.offset + 1)", $0.element) }
    case .tuple(let values):
      values.enumerated().flatMap { of("\(name):\($0.offset + 1)", $0.element) }
    case .numeric(let x):
      switch x.kind {
      case .real: [name]
      case .matrix:
        (0..<x.columns).flatMap { column in (0..<x.rows).map { "\(name).\($0 + 1).\(column + 1)" } }
      default: (0..<x.count).map { "\(name).\($0 + 1)" }
      }
    }
  }
}

extension Value {
  /// The elements in the order of their names.
  var printedElements: [Numeric] {
    switch self {
    case .text: []
    case .array(let values), .tuple(let values): values.flatMap(\.printedElements)
    default: asNumeric.map { [$0.columnMajor] } ?? []
    }
  }
}

extension Constraint {
  /// Where the values live, in words.
  var words: String? {
    switch self {
    case .none, .tuple: nil
    case .lower: "above a bound, by exp"
    case .upper: "below a bound, by exp"
    case .bounds: "between bounds, by the logistic"
    case .affine: "scaled and shifted"
    case .ordered: "ordered, by exp"
    case .positiveOrdered: "positive and ordered, by exp"
    case .simplex: "a simplex, by stick breaking"
    case .unitVector: "a unit vector"
    case .sumToZero: "sums to zero"
    case .choleskyFactorCorrelation: "a Cholesky factor of correlations"
    case .choleskyFactorCovariance: "a Cholesky factor of covariances"
    case .correlationMatrix: "correlations"
    case .covarianceMatrix: "covariances"
    }
  }
}
