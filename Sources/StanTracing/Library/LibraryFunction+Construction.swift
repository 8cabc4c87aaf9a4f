import Foundation
import StanLanguage

extension LibraryFunction {
  /// Containers from numbers, and from other containers.
  static let construction: [LibraryFunction] = [
    constant("pi", .pi),
    constant("e", Foundation.exp(1)),
    constant("sqrt2", 2.0.squareRoot()),
    constant("log2", Foundation.log(2)),
    constant("log10", Foundation.log(10)),
    constant("not_a_number", .nan),
    constant("positive_infinity", .infinity),
    constant("negative_infinity", -.infinity),
    constant("machine_precision", .ulpOfOne),
    repeated("rep_vector", .vector),
    repeated("rep_row_vector", .rowVector),
    LibraryFunction("rep_matrix") { tracer, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      let (first, second) = (try count(values, 1, range), values.count > 2 ? try count(values, 2, range) : 0)
      let (rows, columns): (Int, Int)
      switch x.kind {
      case .real: (rows, columns) = (first, second)
      case .rowVector: (rows, columns) = (first, x.count)
      default: (rows, columns) = (x.count, first)
      }
      try tracer.charge(rows, columns, at: range)
      let places = (0..<rows).flatMap { row in
        (0..<columns).map { column in x.kind == .real ? 0 : x.kind == .rowVector ? column : row }
      }
      return .numeric(x.picked(places, .matrix, rows: rows, columns: columns))
    },
    LibraryFunction("rep_array") { tracer, values, range throws(StanDiagnostic) in
      var result = values[0]
      for index in (1..<max(1, values.count)).reversed() {
        let count = try count(values, index, range)
        try tracer.charge(count, max(1, result.elementCount), at: range)
        switch result {
        case .int(let number, let origin): result = .ints([Int](repeating: number, count: count), origin)
        case .numeric(let x) where x.kind == .real:
          result = .numeric(x.picked([Int](repeating: 0, count: count), .array, rows: count))
        default: result = .array([Value](repeating: result, count: count))
        }
      }
      return result
    },
    filled("zeros_vector", .vector, 0), filled("ones_vector", .vector, 1),
    filled("zeros_row_vector", .rowVector, 0), filled("ones_row_vector", .rowVector, 1),
    filled("zeros_array", .array, 0), filled("ones_array", .array, 1),
    integers("zeros_int_array") { [Int](repeating: 0, count: $0) },
    integers("ones_int_array") { [Int](repeating: 1, count: $0) },
    LibraryFunction("uniform_simplex") { tracer, values, range throws(StanDiagnostic) in
      let size = try size(tracer, values, range)
      return .numeric(Numeric(.vector, [Double](repeating: 1 / Double(max(1, size)), count: size)))
    },
    LibraryFunction("identity_matrix") { tracer, values, range throws(StanDiagnostic) in
      let size = try count(values, 0, range)
      try tracer.charge(size, size, at: range)
      let elements = (0..<size * size).map { $0 / max(1, size) == $0 % max(1, size) ? 1.0 : 0 }
      return .numeric(Numeric(.matrix, rows: size, columns: size, .constant(elements)))
    },
    spaced("linspaced_vector", .vector), spaced("linspaced_row_vector", .rowVector),
    spaced("linspaced_array", .array),
    LibraryFunction("linspaced_int_array") { tracer, values, range throws(StanDiagnostic) in
      let (size, low, high) = (
        try size(tracer, values, range), try integer(values, 1, range), try integer(values, 2, range)
      )
      let step = size > 1 ? (high &- low) / (size - 1) : 0
      return .ints((0..<size).map { size == 1 ? high : low &+ $0 &* step }, [])
    },
    oneHot("one_hot_vector", .vector), oneHot("one_hot_row_vector", .rowVector),
    oneHot("one_hot_array", .array),
    LibraryFunction("one_hot_int_array") { tracer, values, range throws(StanDiagnostic) in
      let (size, place) = (try size(tracer, values, range), try integer(values, 1, range))
      return .ints((0..<size).map { $0 + 1 == place ? 1 : 0 }, [])
    },
    LibraryFunction("to_vector") { _, values, range throws(StanDiagnostic) in
      .numeric(try numeric(values, 0, range).columnMajor)
    },
    LibraryFunction("to_row_vector") { _, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range).columnMajor
      return .numeric(x.shaped(.rowVector, rows: 1, columns: x.count))
    },
    LibraryFunction("to_array_1d") { _, values, range throws(StanDiagnostic) in
      if case .ints = values[0] { return values[0] }
      if case .array(let parts) = values[0], let ints = flattenedInts(parts) {
        return .ints(ints, values[0].origin)
      }
      let x = try numeric(values, 0, range).columnMajor
      return .numeric(x.shaped(.array, rows: x.count))
    },
    LibraryFunction("to_array_2d") { _, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      return .array(
        (0..<x.rows).map { row in
          .numeric(x.picked((0..<x.columns).map { row * x.columns + $0 }, .array, rows: x.columns))
        })
    },
    LibraryFunction("to_matrix") { _, values, range throws(StanDiagnostic) in
      try matrix(of: values, range)
    },
    LibraryFunction("to_int") { _, values, range throws(StanDiagnostic) in
      .int(Int(clamping: try number(values, 0, range)), [])
    },
    join("append_row") { x, y in x.kind == .matrix || y.kind == .matrix || x.kind == .rowVector },
    LibraryFunction("append_col") { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (try numeric(values, 0, range), try numeric(values, 1, range))
      if x.kind == .rowVector || y.kind == .rowVector || (x.kind == .real && y.kind == .real) {
        return .numeric(Numeric.concatenated([x, y], .rowVector))
      }
      try tracer.require(x, y, x.rows == y.rows, at: range)
      let all = Numeric.concatenated([x.asVector, y.asVector], .vector)
      let width = x.columns + y.columns
      let places = (0..<x.rows * width).map { place in
        let (row, column) = (place / width, place % width)
        return column < x.columns ? row * x.columns + column : x.count + row * y.columns + column - x.columns
      }
      return .numeric(all.picked(places, .matrix, rows: x.rows, columns: width))
    },
    LibraryFunction("append_array") { _, values, _ throws(StanDiagnostic) in
      if case .ints(let a, let p) = values[0], case .ints(let b, let q) = values[1] {
        return .ints(a + b, p.union(q))
      }
      return Value.array(of: (values[0].arrayElements ?? []) + (values[1].arrayElements ?? []))
    },
  ]

  private static func constant(_ name: String, _ value: Double) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      // log2 and log10 are functions too.
      if !values.isEmpty, let function = elementwise.first(where: { $0.name == name }) {
        return try function.body(tracer, values, range)
      }
      return .real(value)
    }
  }

  private static func repeated(_ name: String, _ kind: Numeric.Kind) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (x, size) = (try numeric(values, 0, range), try count(values, 1, range))
      try tracer.charge(size, at: range)
      let isRow = kind == .rowVector
      return .numeric(
        x.picked(
          [Int](repeating: 0, count: size), kind, rows: isRow ? 1 : size, columns: isRow ? size : 1))
    }
  }

  private static func filled(_ name: String, _ kind: Numeric.Kind, _ value: Double) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      .numeric(Numeric(kind, [Double](repeating: value, count: try size(tracer, values, range))))
    }
  }

  private static func integers(_ name: String, _ make: @escaping @Sendable (Int) -> [Int]) -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      .ints(make(try size(tracer, values, range)), [])
    }
  }

  private static func spaced(_ name: String, _ kind: Numeric.Kind) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (size, low, high) = (
        try size(tracer, values, range), try number(values, 1, range), try number(values, 2, range)
      )
      let step = (high - low) / Double(max(1, size - 1))
      return .numeric(
        Numeric(kind, (0..<size).map { $0 == size - 1 ? high : low + Double($0) * step }))
    }
  }

  private static func oneHot(_ name: String, _ kind: Numeric.Kind) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (size, place) = (try size(tracer, values, range), try integer(values, 1, range))
      return .numeric(Numeric(kind, (0..<size).map { $0 + 1 == place ? 1 : 0 }))
    }
  }

  /// The first argument as a number of elements to make.
  private static func size(_ tracer: Tracer, _ values: [Value], _ range: SourceRange) throws(StanDiagnostic)
    -> Int
  {
    let size = try count(values, 0, range)
    try tracer.charge(size, at: range)
    return size
  }

  private static func join(_ name: String, _ isMatrix: @escaping @Sendable (Numeric, Numeric) -> Bool)
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (try numeric(values, 0, range), try numeric(values, 1, range))
      guard isMatrix(x, y) else { return .numeric(Numeric.concatenated([x, y], .vector)) }
      try tracer.require(x, y, x.columns == y.columns, at: range)
      return .numeric(
        Numeric.concatenated([x.asVector, y.asVector], .vector)
          .shaped(.matrix, rows: x.rows + y.rows, columns: x.columns))
    }
  }

  private static func flattenedInts(_ parts: [Value]) -> [Int]? {
    var ints: [Int] = []
    for part in parts {
      switch part {
      case .ints(let numbers, _): ints += numbers
      case .array(let inner):
        guard let numbers = flattenedInts(inner) else { return nil }
        ints += numbers
      default: return nil
      }
    }
    return ints
  }

  /// Of an array of rows, of a vector, or of a vector with sizes, column by column unless asked otherwise.
  private static func matrix(of values: [Value], _ range: SourceRange) throws(StanDiagnostic) -> Value {
    if values.count == 1, case .array(let rows) = values[0] {
      let parts = rows.compactMap { $0.asNumeric?.asVector }
      let width = parts.first?.count ?? 0
      return .numeric(
        Numeric.concatenated(parts, .vector).shaped(.matrix, rows: parts.count, columns: width))
    }
    let x = try numeric(values, 0, range)
    if values.count == 1 {
      return .numeric(x.shaped(.matrix, rows: x.kind == .array ? 0 : x.rows, columns: x.columns))
    }
    let (rows, columns) = (try count(values, 1, range), try count(values, 2, range))
    guard rows.multipliedReportingOverflow(by: columns) == (x.count, false) else {
      throw StanDiagnostic(
        at: range, what: "\(x.count) elements do not fill \(rows) by \(columns)", fix: "give sizes that fit")
    }
    let isByColumn = values.count < 4 ? true : try integer(values, 3, range) != 0
    let flat = x.columnMajor
    if !isByColumn { return .numeric(flat.shaped(.matrix, rows: rows, columns: columns)) }
    let places = (0..<rows).flatMap { row in (0..<columns).map { $0 * rows + row } }
    return .numeric(flat.picked(places, .matrix, rows: rows, columns: columns))
  }
}

extension Int {
  /// The integer part, within what an integer holds; 0 of NaN.
  init(clamping value: Double) {
    self = value.isNaN ? 0 : value >= 9e18 ? .max : value <= -9e18 ? .min : Int(value)
  }
}
