/// What a function takes and returns, for many types at once.
///
/// Written as in `(num, $1) real$1`. An argument is one of these, or several with `|` between them:
///
/// | notation | takes |
/// |---|---|
/// | `int real vector row_vector matrix` | that type; `real[]`, `int[,]`: arrays of it |
/// | `num` | numbers, and vectors, matrices and arrays of them |
/// | `ints` | `int` and arrays of it of any dimension |
/// | `any`, `any[]` | every type, every array |
/// | `vec` | `vector` and `row_vector` |
/// | `seq` | these and `real[]` |
/// | `reals` | these and `real` |
/// | `vectors` | `vec` and arrays of it of one dimension |
/// | `$1` | the type of the first argument |
/// | `int$1` | an integer for each number of the first argument, in an array |
///
/// A result is a type, the type of an argument (`$1`), that with real numbers for integers (`real$1`), an array of it
/// (`$1[]`), or a tuple `(matrix, vector)`.
package struct Signature: Hashable, Sendable {
  package enum Shape: Hashable, Sendable {
    case exactly(StanType)
    case numeric, integers, anything, anyArray
    /// The type of the argument at that place.
    case same(Int)
    /// An integer for each number of the argument at that place.
    case countOf(Int)
  }

  package indirect enum Result: Hashable, Sendable {
    case exactly(StanType)
    case argument(Int, dimensions: Int)
    case realArgument(Int)
  }

  package var parameters: [[Shape]]
  package var result: Result

  /// What a call with arguments of those types returns, and how many integers become real; nil where it takes others.
  package func match(_ arguments: [StanType]) -> (result: StanType, promotions: Int)? {
    guard arguments.count == parameters.count else { return nil }
    var promotions = 0
    for (shapes, argument) in zip(parameters, arguments) {
      let counts = shapes.compactMap { $0.promotions(of: argument, among: arguments) }
      guard let count = counts.min() else { return nil }
      promotions += count
    }
    let type: StanType =
      switch result {
      case .exactly(let type): type
      case .argument(let place, let dimensions): arguments[place].array(dimensions)
      case .realArgument(let place): arguments[place].ofReals
      }
    return (type, promotions)
  }
}

extension Signature.Shape {
  func promotions(of argument: StanType, among arguments: [StanType]) -> Int? {
    switch self {
    case .exactly(let type): argument.promotions(to: type)
    case .numeric: argument.isNumeric ? 0 : nil
    case .integers: argument.isOfIntegers ? 0 : nil
    case .anything: argument == .string || argument == .void ? nil : 0
    case .anyArray: argument.element == nil ? nil : 0
    case .same(let place): argument.promotions(to: arguments[place])
    case .countOf(let place):
      argument.isOfIntegers && argument.dimensions == arguments[place].depth ? 0 : nil
    }
  }
}

extension Signature {
  /// The arguments that it takes, by the words of the Functions Reference where they are several.
  static func described(_ shapes: [Shape]) -> String {
    for word in ["reals", "vectors", "ints of one dimension"] where Set(shapes) == kinds[word] {
      return String(word.prefix { $0 != " " })
    }
    return shapes.map(\.description).joined(separator: "|")
  }

  private static let kinds: [String: Set<Shape>] = [
    "reals": [.exactly(.real), .exactly(.vector), .exactly(.rowVector), .exactly(.real.array(1))],
    "vectors": [
      .exactly(.vector), .exactly(.rowVector), .exactly(.vector.array(1)), .exactly(.rowVector.array(1)),
    ],
    "ints of one dimension": [.exactly(.int), .exactly(.int.array(1))],
  ]
}

extension [String] {
  /// In parentheses, a bar after the first of a density.
  func asArguments(hasBar: Bool) -> String {
    hasBar && count > 1
      ? "(\(self[0]) | \(dropFirst().joined(separator: ", ")))" : "(\(joined(separator: ", ")))"
  }
}

extension Signature.Shape: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exactly(let type): type.description
    case .numeric: "any numbers"
    case .integers: "any integers"
    case .anything: "any type"
    case .anyArray: "any array"
    case .same(let place): "the type of argument \(place + 1)"
    case .countOf(let place): "an integer for each number of argument \(place + 1)"
    }
  }
}
