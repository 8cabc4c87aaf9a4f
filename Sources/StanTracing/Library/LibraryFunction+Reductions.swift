import StanLanguage

extension LibraryFunction {
  /// Numbers of containers (Stan Functions Reference, "Array operations" and "Matrix operations: reductions").
  static let reductions: [LibraryFunction] = [
    LibraryFunction("sum") { tracer, values, range throws(StanDiagnostic) in
      if case .ints(let numbers, let origin) = values[0] { return .int(numbers.reduce(0, &+), origin) }
      return .numeric(tracer.graph.sum(try numeric(values, 0, range)))
    },
    reduction("mean") { x throws(LibraryProblem) in try x.required(1).sum * (1 / Double(x.count)) },
    reduction("variance") { x throws(LibraryProblem) in try x.required(1).variance },
    reduction("sd") { x throws(LibraryProblem) in try x.required(1).variance.squareRoot },
    reduction("dot_self") { x in x.squared.sum },
    reduction("norm2") { x in x.squared.sum.squareRoot },
    reduction("norm1") { x in x.absolute.sum },
    LibraryFunction("prod") { tracer, values, range throws(StanDiagnostic) in
      if case .ints(let numbers, let origin) = values[0] { return .int(numbers.reduce(1, &*), origin) }
      let x = try numeric(values, 0, range)
      if let constants = x.constants { return .real(constants.reduce(1, *), x.origin) }
      var product = Quantity(tracer: tracer, value: x.scalar(0))
      for place in 1..<max(1, x.count) {
        product = product * Quantity(tracer: tracer, value: x.scalar(place))
      }
      return .numeric(product.value)
    },
    LibraryFunction("log_sum_exp") { tracer, values, range throws(StanDiagnostic) in
      if values.count == 2 {
        return try pair("log_sum_exp") { $0.logSumExp($1) }.body(tracer, values, range)
      }
      return .numeric(tracer.graph.logSumExp(try numeric(values, 0, range)))
    },
    extreme("max", isLargest: true),
    extreme("min", isLargest: false),
    LibraryFunction("dot_product") { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(x, y, x.count == y.count, at: range)
      return x.count == 0 ? .real(0) : .numeric(tracer.graph.dot(x, y))
    },
    LibraryFunction("rows_dot_product") { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(x, y, x.rows == y.rows && x.columns == y.columns, at: range)
      return .numeric(tracer.rowSums(tracer.graph.multiply(x, y)))
    },
    LibraryFunction("columns_dot_product") { tracer, values, range throws(StanDiagnostic) in
      let (x, y) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(x, y, x.rows == y.rows && x.columns == y.columns, at: range)
      let sums = tracer.rowSums(tracer.graph.multiply(x, y).transposed)
      return .numeric(sums.shaped(.rowVector, rows: 1, columns: sums.count))
    },
    LibraryFunction("rows_dot_self") { tracer, values, range throws(StanDiagnostic) in
      .numeric(tracer.rowSums(tracer.graph.map(.square, try numeric(values, 0, range))))
    },
    LibraryFunction("columns_dot_self") { tracer, values, range throws(StanDiagnostic) in
      let sums = tracer.rowSums(tracer.graph.map(.square, try numeric(values, 0, range)).transposed)
      return .numeric(sums.shaped(.rowVector, rows: 1, columns: sums.count))
    },
    LibraryFunction("squared_distance") { tracer, values, range throws(StanDiagnostic) in
      let difference = try tracer.combined(
        .subtract, values[0], transposedLike(values[1], values[0]), at: range)
      return .numeric(tracer.graph.sum(tracer.graph.map(.square, try numeric([difference], 0, range))))
    },
    LibraryFunction("distance") { tracer, values, range throws(StanDiagnostic) in
      let difference = try tracer.combined(
        .subtract, values[0], transposedLike(values[1], values[0]), at: range)
      let sum = tracer.graph.sum(tracer.graph.map(.square, try numeric([difference], 0, range)))
      return .numeric(tracer.graph.map(.squareRoot, sum))
    },
    LibraryFunction("quantile") { _, values, range throws(StanDiagnostic) in
      let sorted = try constants(values, 0, range).sorted()
      let chances = try constants(values, 1, range)
      guard !sorted.isEmpty else {
        throw StanDiagnostic(at: range, what: "there are no values", fix: "give some")
      }
      let quantiles = chances.map { chance in
        let place = Double(sorted.count - 1) * chance
        let low = Int(place.rounded(.down))
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
      }
      return values[1].asNumeric?.kind == .real ? .real(quantiles[0]) : .numeric(Numeric(.array, quantiles))
    },
  ]

  /// The second vector with the orientation of the first.
  private static func transposedLike(_ value: Value, _ other: Value) -> Value {
    guard let x = value.asNumeric, let y = other.asNumeric else { return value }
    return .numeric(x.shaped(y.kind, rows: y.rows, columns: y.columns))
  }

  /// The largest or smallest of integers, of two numbers, or of the elements.
  private static func extreme(_ name: String, isLargest: Bool) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      var ints: [Int] = []
      for value in values {
        if case .int(let number, _) = value { ints.append(number) }
        if case .ints(let numbers, _) = value { ints += numbers }
      }
      let isInteger = values.allSatisfy { value in
        switch value {
        case .int, .ints: true
        default: false
        }
      }
      if isInteger, let first = ints.first {
        return .int(ints.reduce(first) { isLargest ? max($0, $1) : min($0, $1) }, [])
      }
      let x = try numeric([.array(values)], 0, range)
      guard x.count > 0 else { return .real(isLargest ? -.infinity : .infinity) }
      if let constants = x.constants {
        return .real(constants.reduce(constants[0]) { isLargest ? max($0, $1) : min($0, $1) }, x.origin)
      }
      var best = Quantity(tracer: tracer, value: x.scalar(0))
      for place in 1..<x.count {
        let next = Quantity(tracer: tracer, value: x.scalar(place))
        best = isLargest ? best.maximum(next) : best.minimum(next)
      }
      return .numeric(best.value)
    }
  }
}

extension Quantity {
  /// This, where it has at least so many elements.
  func required(_ least: Int) throws(LibraryProblem) -> Quantity {
    if count >= least { return self }
    throw LibraryProblem(what: "there are \(count) elements", fix: "give at least \(least)")
  }

  /// The sample variance, with divisor n − 1; 0 of one element.
  var variance: Quantity {
    if count < 2 { return constant(0) }
    let mean = (1 / Double(count)) * sum
    return (1 / Double(count - 1)) * (self - mean).squared.sum
  }
}

extension Quantity {
  static func * (a: Quantity, b: Double) -> Quantity { b * a }
}

extension Tracer {
  /// The sum of each row of a matrix, as a vector.
  func rowSums(_ x: Numeric) -> Numeric {
    if let values = x.constants {
      return Numeric(
        .vector, (0..<x.rows).map { row in values[row * x.columns..<(row + 1) * x.columns].reduce(0, +) },
        x.origin)
    }
    return Numeric(.vector, rows: x.rows, .node(graph.sumRows(graph.node(of: x), rows: x.rows)), x.origin)
  }
}
