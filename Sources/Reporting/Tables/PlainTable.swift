/// A listing for a terminal: columns two spaces apart, numbers aligned at the decimal point.
///
/// It is made to fit 80 columns: folded into blocks where it has key columns to repeat, and with its longest
/// texts shortened where a block is still too wide. Numbers are never cut.
enum PlainTable {
  private static let preferredWidth = 80
  private static let shortestText = 12
  private static let longestHeader = 24

  private struct Column {
    var header: String
    var cells: [String]
    var alignment: Table.Alignment
    var isKey: Bool
    var width: Int
  }

  static func render(_ table: Table) -> String {
    let texts = CellText.columns(of: table, missing: "-")
    let columns = zip(table.columns, texts).map { column, cells in
      let header = VisibleText.escaped(column.title)
      return Column(
        header: header, cells: cells, alignment: column.alignment, isKey: column.isKey,
        width: (cells + [header]).map(VisibleText.width).max() ?? 0)
    }
    return blocks(columns).map { lines(shrunk($0)) }.joined(separator: "\n")
  }

  /// The columns in as many blocks as it takes, each led by the key columns.
  private static func blocks(_ columns: [Column]) -> [[Column]] {
    let keys = columns.filter(\.isKey)
    guard !keys.isEmpty, width(columns) > preferredWidth else { return [columns] }
    var blocks: [[Column]] = []
    for column in columns where !column.isKey {
      if let last = blocks.last, width(last + [column]) <= preferredWidth {
        blocks[blocks.count - 1].append(column)
      } else {
        blocks.append(keys + [column])
      }
    }
    return blocks.isEmpty ? [keys] : blocks
  }

  private static func width(_ columns: [Column]) -> Int {
    columns.map(\.width).reduce(0, +) + 2 * max(columns.count - 1, 0)
  }

  /// Takes the excess over the preferred width from the widest columns of text, one letter at a time.
  private static func shrunk(_ columns: [Column]) -> [Column] {
    var columns = columns
    var excess = width(columns) - preferredWidth
    let candidates = columns.indices.filter { columns[$0].alignment == .left }
    let floors = columns.map { max(shortestText, min(VisibleText.width($0.header), longestHeader)) }
    while excess > 0, let widest = candidates.max(by: { columns[$0].width < columns[$1].width }),
      columns[widest].width > floors[widest]
    {
      columns[widest].width -= 1
      excess -= 1
    }
    return columns
  }

  private static func lines(_ columns: [Column]) -> String {
    let rows = columns.first?.cells.count ?? 0
    let head = [columns.map { pad($0.header, $0) }, columns.map { String(repeating: "-", count: $0.width) }]
    let body = (0..<rows).map { row in columns.map { pad($0.cells[row], $0) } }
    return (head + body).map { cells in
      String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    .joined()
  }

  private static func pad(_ text: String, _ column: Column) -> String {
    let shown = VisibleText.shortened(text, to: column.width)
    let space = String(repeating: " ", count: max(column.width - VisibleText.width(shown), 0))
    return column.alignment == .left ? shown + space : space + shown
  }
}
