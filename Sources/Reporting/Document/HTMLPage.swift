package import Foundation

/// A page as one file of HTML: no scripts, nothing from elsewhere, its pictures in it.
package enum HTMLPage {
  /// - Parameter picture: the contents of a picture's file by its suffix, `svg` or `png`; nil where it is not there.
  package static func render(
    _ blocks: [DocumentBlock], picture: (DocumentPicture, _ suffix: String) -> Data?
  ) -> String {
    let title =
      blocks.lazy.compactMap { block in
        if case .heading(1, let text) = block { text.spans.map(\.text).joined() } else { nil }
      }.first ?? ""
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escaped(title))</title>
      <style>
      \(HTMLStyle.text)
      </style>
      </head>
      <body>
      <main>
      \(blocks.map { html($0, picture) }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// Nothing is loaded and nothing runs, whatever a name might smuggle in.
  private static let policy =
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  private static func html(_ block: DocumentBlock, _ picture: (DocumentPicture, String) -> Data?) -> String {
    switch block {
    case .heading(let level, let text):
      return "<h\(level) id=\"\(anchor(text))\">\(inline(text))</h\(level)>"
    case .paragraph(let text): return "<p>\(inline(text))</p>"
    case .items(let items): return "<ul>\n" + items.map { "<li>\(inline($0))</li>\n" }.joined() + "</ul>"
    case .table(let table): return self.table(table)
    case .folded(let title, let table):
      return "<details><summary>\(inline(title))</summary>\n\(self.table(table))\n</details>"
    case .picture(let shown): return figure(shown, picture)
    case .code(let text, _): return "<pre><code>\(escaped(text, keepsLines: true))</code></pre>"
    }
  }

  private static func figure(
    _ shown: DocumentPicture, _ picture: (DocumentPicture, String) -> Data?
  ) -> String {
    let kinds = [("svg", "image/svg+xml"), ("png", "image/png")]
    let found = kinds.compactMap { suffix, type in picture(shown, suffix).map { (type, $0) } }.first
    guard let (type, data) = found else {
      return "<p>No picture of \(escaped(shown.title)): it was not drawn.</p>"
    }
    let title = escaped(shown.title)
    let caption = shown.caption.isEmpty ? title : "\(title): \(escaped(shown.caption))"
    return """
      <figure>
      <img alt="\(title)" src="data:\(type);base64,\(data.base64EncodedString())">
      <figcaption>\(caption)</figcaption>
      </figure>
      """
  }

  /// Rows that are too wide for a phone scroll inside their own box.
  private static func table(_ table: Table) -> String {
    let columns = table.shown.map { table.columns[$0] }
    let texts = CellText.columns(of: table, missing: "–")
    func cell(_ name: String, _ column: Table.Column, _ text: String) -> String {
      let kind =
        column.alignment == .right ? "number" : column.isProse || text.count > longestLine ? "prose" : ""
      return "<\(name)\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(escaped(aligned(text)))</\(name)>"
    }
    let head = columns.map { cell("th", $0, VisibleText.escaped($0.title)) }.joined()
    let rows = table.rows.indices.map { row in
      "<tr>" + columns.indices.map { cell("td", columns[$0], texts[$0][row]) }.joined() + "</tr>\n"
    }
    return
      "<div class=\"wide\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(rows.joined())</tbody>\n</table></div>"
  }

  /// A longer text in a table is broken into lines.
  private static let longestLine = 40

  /// The spaces that align numbers, as wide as the point and the digits for which they stand.
  private static func aligned(_ text: String) -> String {
    let number = String(text.reversed().drop { $0 == " " }.reversed())
    let padding = text.count - number.count
    guard padding > 0 else { return text }
    let isWhole = !number.contains(".")
    return number + (isWhole ? "\u{2008}" : "")
      + String(repeating: "\u{2007}", count: padding - (isWhole ? 1 : 0))
  }

  private static func inline(_ text: RichText) -> String {
    text.runs.map { isStrong, spans in
      let shown = spans.map { span in
        let html = span.isCode ? "<code>\(escaped(span.text))</code>" : escaped(span.text)
        return span.target.map { "<a href=\"#\($0)\">\(html)</a>" } ?? html
      }.joined()
      return isStrong ? "<strong>\(shown)</strong>" : shown
    }.joined()
  }

  /// Where a link to a heading leads: as GitHub names headings, ASCII alone.
  private static func anchor(_ text: RichText) -> String {
    let words = text.spans.map(\.text).joined().lowercased()
    return String(
      words.compactMap { character in
        character.isASCII && (character.isLetter || character.isNumber)
          ? character : character == " " ? "-" : nil
      })
  }

  /// Text that is text in an element and between quotation marks, with everything that steers shown as an escape.
  ///
  /// - Parameter keepsLines: whether line feeds stay.
  static func escaped(_ text: String, keepsLines: Bool = false) -> String {
    let visible =
      keepsLines
      ? text.split(separator: "\n", omittingEmptySubsequences: false).map { VisibleText.escaped(String($0)) }
        .joined(separator: "\n")
      : VisibleText.escaped(text)
    return visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
