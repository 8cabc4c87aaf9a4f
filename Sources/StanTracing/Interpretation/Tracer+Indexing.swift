import StanLanguage

/// An index whose places are known: one, or several.
enum IndexPlaces {
  case one(Int)
  case many([Int])
}

extension Tracer {
  func indexed(_ base: Expression, _ indices: [Index]) throws(StanDiagnostic) -> Value {
    try element(of: try evaluate(base), ArraySlice(indices), at: base.range)
  }

  /// The part of a value at indices.
  func element(of value: Value, _ indices: ArraySlice<Index>, at range: SourceRange)
    throws(StanDiagnostic) -> Value
  {
    guard let first = indices.first else { return value }
    switch value {
    case .int, .text, .tuple:
      throw StanDiagnostic(at: range, what: "this has no elements to index", fix: "remove the index")
    case .ints(let values, let origin):
      switch try places(first, count: values.count, at: range) {
      case .one(let place): return .int(values[place], origin)
      case .many(let places): return .ints(places.map { values[$0] }, origin)
      }
    case .array(let values):
      switch try places(first, count: values.count, at: range) {
      case .one(let place): return try element(of: values[place], indices.dropFirst(), at: range)
      case .many(let places):
        var parts: [Value] = []
        for place in places {
          parts.append(try element(of: values[place], indices.dropFirst(), at: range))
        }
        return Value.array(of: parts)
      }
    case .numeric(let x):
      if x.kind == .matrix { return .numeric(try element(ofMatrix: x, indices, at: range)) }
      switch try places(first, count: x.count, at: range) {
      case .one(let place): return .numeric(x.scalar(place))
      case .many(let places):
        let isRow = x.kind == .rowVector
        return .numeric(
          x.picked(places, x.kind, rows: isRow ? 1 : places.count, columns: isRow ? places.count : 1))
      }
    }
  }

  private func element(ofMatrix x: Numeric, _ indices: ArraySlice<Index>, at range: SourceRange)
    throws(StanDiagnostic) -> Numeric
  {
    let rows = try places(indices.first ?? .all, count: x.rows, at: range)
    let columns =
      indices.count > 1
      ? try places(indices[indices.startIndex + 1], count: x.columns, at: range)
      : .many(Array(0..<x.columns))
    switch (rows, columns) {
    case (.one(let row), .one(let column)): return x.scalar(row * x.columns + column)
    case (.one(let row), .many(let columns)):
      return x.picked(columns.map { row * x.columns + $0 }, .rowVector, rows: 1, columns: columns.count)
    case (.many(let rows), .one(let column)):
      return x.picked(rows.map { $0 * x.columns + column }, .vector, rows: rows.count)
    case (.many(let rows), .many(let columns)):
      return x.picked(
        rows.flatMap { row in columns.map { row * x.columns + $0 } }, .matrix, rows: rows.count,
        columns: columns.count)
    }
  }

  /// The places that an index names, counted from 0.
  func places(_ index: Index, count: Int, at range: SourceRange) throws(StanDiagnostic) -> IndexPlaces {
    switch index {
    case .all: return .many(Array(0..<count))
    case .range(let from, let to):
      let first = try from.map { from throws(StanDiagnostic) in try integer(from) } ?? 1
      let last = try to.map { to throws(StanDiagnostic) in try integer(to) } ?? count
      if first > last { return .many([]) }
      try require(first, within: count, at: from?.range ?? range)
      try require(last, within: count, at: to?.range ?? range)
      return .many(Array(first - 1..<last))
    case .at(let expression):
      switch try evaluate(expression) {
      case .int(let place, _):
        try require(place, within: count, at: expression.range)
        return .one(place - 1)
      case .ints(let places, _):
        for place in places { try require(place, within: count, at: expression.range) }
        return .many(places.map { $0 - 1 })
      case .array(let values) where values.isEmpty: return .many([])
      default:
        throw StanDiagnostic(at: expression.range, what: "an index is an integer", fix: "use an int here")
      }
    }
  }

  private func require(_ place: Int, within count: Int, at range: SourceRange) throws(StanDiagnostic) {
    guard place < 1 || place > count else { return }
    throw StanDiagnostic(
      at: range, what: "index \(place) is out of range: there are \(count) elements",
      fix: count == 0 ? "there is nothing to index" : "use 1 to \(count)")
  }
}
