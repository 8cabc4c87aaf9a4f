extension Index {
  /// Whether it picks one element, and so takes a dimension away.
  var isSingle: Bool {
    if case .at(let place) = self { place.type == .int } else { false }
  }
}

extension Checker {
  /// `x[…]` and `x.1`.
  mutating func checkPart(_ expression: inout Expression) -> Bool {
    switch expression.kind {
    case .index(var whole, var indices):
      let varies = check(&whole)
      for index in indices.indices { check(&indices[index]) }
      expression.kind = .index(whole, indices)
      expression.type = indexed(whole.type, by: indices, at: expression.range)
      return varies
    case .tupleElement(var whole, let element):
      let varies = check(&whole)
      expression.kind = .tupleElement(whole, element)
      expression.type = tupleElement(element, of: whole.type, at: expression.range)
      return varies
    default: return false
    }
  }

  mutating func check(_ index: inout Index) {
    switch index {
    case .all: break
    case .at(var place):
      _ = check(&place)
      if place.type != .void, place.type.promotions(to: .int.array(1)) == nil {
        expect(place, toBe: .int, as: "an index")
      }
      index = .at(place)
    case .range(var from, var to):
      checkBound(&from)
      checkBound(&to)
      index = .range(from: from, to: to)
    }
  }

  private mutating func checkBound(_ bound: inout Expression?) {
    guard var value = bound else { return }
    _ = check(&value)
    expect(value, toBe: .int, as: "a bound of an index")
    bound = value
  }

  /// The type of what indices pick (Stan Reference Manual, "Expressions", table of indexed types).
  mutating func indexed(_ whole: StanType, by indices: [Index], at range: SourceRange) -> StanType {
    let picked = indices.filter { if case .at(let place) = $0 { place.type == .void } else { false } }
    if whole == .void || !picked.isEmpty { return .void }
    var type = whole
    var rest = indices[...]
    var kept = 0
    while let first = rest.first, let element = type.element {
      type = element
      if !first.isSingle { kept += 1 }
      rest = rest.dropFirst()
    }
    switch (type, rest.map(\.isSingle)) {
    case (_, []): break
    case (.vector, [true]), (.rowVector, [true]), (.matrix, [true, true]): type = .real
    case (.vector, [false]), (.rowVector, [false]), (.matrix, [false]), (.matrix, [false, false]): break
    case (.matrix, [true]), (.matrix, [true, false]): type = .rowVector
    case (.matrix, [false, true]): type = .vector
    default:
      let most = whole.depth
      report(
        at: range,
        most == 0
          ? "a value of type \(whole) cannot be indexed"
          : "a value of type \(whole) takes \(most) \(most == 1 ? "index" : "indices") at most, found \(indices.count)",
        fix: most == 0 ? "take the brackets out" : "take indices out")
      return .void
    }
    return type.array(kept)
  }

  mutating func tupleElement(_ element: Int, of whole: StanType, at range: SourceRange) -> StanType {
    if whole == .void { return .void }
    guard case .tuple(let parts) = whole else {
      report(
        at: range, "a value of type \(whole) is no tuple and has no element .\(element)",
        fix: "write an index: x[\(element)]"
      )
      return .void
    }
    guard element <= parts.count else {
      report(
        at: range, "the tuple has \(parts.count) elements and no element .\(element)",
        fix: "count elements from 1 to \(parts.count)")
      return .void
    }
    return parts[element - 1]
  }
}
