import StanLanguage

extension Tracer {
  func assign(_ assignment: Assignment) throws(StanDiagnostic) {
    try assign(try evaluate(assignment.value), to: assignment.target, assignment.operation)
  }

  /// `(x, y) = value`.
  func unpack(_ value: Value, into target: UnpackingTarget) throws(StanDiagnostic) {
    switch target {
    case .one(let target): try assign(value, to: target, nil)
    case .several(let targets, let range):
      guard case .tuple(let values) = value, values.count == targets.count else {
        throw StanDiagnostic(
          at: range, what: "the value is no tuple of \(targets.count)", fix: "unpack as many as there are")
      }
      for (target, value) in zip(targets, values) { try unpack(value, into: target) }
    }
  }

  private func assign(_ value: Value, to target: AssignmentTarget, _ operation: BinaryOperator?)
    throws(StanDiagnostic)
  {
    var value = value
    let symbol = target.variable.symbol
    guard var changed = variables[symbol] else {
      throw StanDiagnostic(
        at: target.variable.range, what: "'\(target.variable.name)' is not declared", fix: "declare it first")
    }
    if let operation {
      let old = try part(of: changed, ArraySlice(target.steps), at: target.range)
      value = try combined(operation, old, value, at: target.range)
    }
    // Taken out while it changes, so that its elements are not copied.
    variables[symbol] = nil
    try replace(&changed, ArraySlice(target.steps), by: value, at: target.range)
    variables[symbol] = changed
  }

  private func part(of value: Value, _ steps: ArraySlice<AssignmentTarget.Step>, at range: SourceRange)
    throws(StanDiagnostic) -> Value
  {
    guard let step = steps.first else { return value }
    switch step {
    case .tupleElement(let place):
      guard case .tuple(let values) = value else { return value }
      return try part(of: values[place - 1], steps.dropFirst(), at: range)
    case .index(let indices):
      return try part(of: element(of: value, ArraySlice(indices), at: range), steps.dropFirst(), at: range)
    }
  }

  private func replace(
    _ value: inout Value, _ steps: ArraySlice<AssignmentTarget.Step>, by new: Value, at range: SourceRange
  ) throws(StanDiagnostic) {
    guard let step = steps.first else {
      value = try fitted(new, to: value, at: range)
      return
    }
    switch step {
    case .tupleElement(let place):
      guard case .tuple(var values) = value, values.indices.contains(place - 1) else { return }
      try replace(&values[place - 1], steps.dropFirst(), by: new, at: range)
      value = .tuple(values)
    case .index(let indices):
      try replace(&value, ArraySlice(indices), then: steps.dropFirst(), by: new, at: range)
    }
  }

  /// Replaces the part at indices, and within it at the steps that follow.
  private func replace(
    _ value: inout Value, _ indices: ArraySlice<Index>, then steps: ArraySlice<AssignmentTarget.Step>,
    by new: Value, at range: SourceRange
  ) throws(StanDiagnostic) {
    guard let first = indices.first else { return try replace(&value, steps, by: new, at: range) }
    switch value {
    case .int, .text, .tuple:
      throw StanDiagnostic(at: range, what: "this has no elements to assign to", fix: "remove the index")
    case .ints(var values, let origin):
      value = .text("")
      let places = try places(first, count: values.count, at: range)
      for (place, element) in try pairs(places, new, at: range) {
        guard case .int(let number, _) = element else { continue }
        values[place] = number
      }
      value = .ints(values, origin.union(new.origin))
    case .array(var values):
      value = .text("")
      switch try places(first, count: values.count, at: range) {
      case .one(let place):
        try replace(&values[place], indices.dropFirst(), then: steps, by: new, at: range)
      case .many(let places):
        for (place, element) in try pairs(.many(places), new, at: range) {
          try replace(&values[place], indices.dropFirst(), then: steps, by: element, at: range)
        }
      }
      value = .array(values)
    case .numeric(var numeric):
      value = .text("")
      try replace(&numeric, indices, by: new, at: range)
      value = .numeric(numeric)
    }
  }

  private func replace(
    _ numeric: inout Numeric, _ indices: ArraySlice<Index>, by new: Value, at range: SourceRange
  ) throws(StanDiagnostic) {
    var targets: [Int]
    if numeric.kind == .matrix {
      let rows = try places(indices.first ?? .all, count: numeric.rows, at: range).list
      let columns =
        indices.count > 1
        ? try places(indices[indices.startIndex + 1], count: numeric.columns, at: range).list
        : Array(0..<numeric.columns)
      let width = numeric.columns
      targets = rows.flatMap { row in columns.map { row * width + $0 } }
    } else {
      targets = try places(indices.first ?? .all, count: numeric.count, at: range).list
    }
    guard let source = new.asNumeric, source.count == targets.count else {
      throw StanDiagnostic(
        at: range, what: "\(targets.count) elements are assigned \(new.flattened?.count ?? 0)",
        fix: "give both sides the same size")
    }
    numeric.origin.formUnion(source.origin)
    if targets.count > 1, targets.count == numeric.count, targets == Array(0..<targets.count) {
      numeric.content = source.content
      return
    }
    for (place, target) in targets.enumerated() { numeric.set(target, to: source.element(place)) }
  }

  /// The places with the elements of the value that goes there.
  private func pairs(_ places: IndexPlaces, _ value: Value, at range: SourceRange) throws(StanDiagnostic)
    -> [(Int, Value)]
  {
    switch places {
    case .one(let place): return [(place, value)]
    case .many(let places):
      let elements = value.arrayElements ?? []
      guard elements.count == places.count else {
        throw StanDiagnostic(
          at: range, what: "\(places.count) elements are assigned \(elements.count)",
          fix: "give both sides the same size")
      }
      return Array(zip(places, elements))
    }
  }

  /// A new value for a whole variable: of its kind and size.
  private func fitted(_ new: Value, to old: Value, at range: SourceRange) throws(StanDiagnostic) -> Value {
    switch (old, new) {
    case (.numeric(let was), _):
      guard let now = new.asNumeric else { return new }
      try require(was, now, was.rows == now.rows && was.columns == now.columns, at: range)
      return .numeric(now.shaped(was.kind, rows: was.rows, columns: was.columns))
    case (.array(let was), .array(let now)):
      guard was.count == now.count else {
        throw StanDiagnostic(
          at: range, what: "an array of \(was.count) is assigned one of \(now.count)",
          fix: "give both sides the same size")
      }
      var values: [Value] = []
      for (old, new) in zip(was, now) { values.append(try fitted(new, to: old, at: range)) }
      return .array(values)
    case (.ints(let was, _), .ints(let now, _)) where was.count != now.count:
      throw StanDiagnostic(
        at: range, what: "an array of \(was.count) is assigned one of \(now.count)",
        fix: "give both sides the same size")
    default: return new
    }
  }
}

extension IndexPlaces {
  var list: [Int] {
    switch self {
    case .one(let place): [place]
    case .many(let places): places
    }
  }
}
