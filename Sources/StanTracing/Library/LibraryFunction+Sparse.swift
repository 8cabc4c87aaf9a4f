import StanLanguage

extension LibraryFunction {
  /// Matrices by their entries row by row: values, columns, and where each row starts (Stan Functions Reference, "Sparse matrix
  /// operations").
  static let sparse: [LibraryFunction] = [
    LibraryFunction("csr_extract_w") { _, values, range throws(StanDiagnostic) in
      let x = try matrix(values, range)
      let places = try entries(values, range).places
      return .numeric(x.picked(places, .vector, rows: places.count))
    },
    LibraryFunction("csr_extract_v") { _, values, range throws(StanDiagnostic) in
      .ints(try entries(values, range).columns, [])
    },
    LibraryFunction("csr_extract_u") { _, values, range throws(StanDiagnostic) in
      .ints(try entries(values, range).starts, [])
    },
    LibraryFunction("csr_extract") { _, values, range throws(StanDiagnostic) in
      let x = try matrix(values, range)
      let entries = try entries(values, range)
      let w = x.picked(entries.places, .vector, rows: entries.places.count)
      return .tuple([.numeric(w), .ints(entries.columns, []), .ints(entries.starts, [])])
    },
    LibraryFunction("csr_to_dense_matrix") { tracer, values, range throws(StanDiagnostic) in
      let sparse = try SparseArguments(values, range)
      try tracer.charge(sparse.rows, sparse.columns, at: range)
      let w = try numeric(values, 2, range)
      var places = [Int](repeating: w.count, count: sparse.rows * sparse.columns)
      for (row, entries) in sparse.entries.enumerated() {
        for entry in entries { places[row * sparse.columns + sparse.column[entry]] = entry }
      }
      let padded = Numeric.concatenated([w.asVector, Numeric(.vector, [0])], .vector)
      return .numeric(padded.picked(places, .matrix, rows: sparse.rows, columns: sparse.columns))
    },
    LibraryFunction("csr_matrix_times_vector") { tracer, values, range throws(StanDiagnostic) in
      let sparse = try SparseArguments(values, range)
      let (w, b) = (try numeric(values, 2, range), try numeric(values, 5, range))
      guard b.count == sparse.columns else {
        throw StanDiagnostic(
          at: range, what: "a matrix of \(sparse.columns) columns times a vector of \(b.count)",
          fix: "give as many")
      }
      var sums: [Numeric] = []
      for entries in sparse.entries {
        if entries.isEmpty {
          sums.append(Numeric(0))
          continue
        }
        let columns = entries.map { sparse.column[$0] }
        sums.append(
          tracer.graph.dot(
            w.picked(Array(entries), .vector, rows: entries.count),
            b.picked(columns, .vector, rows: columns.count)))
      }
      return .numeric(Numeric.concatenated(sums, .vector))
    },
  ]

  private static func matrix(_ values: [Value], _ range: SourceRange) throws(StanDiagnostic) -> Numeric {
    let x = try numeric(values, 0, range)
    if x.kind == .matrix { return x }
    throw StanDiagnostic(at: range, what: "the argument is no matrix", fix: "use a matrix")
  }

  /// The entries that are not 0; of a traced matrix all that are not known to be.
  private static func entries(_ values: [Value], _ range: SourceRange) throws(StanDiagnostic)
    -> (places: [Int], columns: [Int], starts: [Int])
  {
    let x = try matrix(values, range)
    var (places, columns, starts): ([Int], [Int], [Int]) = ([], [], [1])
    for row in 0..<x.rows {
      for column in 0..<x.columns {
        let place = row * x.columns + column
        if case .constant(0) = x.element(place) { continue }
        places.append(place)
        columns.append(column + 1)
      }
      starts.append(places.count + 1)
    }
    return (places, columns, starts)
  }
}

/// Sizes, columns and the entries of each row.
private struct SparseArguments {
  let rows: Int
  let columns: Int
  /// The column of each entry, from 0.
  let column: [Int]
  let entries: [Range<Int>]

  init(_ values: [Value], _ range: SourceRange) throws(StanDiagnostic) {
    rows = try LibraryFunction.count(values, 0, range)
    columns = try LibraryFunction.count(values, 1, range)
    let count = try LibraryFunction.numeric(values, 2, range).count
    let v = try Density.integers(values[3], at: range)
    let u = try Density.integers(values[4], at: range)
    let columns = columns
    let isValid =
      v.count == count && u.count == rows + 1 && u.first == 1 && u.last == count + 1
      && zip(u, u.dropFirst()).allSatisfy { $0 <= $1 } && v.allSatisfy { $0 >= 1 && $0 <= columns }
    guard isValid else {
      throw StanDiagnostic(
        at: range,
        what: "values, columns and starts of rows do not describe a matrix of \(rows) by \(columns)",
        fix: "give as many columns as values, and a start for each row and the end")
    }
    column = v.map { $0 - 1 }
    entries = zip(u, u.dropFirst()).map { $0 - 1..<$1 - 1 }
  }
}
