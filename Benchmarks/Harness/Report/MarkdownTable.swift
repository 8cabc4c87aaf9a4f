/// A table in markdown, its columns aligned in the source too.
package func markdownTable(_ header: [String], _ rows: [[String]], rightAligned: Set<Int> = []) -> String {
  let cells = ([header] + rows).map { row in row.map { $0.replacing("|", with: "\\|") } }
  let widths = header.indices.map { column in max(3, cells.map { $0[column].count }.max() ?? 3) }
  func line(_ row: [String]) -> String {
    let padded = row.enumerated().map { column, cell in
      let space = String(repeating: " ", count: widths[column] - cell.count)
      return rightAligned.contains(column) ? space + cell : cell + space
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
  let rule = header.indices.map { column in
    let dashes = String(repeating: "-", count: widths[column] - 1)
    return rightAligned.contains(column) ? dashes + ":" : "-" + dashes
  }
  return ([line(cells[0]), "| " + rule.joined(separator: " | ") + " |"] + cells.dropFirst().map(line))
    .joined(separator: "\n")
}
