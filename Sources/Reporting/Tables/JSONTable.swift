/// A listing as a JSON array with one object per row; numbers are exact, what is no number is null.
enum JSONTable {
  static func render(_ table: Table) -> String {
    let rows = table.rows.map { row in
      "  {"
        + zip(table.columns, row).map { column, cell in "\(string(column.key)): \(text(cell))" }
        .joined(separator: ", ") + "}"
    }
    return rows.isEmpty ? "[]\n" : "[\n" + rows.joined(separator: ",\n") + "\n]\n"
  }

  static func text(_ cell: Table.Cell) -> String {
    switch cell {
    case .text(let text): string(text)
    case .integer(let number): "\(number)"
    case .number(let number, _), .probability(let number):
      number.isFinite ? NumberText.exact(number) : "null"
    case .missing: "null"
    }
  }

  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        || [0x2028, 0x2029].contains(scalar.value):
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
