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

/// The names of a value's elements as Stan prints them: `beta.2`, the first index fastest in arrays of whatever and in matrices;
/// elements of tuples as `pair:1`.
enum ElementNames {
  static func of(_ name: String, _ value: Value) -> [String] { value.printed(from: name).map(\.name) }
}

extension Value {
  /// The elements in the order of their names.
  var printedElements: [Numeric] { printed(from: "").map(\.element) }

  fileprivate func printed(from name: String) -> [(name: String, element: Numeric)] {
    var leaves: [Leaf] = []
    collect([], &leaves)
    // By the last index first: leaves come row by row.
    let order = leaves.indices.sorted { a, b in
      leaves[a].path.reversed().lexicographicallyPrecedes(leaves[b].path.reversed())
        || (leaves[a].path == leaves[b].path && a < b)
    }
    return order.flatMap { place -> [(name: String, element: Numeric)] in
      let own = leaves[place].path.reduce(name) { "\($0).\($1)" }
      switch leaves[place].value {
      case .tuple(let parts):
        return parts.enumerated().flatMap { $0.element.printed(from: "\(own):\($0.offset + 1)") }
      case .numeric(let x): return [(own, x)]
      default: return leaves[place].value.asNumeric.map { [(own, $0)] } ?? []
      }
    }
  }

  /// A number or a tuple, with the indices that lead to it.
  private struct Leaf {
    var path: [Int]
    var value: Value
  }

  private func collect(_ path: [Int], _ leaves: inout [Leaf]) {
    switch self {
    case .text: break
    case .int, .tuple: leaves.append(Leaf(path: path, value: self))
    case .ints(let values, let origin):
      for (place, value) in values.enumerated() {
        leaves.append(Leaf(path: path + [place + 1], value: .int(value, origin)))
      }
    case .array(let values):
      for (place, value) in values.enumerated() { value.collect(path + [place + 1], &leaves) }
    case .numeric(let x):
      for place in 0..<x.count {
        let own: [Int] =
          switch x.kind {
          case .real: []
          case .matrix: [place / x.columns + 1, place % x.columns + 1]
          default: [place + 1]
          }
        leaves.append(Leaf(path: path + own, value: .numeric(x.scalar(place))))
      }
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
