import Foundation

/// A page as an article of LaTeX: tables by booktabs, pictures as PDF files beside it.
package enum LaTeXPage {
  package static func render(_ blocks: [DocumentBlock]) -> String {
    let body = blocks.map(latex).joined(separator: "\n\n")
    return """
      % Compile with pdflatex, lualatex or xelatex in this folder.
      \\documentclass[a4paper]{article}
      \\usepackage[margin=25mm]{geometry}
      \\usepackage{iftex}
      \\ifPDFTeX
      \\usepackage[utf8]{inputenc}
      \\usepackage[T1]{fontenc}
      \\usepackage{textcomp}
      \\usepackage{lmodern}
      \\else
      \\usepackage{fontspec}
      \\fi
      \\usepackage{booktabs,longtable,graphicx,float}
      \\setlength{\\parindent}{0pt}
      \\setlength{\\parskip}{6pt plus 2pt}
      \\emergencystretch=3em
      \\begin{document}

      \(body)

      \\end{document}

      """
  }

  private static func latex(_ block: DocumentBlock) -> String {
    switch block {
    case .heading(1, let text): return "\\section*{\\LARGE \(inline(text))}"
    case .heading(2, let text): return "\\section*{\(inline(text))}"
    case .heading(_, let text): return "\\subsection*{\(inline(text))}"
    case .paragraph(let text): return inline(text)
    case .items(let items):
      return "\\begin{itemize}\n" + items.map { "\\item \(inline($0))\n" }.joined() + "\\end{itemize}"
    case .table(let table): return self.table(table)
    case .folded(let title, let table): return "\(inline(title))\n\n\(self.table(table))"
    case .picture(let picture): return figure(picture)
    case .code(let text, _): return code(text)
    }
  }

  private static func figure(_ picture: DocumentPicture) -> String {
    let caption = picture.caption.isEmpty ? picture.title : "\(picture.title): \(picture.caption)"
    let file = picture.file(picture.isDrawn ? "pdf" : "png")
    return """
      \\begin{figure}[H]
      \\centering
      \\includegraphics[width=\\linewidth]{\(file)}
      \\caption{\(LaTeXProse.escaped(caption))}
      \\end{figure}
      """
  }

  private static let mostRows = 40

  /// A table that is too wide is made smaller, one that is too long goes over several pages.
  private static func table(_ table: Table) -> String {
    let columns = table.shown.map { table.columns[$0] }
    guard !columns.isEmpty else { return "" }
    let texts = CellText.columns(of: table, missing: "--")
    let kinds = columns.map { column in
      column.isProse ? "p{60mm}" : column.alignment == .right ? "r" : "l"
    }.joined()
    let head = columns.map { LaTeXProse.escaped($0.title) }.joined(separator: " & ") + " \\\\"
    let rows = table.rows.indices.map { row in
      columns.indices.map { LaTeXProse.cell(texts[$0][row]) }.joined(separator: " & ") + " \\\\"
    }.joined(separator: "\n")
    guard table.rows.count > mostRows else {
      return """
        \\begin{center}
        \\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%
        \\begin{tabular}{\(kinds)}
        \\toprule
        \(head)
        \\midrule
        \(rows)
        \\bottomrule
        \\end{tabular}}
        \\end{center}
        """
    }
    return """
      {\\footnotesize\\setlength{\\tabcolsep}{3pt}
      \\begin{longtable}{\(kinds)}
      \\toprule
      \(head)
      \\midrule
      \\endhead
      \(rows)
      \\bottomrule
      \\end{longtable}}
      """
  }

  /// Lines as they are, without a verbatim environment that a line could end.
  private static func code(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      "\\mbox{}\(LaTeXProse.code(String(line)))"
    }
    let shown = lines.last == "\\mbox{}" ? lines.dropLast() : lines[...]
    return "{\\footnotesize\\ttfamily\\raggedright\n" + shown.joined(separator: "\\\\\n") + "\\par}"
  }

  private static func inline(_ text: RichText) -> String {
    text.runs.map { isStrong, spans in
      let shown = spans.map { span in
        span.isCode ? "\\texttt{\(LaTeXProse.code(span.text))}" : LaTeXProse.escaped(span.text)
      }.joined()
      return isStrong ? "\\textbf{\(shown)}" : shown
    }.joined()
  }
}
