/// A listing for a terminal: columns two spaces apart, numbers aligned at the decimal point.
///
/// It is made to fit 80 columns: optional columns are left out, then its longest texts are shortened, and where that is
/// not enough it is folded into blocks that repeat the key columns. Numbers are never cut, and key columns only where all else fails.
enum PlainTable {
  private static let preferredWidth = 80
  private static let shortestText = 12
  private static let longestHeader = 24

  private struct Column {
    var header: String
    var cells: [String]
    /// The widths of the cells.
    var widths: [Int]
    var alignment: Table.Alignment
    var isKey: Bool
    var isProse: Bool
    var isOptional: Bool
    var width: Int
  }

  static func render(_ table: Table) -> String {
    let texts = CellText.columns(of: table, missing: "-")
    var columns = zip(table.shown, texts).map { place, cells in
      let column = table.columns[place]
      let header = VisibleText.escaped(column.title)
      let widths = cells.map(VisibleText.width)
      return Column(
        header: header, cells: cells, widths: widths, alignment: column.alignment, isKey: column.isKey,
        isProse: column.isProse, isOptional: column.isOptional,
        width: max(VisibleText.width(header), widths.max() ?? 0))
    }
    var optional: [Column] = []
    while width(columns) > preferredWidth, let last = columns.lastIndex(where: \.isOptional) {
      optional.insert(columns.remove(at: last), at: 0)
    }
    let whole = shrunk(columns, sparingKeys: true)
    if width(whole) <= preferredWidth { return lines(whole) }
    return blocks(columns, optional).map { lines(shrunk(shrunk($0, sparingKeys: true))) }.joined(
      separator: "\n")
  }

  /// The columns in as many blocks as it takes, each led by the key columns; the last takes the optional ones that it has
  /// room for.
  private static func blocks(_ columns: [Column], _ optional: [Column]) -> [[Column]] {
    let keys = columns.filter(\.isKey)
    guard !keys.isEmpty else { return [columns] }
    var blocks: [[Column]] = []
    for column in columns where !column.isKey {
      if let last = blocks.last, width(last + [column]) <= preferredWidth {
        blocks[blocks.count - 1].append(column)
      } else {
        blocks.append(keys + [column])
      }
    }
    for column in optional {
      guard let last = blocks.last, width(last + [column]) <= preferredWidth else { break }
      blocks[blocks.count - 1].append(column)
    }
    return blocks.isEmpty ? [keys] : blocks
  }

  private static func width(_ columns: [Column]) -> Int {
    columns.map(\.width).reduce(0, +) + 2 * max(columns.count - 1, 0)
  }

  /// Takes the excess over the preferred width from the widest columns of text, one letter at a time; from their
  /// headers last.
  private static func shrunk(_ columns: [Column], sparingKeys: Bool = false) -> [Column] {
    var columns = columns
    var excess = width(columns) - preferredWidth
    let candidates = columns.indices.filter {
      columns[$0].alignment == .left && !(sparingKeys && columns[$0].isKey)
    }
    let withHeaders = columns.map { max(shortestText, min(VisibleText.width($0.header), longestHeader)) }
    for floors in [withHeaders, columns.map { _ in shortestText }] {
      while excess > 0,
        let widest = candidates.filter({ columns[$0].width > floors[$0] })
          .max(by: { columns[$0].width < columns[$1].width })
      {
        columns[widest].width -= 1
        excess -= 1
      }
    }
    return columns
  }

  private static func lines(_ columns: [Column]) -> String {
    var text: [UInt8] = []
    append(columns, to: &text) { measured(columns[$0].header) }
    append(columns, to: &text) { (String(repeating: "-", count: columns[$0].width), columns[$0].width) }
    let hasProse = columns.contains(where: \.isProse)
    for row in 0..<(columns.first?.cells.count ?? 0) {
      if hasProse {
        for line in lines(of: row, columns) { append(columns, to: &text) { measured(line[$0]) } }
      } else {
        append(columns, to: &text) { (columns[$0].cells[row], columns[$0].widths[row]) }
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// One row as the lines that its sentences take; all else stands on the first.
  private static func lines(of row: Int, _ columns: [Column]) -> [[String]] {
    let cells = columns.map { column in
      column.isProse ? TextWrap.lines(column.cells[row], width: column.width) : [column.cells[row]]
    }
    return (0..<(cells.map(\.count).max() ?? 1)).map { line in
      cells.map { line < $0.count ? $0[line] : "" }
    }
  }

  /// Adds a line, without the blanks at its end.
  private static func append(
    _ columns: [Column], to text: inout [UInt8], _ cell: (_ column: Int) -> (text: String, width: Int)
  ) {
    let start = text.count
    for index in columns.indices {
      if index > 0 { append(blanks: 2, to: &text) }
      var (shown, width) = cell(index)
      if width > columns[index].width {
        (shown, width) = measured(VisibleText.shortened(shown, to: columns[index].width))
      }
      let space = columns[index].width - width
      if columns[index].alignment == .right { append(blanks: space, to: &text) }
      text.append(contentsOf: shown.utf8)
      if columns[index].alignment == .left { append(blanks: space, to: &text) }
    }
    while text.count > start, text.last == UInt8(ascii: " ") { text.removeLast() }
    text.append(UInt8(ascii: "\n"))
  }

  private static func measured(_ text: String) -> (text: String, width: Int) {
    (text, VisibleText.width(text))
  }

  private static func append(blanks count: Int, to text: inout [UInt8]) {
    for _ in 0..<max(count, 0) { text.append(UInt8(ascii: " ")) }
  }
}
