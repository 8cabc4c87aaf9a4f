/// Cells as readers see them.
enum CellText {
  /// The texts of every column, numbers of a right-aligned column padded behind so that their points align.
  static func columns(of table: Table, missing: String) -> [[String]] {
    table.columns.indices.map { index in
      let cells = table.rows.map { $0[index] }
      let texts = cells.map { text($0, missing: missing) }
      guard table.columns[index].alignment == .right else { return texts }
      let fractions = zip(cells, texts).map { fractionLength($0, $1) }
      let longest = fractions.compactMap { $0 }.max() ?? 0
      return zip(texts, fractions).map { text, fraction in
        fraction.map { text + String(repeating: " ", count: longest - $0) } ?? text
      }
    }
  }

  private static func text(_ cell: Table.Cell, missing: String) -> String {
    switch cell {
    case .text(let text): VisibleText.escaped(text)
    case .integer(let number): "\(number)"
    case .number(let number, let digits): NumberText.fixed(number, digits: digits)
    case .missing: missing
    }
  }

  /// The length from the decimal point on, 0 of a number without one; nil of what is no number.
  private static func fractionLength(_ cell: Table.Cell, _ text: String) -> Int? {
    switch cell {
    case .integer: 0
    case .number(let number, _) where number.isFinite: text.utf8.firstIndex(of: 0x2E).map { text.utf8[$0...].count } ?? 0
    default: nil
    }
  }
}
