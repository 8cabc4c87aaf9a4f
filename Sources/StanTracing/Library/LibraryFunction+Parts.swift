import StanLanguage

extension LibraryFunction {
  /// Sizes of containers.
  static let sizes: [LibraryFunction] = [
    LibraryFunction("size") { _, values, _ throws(StanDiagnostic) in
      if case .numeric(let x) = values[0], x.kind == .matrix { return .int(x.count, []) }
      return .int(values[0].size, [])
    },
    LibraryFunction("num_elements") { _, values, _ throws(StanDiagnostic) in
      .int(values[0].flattened?.count ?? values[0].size, [])
    },
    LibraryFunction("rows") { _, values, range throws(StanDiagnostic) in
      .int(try numeric(values, 0, range).rows, [])
    },
    LibraryFunction("cols") { _, values, range throws(StanDiagnostic) in
      .int(try numeric(values, 0, range).columns, [])
    },
    LibraryFunction("dims") { _, values, _ throws(StanDiagnostic) in .ints(dimensions(values[0]), []) },
  ].map { function in
    // A size is no datum, whatever it is the size of.
    LibraryFunction(function.name) { tracer, values, range throws(StanDiagnostic) in
      try function.body(tracer, values.map { $0.replacing([]) }, range)
    }
  }

  private static func dimensions(_ value: Value) -> [Int] {
    switch value {
    case .int, .text, .tuple: []
    case .ints(let numbers, _): [numbers.count]
    case .array(let values): [values.count] + (values.first.map { dimensions($0) } ?? [])
    case .numeric(let x):
      switch x.kind {
      case .real: []
      case .matrix: [x.rows, x.columns]
      default: [x.count]
      }
    }
  }

  /// Parts of containers, and their order.
  static let parts: [LibraryFunction] = [
    part("head") { count, wanted in 0..<wanted[0] },
    part("tail") { count, wanted in count - wanted[0]..<count },
    part("segment") { _, wanted in wanted[0] - 1..<wanted[0] - 1 + wanted[1] },
    block("row") { x, at in (at[0] - 1..<at[0], 0..<x.columns, .rowVector) },
    block("col") { x, at in (0..<x.rows, at[0] - 1..<at[0], .vector) },
    block("block") { _, at in (at[0] - 1..<at[0] - 1 + at[2], at[1] - 1..<at[1] - 1 + at[3], .matrix) },
    block("sub_row") { _, at in (at[0] - 1..<at[0], at[1] - 1..<at[1] - 1 + at[2], .rowVector) },
    block("sub_col") { _, at in (at[0] - 1..<at[0] - 1 + at[2], at[1] - 1..<at[1], .vector) },
    LibraryFunction("diagonal") { tracer, values, range throws(StanDiagnostic) in
      .numeric(tracer.graph.diagonal(try numeric(values, 0, range)))
    },
    LibraryFunction("transpose") { tracer, values, _ throws(StanDiagnostic) in tracer.transposed(values[0]) },
    LibraryFunction("reverse") { _, values, range throws(StanDiagnostic) in
      if let elements = values[0].arrayElements { return Value.array(of: elements.reversed()) }
      let x = try numeric(values, 0, range)
      return .numeric(x.picked((0..<x.count).reversed(), x.kind, rows: x.rows, columns: x.columns))
    },
    LibraryFunction("cumulative_sum") { tracer, values, range throws(StanDiagnostic) in
      if case .ints(let numbers, let origin) = values[0] {
        var total = 0
        return .ints(
          numbers.map {
            total += $0
            return total
          }, origin)
      }
      let x = try numeric(values, 0, range)
      return .numeric(tracer.cumulativeSum(x).shaped(x.kind, rows: x.rows, columns: x.columns))
    },
    sorted("sort_asc"), sorted("sort_desc", isDescending: true),
    places("sort_indices_asc"), places("sort_indices_desc", isDescending: true),
    LibraryFunction("rank") { _, values, range throws(StanDiagnostic) in
      let x = try constants(values, 0, range)
      let place = try integer(values, 1, range)
      guard x.indices.contains(place - 1) else {
        throw StanDiagnostic(at: range, what: "there is no element \(place)", fix: "use 1 to \(x.count)")
      }
      return .int(x.filter { $0 < x[place - 1] }.count, [])
    },
  ]

