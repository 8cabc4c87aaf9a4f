extension StanType {
  var isScalar: Bool { self == .int || self == .real }

  /// Of integers alone: its values never have a gradient.
  var isOfIntegers: Bool {
    switch self {
    case .int: true
    case .array(let element, _): element.isOfIntegers
    case .tuple(let parts): parts.allSatisfy(\.isOfIntegers)
    default: false
    }
  }

  /// Whether integers are anywhere in it.
  var containsIntegers: Bool {
    switch self {
    case .int: true
    case .array(let element, _): element.containsIntegers
    case .tuple(let parts): parts.contains(where: \.containsIntegers)
    default: false
    }
  }

  /// Numbers, and vectors, matrices and arrays of them.
  var isNumeric: Bool {
    switch self {
    case .int, .real, .vector, .rowVector, .matrix: true
    case .array(let element, _): element.isNumeric
    case .tuple, .void, .string: false
    }
  }

  /// The same with real numbers for integers.
  var ofReals: StanType {
    switch self {
    case .int: .real
    case .array(let element, let dimensions): .array(of: element.ofReals, dimensions: dimensions)
    default: self
    }
  }

  /// An array of that many more dimensions.
  func array(_ dimensions: Int) -> StanType {
    if dimensions == 0 { return self }
    if case .array(let element, let own) = self { return .array(of: element, dimensions: own + dimensions) }
    return .array(of: self, dimensions: dimensions)
  }

  /// Of an array; 0 of other types.
  var dimensions: Int {
    if case .array(_, let dimensions) = self { dimensions } else { 0 }
  }

  /// How many indices lead to a number.
  var depth: Int { dimensions + innermost.ownDepth }

  /// The same of what is no array.
  private var ownDepth: Int {
    switch self {
    case .vector, .rowVector: 1
    case .matrix: 2
    default: 0
    }
  }

  /// What stands under all indices of an array; other types themselves.
  var innermost: StanType {
    if case .array(let element, _) = self { element } else { self }
  }

  /// What stands under the first index of an array; nil of other types.
  var element: StanType? {
    guard case .array(let element, let dimensions) = self else { return nil }
    return dimensions == 1 ? element : .array(of: element, dimensions: dimensions - 1)
  }

  /// How many integers must become real for a value to be of another type: 0 for the same type, 1 for `int` or an array
  /// of it, the sum over the parts of a tuple; nil where it cannot be.
  func promotions(to other: StanType) -> Int? {
    if self == other { return 0 }
    switch (self, other) {
    case (.int, .real): return 1
    case (.array(let element, let dimensions), .array(let wanted, let wantedDimensions)):
      return dimensions == wantedDimensions ? element.promotions(to: wanted) : nil
    case (.tuple(let parts), .tuple(let wanted)) where parts.count == wanted.count:
      var sum = 0
      for (part, want) in zip(parts, wanted) {
        guard let count = part.promotions(to: want) else { return nil }
        sum += count
      }
      return sum
    default: return nil
    }
  }

  /// The type that values of both become; nil where there is none.
  func common(with other: StanType) -> StanType? {
    if promotions(to: other) != nil { return other }
    if other.promotions(to: self) != nil { return self }
    guard case .tuple(let parts) = self, case .tuple(let others) = other, parts.count == others.count else {
      return nil
    }
    let common = zip(parts, others).compactMap { $0.common(with: $1) }
    return common.count == parts.count ? .tuple(common) : nil
  }
}

/// As the language writes it.
extension StanType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .int: "int"
    case .real: "real"
    case .vector: "vector"
    case .rowVector: "row_vector"
    case .matrix: "matrix"
    case .array(let element, let dimensions):
      "array[\(String(repeating: ",", count: max(dimensions - 1, 0)))] \(element)"
    case .tuple(let parts): "tuple(\(parts.map(\.description).joined(separator: ", ")))"
    case .void: "void"
    case .string: "string"
    }
  }
}
