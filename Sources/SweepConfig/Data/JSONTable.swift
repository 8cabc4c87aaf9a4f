import Inference

/// The columns of a JSON table: an object of equally long arrays, or an array of objects with the same keys.
///
/// In an object of arrays, scalars are ignored (`"J": 8`) and an array of arrays (`"X": [[1, 2], [3, 4]]`, a row
/// each) gives the columns `X.1`, `X.2`, …
func jsonColumns(_ bytes: ArraySlice<UInt8>, table: String) throws(TableProblem) -> [DataTable.Column] {
  var parser = JSONParser(bytes)
  let builders: [ColumnBuilder]
  switch try parser.parse() {
  case .object(let entries, _): builders = try columns(ofArrays: entries, table: table)
  case .list(let rows, _): builders = try columns(ofRows: rows, table: table)
  case .scalar(_, let line):
    throw TableProblem(
      line: line, "the file is a single value", fix: "use an object of arrays, or an array of objects")
  }
  guard let first = builders.first, first.count > 0 else {
    throw TableProblem(
      "the file has no columns of numbers", fix: "use an object of arrays, or an array of objects")
  }
  return builders.map(\.column)
}

private func columns(ofArrays entries: [(key: String, value: JSONValue)], table: String)
  throws(TableProblem) -> [ColumnBuilder]
{
  var builders: [ColumnBuilder] = []
  var known: Set<String> = []
  for (key, value) in entries {
    guard case .list(let items, let line) = value else { continue }
    for builder in try columns(of: items, name: key, table: table) {
      guard known.insert(builder.name).inserted else {
        throw TableProblem(line: line, "column '\(builder.name)' appears twice", fix: "rename one of them")
      }
      if let first = builders.first, first.count != builder.count {
        throw TableProblem(
          line: line,
          "column '\(builder.name)' has \(builder.count) values and '\(first.name)' has \(first.count)",
          fix: "make the arrays equally long")
      }
      builders.append(builder)
    }
  }
  return builders
}

/// One column of scalars, or one for each place of the inner arrays.
private func columns(of items: [JSONValue], name: String, table: String) throws(TableProblem)
  -> [ColumnBuilder]
{
  guard case .list(let firstRow, _)? = items.first else {
    var builder = ColumnBuilder(name: name)
    for item in items { try builder.append(item, table: table) }
    return [builder]
  }
  var builders = firstRow.indices.map { ColumnBuilder(name: "\(name).\($0 + 1)") }
  for item in items {
    guard case .list(let row, _) = item, row.count == builders.count else {
      throw TableProblem(
        line: item.line, "the rows of '\(name)' have different lengths",
        fix: "make the inner arrays equally long")
    }
    for (index, value) in row.enumerated() { try builders[index].append(value, table: table) }
  }
  return builders
}

private func columns(ofRows rows: [JSONValue], table: String) throws(TableProblem) -> [ColumnBuilder] {
  guard case .object(let first, _)? = rows.first else {
    throw TableProblem(
      line: rows.first?.line, "a row is not an object", fix: "write each row as {\"column\": value}")
  }
  var builders = first.map { ColumnBuilder(name: $0.key) }
  if let repeated = first.enumerated().first(where: { index, entry in
    first[..<index].contains { $0.key == entry.key }
  }) {
    throw TableProblem(
      line: rows.first?.line, "column '\(repeated.element.key)' appears twice", fix: "rename one of them")
  }
  for row in rows {
    guard case .object(let entries, let line) = row else {
      throw TableProblem(
        line: row.line, "a row is not an object", fix: "write each row as {\"column\": value}")
    }
    for index in builders.indices {
      guard let entry = entries.first(where: { $0.key == builders[index].name }) else {
        throw TableProblem(
          line: line, "the row has no '\(builders[index].name)'", fix: "give every row the keys of the first")
      }
      try builders[index].append(entry.value, table: table)
    }
    if let extra = entries.first(where: { entry in !builders.contains { $0.name == entry.key } }) {
      throw TableProblem(
        line: line, "the row has '\(extra.key)', which the first row has not",
        fix: "give every row the keys of the first")
    }
  }
  return builders
}

extension ColumnBuilder {
  fileprivate mutating func append(_ value: JSONValue, table: String) throws(TableProblem) {
    guard case .scalar(let text, let line) = value else {
      throw TableProblem(
        line: value.line, "column '\(name)' holds an array or an object", fix: "use a number for each cell")
    }
    append(text, at: "\(table):\(line)")
  }
}
