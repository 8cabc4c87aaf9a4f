import StanLanguage

/// What an expression of a program comes to while it is traced.
indirect enum Value: Sendable {
  case int(Int, Origin)
  /// A one-dimensional array of integers.
  case ints([Int], Origin)
  case numeric(Numeric)
  /// An array of arrays, of containers or of tuples.
  case array([Value])
  case tuple([Value])
  case text(String)

  static func real(_ value: Double, _ origin: Origin = []) -> Value { .numeric(Numeric(value, origin)) }

  var origin: Origin {
    switch self {
    case .int(_, let origin), .ints(_, let origin): origin
    case .numeric(let numeric): numeric.origin
    case .array(let values), .tuple(let values): values.reduce(into: []) { $0.formUnion($1.origin) }
    case .text: []
    }
  }

  /// The same value with more in its origin.
  func with(_ more: Origin) -> Value {
    switch self {
    case .int(let value, let origin): return .int(value, origin.union(more))
    case .ints(let values, let origin): return .ints(values, origin.union(more))
    case .numeric(var numeric):
      numeric.origin.formUnion(more)
      return .numeric(numeric)
    case .array(let values): return .array(values.map { $0.with(more) })
    case .tuple(let values): return .tuple(values.map { $0.with(more) })
    case .text: return self
    }
  }

  /// The value with another origin in place of its own.
  func replacing(_ origin: Origin) -> Value {
    switch self {
    case .int(let value, _): return .int(value, origin)
    case .ints(let values, _): return .ints(values, origin)
    case .numeric(var numeric):
      numeric.origin = origin
      return .numeric(numeric)
    case .array(let values): return .array(values.map { $0.replacing(origin) })
    case .tuple(let values): return .tuple(values.map { $0.replacing(origin) })
    case .text: return self
    }
  }

  /// Integers read as reals; everything else as it is.
  var promoted: Value {
    switch self {
    case .int(let value, let origin): .real(Double(value), origin)
    case .ints(let values, let origin): .numeric(Numeric(.array, values.map(Double.init), origin))
    case .array(let values): .array(values.map(\.promoted))
    default: self
    }
  }

  /// The numbers of a value that holds nothing but numbers; nil of arrays of arrays, tuples and texts.
  var asNumeric: Numeric? {
    if case .numeric(let numeric) = promoted { return numeric }
    return nil
  }

  /// All numbers of a value in the order of its elements, arrays within arrays laid end to end.
  var flattened: Numeric? {
    switch self {
    case .array(let values):
      let parts = values.compactMap(\.flattened)
      guard parts.count == values.count else { return nil }
      return Numeric.concatenated(parts, .array)
    default: return asNumeric
    }
  }

  /// How many elements an index or a loop sees.
  var size: Int {
    switch self {
    case .int, .text: 1
    case .ints(let values, _): values.count
    case .numeric(let numeric): numeric.kind == .matrix ? numeric.rows : numeric.count
    case .array(let values), .tuple(let values): values.count
    }
  }
}

extension Numeric {
  /// The elements of several values end to end, as a vector, row vector or array.
  static func concatenated(_ parts: [Numeric], _ kind: Kind) -> Numeric {
    let count = parts.reduce(0) { $0 + $1.count }
    let origin = parts.reduce(into: Origin()) { $0.formUnion($1.origin) }
    let isRow = kind == .rowVector
    let content: Content
    let constants = parts.compactMap(\.constants)
    if parts.count == 1 {
      content = parts[0].content
    } else if constants.count == parts.count {
      content = .constant(constants.flatMap(\.self))
    } else {
      content = .elements(parts.flatMap(\.elements))
    }
    return Numeric(kind, rows: isRow ? 1 : count, columns: isRow ? count : 1, content, origin)
  }
}
