/// A page as GitHub-flavoured markdown.
package enum MarkdownPage {
  package static func render(_ blocks: [DocumentBlock]) -> String {
    blocks.map(text).joined(separator: "\n\n") + "\n"
  }

  private static func text(_ block: DocumentBlock) -> String {
    switch block {
    case .heading(let level, let text): return String(repeating: "#", count: level) + " " + inline(text)
    case .paragraph(let text): return inline(text)
    case .items(let items): return items.map { "- " + inline($0) }.joined(separator: "\n")
    case .table(let table): return trimmed(MarkdownTable.render(table))
    case .folded(let title, let table):
      let summary = title.spans.map { Markdown.html($0.text) }.joined()
      return "<details><summary>\(summary)</summary>\n\n\(trimmed(MarkdownTable.render(table)))\n\n</details>"
    case .picture(let picture): return self.picture(picture)
    case .code(let text, let language): return trimmed(Markdown.fenced(text, language: language))
    }
  }

  private static func picture(_ picture: DocumentPicture) -> String {
    let title = Markdown.escaped(picture.title)
    let image = "![\(title)](\(picture.file("png")))"
    guard picture.isDrawn else {
      return "\(image)\n\n*\(title)*"
        + (picture.caption.isEmpty ? "" : ": \(Markdown.escaped(picture.caption))")
    }
    return
      "\(image)\n\n[SVG](\(picture.file("svg"))) · redraw with `gnuplot \(picture.name).gp` in `plots/\(picture.name)`"
  }

  package static func inline(_ text: RichText) -> String {
    text.runs.map { isStrong, spans in
      let shown = spans.map { span in
        if span.isCode { return Markdown.code(span.text) }
        let escaped = Markdown.escaped(span.text)
        return span.target.map { "[\(escaped)](#\($0))" } ?? escaped
      }.joined()
      return isStrong ? "**\(shown)**" : shown
    }.joined()
  }

  private static func trimmed(_ text: String) -> String {
    text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}
