/// A listing as comma-separated values (RFC 4180) with exact numbers.
enum CSVTable {
  static func render(_ table: Table) -> String {
    let header = table.columns.map { quoted(neutral($0.key)) }
    let rows = table.rows.map { $0.map(text) }
    return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func text(_ cell: Table.Cell) -> String {
    switch cell {
    case .text(let text): quoted(neutral(text))
    case .integer(let number): "\(number)"
    case .number(let number, _), .probability(let number): NumberText.exact(number)
    case .missing: ""
    }
  }

  /// A text that a spreadsheet would run as a formula gets an apostrophe in front.
  private static func neutral(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, "=+-@\t\r\n".unicodeScalars.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func quoted(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
