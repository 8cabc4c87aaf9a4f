/// A listing for a terminal: columns two spaces apart, numbers aligned at the decimal point.
enum PlainTable {
  /// The width that a listing is made to fit by shortening its longest texts; numbers are never cut.
  private static let preferredWidth = 80
  private static let shortestText = 12
  private static let longestHeader = 24

  static func render(_ table: Table) -> String {
    let texts = CellText.columns(of: table, missing: "-")
    let headers = table.columns.map { VisibleText.escaped($0.title) }
    var widths = zip(headers, texts).map { header, cells in
      (cells + [header]).map(VisibleText.width).max() ?? 0
    }
    shrink(&widths, table, headers: headers)
    let lines =
      [headers, widths.map { String(repeating: "-", count: $0) }]
      + table.rows.indices.map { row in texts.map { $0[row] } }
    return lines.map { line in
      let cells = line.indices.map { pad(line[$0], to: widths[$0], table.columns[$0].alignment) }
      let text = cells.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed())
    }
    .joined(separator: "\n") + "\n"
  }

  /// Takes the excess over the preferred width from the widest columns of text, one letter at a time.
  private static func shrink(_ widths: inout [Int], _ table: Table, headers: [String]) {
    var excess = widths.reduce(0, +) + 2 * max(widths.count - 1, 0) - preferredWidth
    let candidates = widths.indices.filter { table.columns[$0].alignment == .left }
    let floors = headers.map { max(shortestText, min(VisibleText.width($0), longestHeader)) }
    while excess > 0, let widest = candidates.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > floors[widest]
    {
      widths[widest] -= 1
      excess -= 1
    }
  }

  private static func pad(_ text: String, to width: Int, _ alignment: Table.Alignment) -> String {
    let shown = VisibleText.shortened(text, to: width)
    let space = String(repeating: " ", count: max(width - VisibleText.width(shown), 0))
    return alignment == .left ? shown + space : space + shown
  }
}