  private static func part(_ name: String, _ places: @escaping @Sendable (Int, [Int]) -> Range<Int>)
    -> LibraryFunction
  {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      var wanted: [Int] = []
      for index in 1..<values.count { wanted.append(try count(values, index, range)) }
      let size = values[0].size
      let first = name == "segment" ? wanted[0] : 1
      guard first >= 1, wanted[wanted.count - 1] <= size - (first - 1) else {
        throw StanDiagnostic(
          at: range, what: "there are only \(size) elements", fix: "ask for no more than there are")
      }
      let chosen = Array(places(size, wanted))
      if case .numeric(let x) = values[0] {
        let isRow = x.kind == .rowVector
        return .numeric(
          x.picked(chosen, x.kind, rows: isRow ? 1 : chosen.count, columns: isRow ? chosen.count : 1))
      }
      let elements = values[0].arrayElements ?? []
      return Value.array(of: chosen.map { elements[$0] })
    }
  }

  private typealias Block = (rows: Range<Int>, columns: Range<Int>, kind: Numeric.Kind)

  private static func block(_ name: String, _ block: @escaping @Sendable (Numeric, [Int]) -> Block)
    -> LibraryFunction
  {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      var at: [Int] = []
      for index in 1..<values.count { at.append(try count(values, index, range)) }
      guard at.prefix(2).allSatisfy({ $0 >= 1 }) else {
        throw StanDiagnostic(at: range, what: "an index is 0", fix: "count from 1")
      }
      let (rows, columns, kind) = block(x, at)
      guard rows.upperBound <= x.rows, columns.upperBound <= x.columns else {
        throw StanDiagnostic(
          at: range, what: "the matrix is \(x.rows) by \(x.columns)", fix: "ask for a part of it")
      }
      let places = rows.flatMap { row in columns.map { row * x.columns + $0 } }
      return .numeric(x.picked(places, kind, rows: rows.count, columns: columns.count))
    }
  }

  private static func sorted(_ name: String, isDescending: Bool = false) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      if case .ints(let numbers, let origin) = values[0] {
        return .ints(numbers.sorted { isDescending ? $0 > $1 : $0 < $1 }, origin)
      }
      let x = try numeric(values, 0, range)
      if x.constants == nil { return .numeric(tracer.sorted(x, isDescending: isDescending)) }
      let sorted = try constants(values, 0, range).sorted { isDescending ? $0 > $1 : $0 < $1 }
      return .numeric(Numeric(x.kind, rows: x.rows, columns: x.columns, .constant(sorted), x.origin))
    }
  }

  private static func places(_ name: String, isDescending: Bool = false) -> LibraryFunction {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      let x = try constants(values, 0, range)
      return .ints(
        x.indices.sorted { x[$0] == x[$1] ? $0 < $1 : (x[$0] < x[$1]) != isDescending }.map { $0 + 1 }, [])
    }
  }
}

extension Tracer {
  /// The elements in order, by Batcher's odd-even merge sort: comparisons whose places do not depend on the values (Batcher 1968).
  func sorted(_ x: Numeric, isDescending: Bool) -> Numeric {
    var elements = (0..<x.count).map { Quantity(tracer: self, value: x.scalar($0)) }
    let count = elements.count
    var width = 1
    while width < count {
      var stride = width
      while stride >= 1 {
        for start in Swift.stride(from: stride % width, to: max(count - stride, 0), by: 2 * stride) {
          for low in start..<min(start + stride, count - stride)
          where low / (2 * width) == (low + stride) / (2 * width) {
            let (a, b) = (elements[low], elements[low + stride])
            elements[low] = isDescending ? a.maximum(b) : a.minimum(b)
            elements[low + stride] = isDescending ? b.minimum(a) : b.maximum(a)
          }
        }
        stride /= 2
      }
      width *= 2
    }
    return Numeric.concatenated(elements.map(\.value), .vector).shaped(
      x.kind, rows: x.rows, columns: x.columns)
  }

  /// The largest vector whose running sums are a product with a triangle of ones.
  private static let longestProduct = 256

  /// The sums of the first one, two, … elements, as a vector.
  func cumulativeSum(_ x: Numeric) -> Numeric {
    if let values = x.constants {
      var total = 0.0
      return Numeric(
        .vector,
        values.map {
          total += $0
          return total
        }, x.origin)
    }
    let count = x.count
    if count <= Self.longestProduct {
      let ones = (0..<count * count).map { $0 % count <= $0 / count ? 1.0 : 0 }
      let node = graph.matrix(
        .product(rows: count, inner: count, columns: 1), graph.constant(ones), graph.node(of: x), count: count
      )
      return Numeric(.vector, rows: count, .node(node), x.origin)
    }
    var total = x.scalar(0)
    var parts = [total]
    for place in 1..<count {
      total = graph.add(total, x.scalar(place))
      parts.append(total)
    }
    return Numeric.concatenated(parts, .vector)
  }
}
