/// A listing as a GitHub-flavoured markdown table, aligned so that its source can be read too.
enum MarkdownTable {
  static func render(_ table: Table) -> String {
    let columns = table.shown.map { table.columns[$0] }
    let texts = CellText.columns(of: table, missing: "-").map { cells in
      cells.map { Markdown.escaped(trimmed($0)) }
    }
    let headers = columns.map { Markdown.escaped(VisibleText.escaped($0.title)) }
    let widths = zip(headers, texts).map { header, cells in
      max((cells + [header]).map(VisibleText.width).max() ?? 0, 3)
    }
    let rule = zip(widths, columns).map { width, column in
      column.alignment == .left
        ? String(repeating: "-", count: width) : String(repeating: "-", count: width - 1) + ":"
    }
    let lines = [headers, rule] + table.rows.indices.map { row in texts.map { $0[row] } }
    return lines.map { line in
      let cells = line.indices.map { pad(line[$0], to: widths[$0], columns[$0].alignment) }
      return "| " + cells.joined(separator: " | ") + " |"
    }
    .joined(separator: "\n") + "\n"
  }

  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " }.reversed())
  }

  private static func pad(_ text: String, to width: Int, _ alignment: Table.Alignment) -> String {
    let space = String(repeating: " ", count: max(width - VisibleText.width(text), 0))
    return alignment == .left ? text + space : space + text
  }
}
