/// Cells as readers see them.
enum CellText {
  /// The texts of every column that readers get, numbers of a right-aligned column padded behind so that their points
  /// align.
  static func columns(of table: Table, missing: String) -> [[String]] {
    table.shown.map { index in
      // The runs of a cell stand together: a number is often that of the row before.
      var last: (cell: Table.Cell, text: String) = (.missing, missing)
      var texts = table.rows.map { row in
        guard case .number = row[index] else { return text(row[index], missing: missing) }
        if row[index] != last.cell { last = (row[index], text(row[index], missing: missing)) }
        return last.text
      }
      guard table.columns[index].alignment == .right else { return texts }
      let fractions = texts.indices.map { fractionLength(table.rows[$0][index], texts[$0]) }
      let longest = fractions.reduce(0) { max($0, $1 ?? 0) }
      for (row, fraction) in fractions.enumerated() {
        if let fraction, fraction < longest {
          texts[row] += String(repeating: " ", count: longest - fraction)
        }
      }
      return texts
    }
  }

  private static func text(_ cell: Table.Cell, missing: String) -> String {
    switch cell {
    case .text(let text): VisibleText.escaped(text)
    case .integer(let number): "\(number)"
    case .number(let number, let digits): NumberText.fixed(number, digits: digits)
    case .probability(let number): NumberText.probability(number)
    case .missing: missing
    }
  }

  /// The length from the decimal point on, 0 of a number without one; nil of what is no number.
  private static func fractionLength(_ cell: Table.Cell, _ text: String) -> Int? {
    switch cell {
    case .integer: 0
    case .number(let number, _) where number.isFinite, .probability(let number) where number.isFinite:
      text.utf8.firstIndex(of: 0x2E).map { text.utf8[$0...].count } ?? 0
    default: nil
    }
  }
}
