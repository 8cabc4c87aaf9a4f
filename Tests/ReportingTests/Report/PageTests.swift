import Foundation
import Reporting
import Testing

/// One report, three kinds of page.
@Suite struct PageTests {
  /// Names that would be commands, tags or formulas if they were not text.
  static let names = [
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'><img src=x onerror=alert(1)>",
    "\\input{/etc/passwd}",
    "\\write18{rm -rf /}", "$(rm -rf /)", "`id`", "a & b % c # d _ e ^ f ~ g {h} $i$", "}\\end{document}",
    "javascript:alert(1)",
    "line\nbreak", "nul\u{0}", "\u{202E}right to left", "**not strong**", "](http://example.org)",
    "\u{1B}[31mred",
    String(repeating: "x", count: 10_000), "日本語 και ελληνικά",
  ]

  private static func blocks(_ name: String) -> [DocumentBlock] {
    let table = Table(
      columns: [Table.Column(name), Table.Column("value", alignment: .right)],
      rows: [[.text(name), .number(1.5, digits: 2)], [.text("b"), .integer(3)]])
    return [
      .heading(1, "\(name)"), .paragraph("**Use \(code: name)**: \(name), see \(link: name, to: "verdict")."),
      .items(["\(name)"]), .table(table), .folded("\(name)", table),
      .picture(DocumentPicture(name: "p", title: name, caption: name, isDrawn: true)),
      .code(name, language: "sh"),
    ]
  }

  @Test("a name in HTML is no tag and no attribute", arguments: names)
  func html(name: String) throws {
    let page = HTMLPage.render(Self.blocks(name)) { _, suffix in suffix == "svg" ? Data("<svg/>".utf8) : nil }
    // With the tags that the page itself is made of taken away, no tag is left.
    let own =
      /<\/?(html|head|body|main|meta|title|style|h1|p|strong|code|a|ul|li|div|table|thead|tbody|tr|th|td|details|summary|figure|img|figcaption|pre)( (lang|charset|http-equiv|content|name|id|href|class|alt|src)="[^"<>]*")*>/
    let rest = page.replacing("<!DOCTYPE html>", with: "").replacing(own, with: "")
    #expect(!rest.contains("<") && !rest.contains(">"), "\(rest.prefix(2000))")
    #expect(page.contains("default-src 'none'; img-src data:"))
    #expect(!page.lowercased().contains("<script") && !page.contains("src=\"http"))
    #expect(!page.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0 == "\u{202E}" })
  }

  @Test("a name in LaTeX is no command", arguments: names)
  func latex(name: String) throws {
    let page = LaTeXPage.render(Self.blocks(name))
    let body = try #require(
      page.components(separatedBy: "\\begin{document}").last?.components(separatedBy: "\n\n\\end{document}")
        .first)
    // Every command is one that the page or the escaping of text writes.
    let known: Set = [
      "section", "subsection", "LARGE", "textbf", "texttt", "begin", "end", "item", "resizebox", "ifdim",
      "width", "linewidth",
      "else", "fi", "toprule", "midrule", "bottomrule", "centering", "includegraphics", "caption",
      "footnotesize", "ttfamily",
      "raggedright", "mbox", "par", "phantom", "allowbreak", "textbackslash", "textasciicircum",
      "textasciitilde", "textless",
      "textgreater", "textbar", "textquotedblright", "textquoteright", "textasciigrave", "allowbreak",
      "varepsilon",
      "lambda", "eta", "nu", "iota", "kappa", "alpha",
    ]
    for match in body.matches(of: /\\([A-Za-z]+|.)/) {
      let command = String(match.1)
      #expect(known.contains(command) || "{}$&#_%\\ ".contains(command), "\\\(command)")
    }
    let argument = /\\(?:begin|end)\{([^}]*)\}/
    let environments: Set = ["itemize", "center", "tabular", "figure"]
    for match in body.matches(of: argument) { #expect(environments.contains(String(match.1))) }
  }

  @Test("a hostile report compiles, where there is a LaTeX")
  func compiles() throws {
    let program = "/usr/bin/pdflatex"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      print("skipped: no pdflatex on this machine")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "wb-latex-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // A picture would need gnuplot; the rest of every page in one document.
    let blocks = Self.names.filter { $0.count < 1000 }.flatMap(Self.blocks).filter {
      if case .picture = $0 { false } else { true }
    }
    try Data(LaTeXPage.render(blocks).utf8).write(to: folder.appending(path: "page.tex"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = ["-interaction=nonstopmode", "-no-shell-escape", "page.tex"]
    process.currentDirectoryURL = folder
    let log = folder.appending(path: "out")
    try Data().write(to: log)
    process.standardOutput = try FileHandle(forWritingTo: log)
    try process.run()
    process.waitUntilExit()
    let said = String(decoding: try Data(contentsOf: log), as: UTF8.self)
    if said.contains(".sty' not found") { return print("skipped: LaTeX lacks a package") }
    #expect(process.terminationStatus == 0, "\(said.suffix(1500))")
  }

  @Test("literals mark code and strong text, and what is interpolated stays text")
  func richText() {
    let name = "a `b` **c**"
    #expect(
      MarkdownPage.inline("**Use \(code: "x")** and `y`: \(name)")
        == "**Use `x`** and `y`: a \\`b\\` \\*\\*c\\*\\*")
    #expect(MarkdownPage.inline("see \(link: "below", to: "end")") == "see [below](#end)")
  }

  @Test("numbers of a column end where those above them end")
  func alignment() {
    let table = Table(
      columns: [Table.Column("x", alignment: .right)],
      rows: [[.number(1.25, digits: 2)], [.integer(3)], [.number(2.5, digits: 1)]])
    let page = HTMLPage.render([.table(table)]) { _, _ in nil }
    #expect(
      page.contains(">1.25</td>") && page.contains(">3\u{2008}\u{2007}\u{2007}</td>")
        && page.contains(">2.5\u{2007}</td>"))
  }

  @Test("every kind of page of one store is the same to the byte when it is written again")
  func again() throws {
    func pages() throws -> [String] {
      let report = try Report(Fixture.grid().input, source: Fixture.grid())
      return [report.markdown, report.latex, report.html(besides: URL(fileURLWithPath: "/nowhere"))]
    }
    #expect(try pages() == pages())
  }

  @Test("a page comes in the order in which it is read")
  func order() throws {
    let report = try Report(Fixture.grid().input, source: Fixture.grid())
    let headings = report.blocks.compactMap { block in
      if case .heading(2, let text) = block { MarkdownPage.inline(text) } else { nil }
    }
    let wanted = [
      "Verdict", "What was asked", "Groups", "Pictures", "Can it be trusted", "What it cost", "Reproduce",
    ]
    #expect(headings.filter(wanted.contains) == wanted)
  }
}
