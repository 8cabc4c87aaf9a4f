import Foundation
import FoundationXML
import Plotting
import Testing

/// Labels are data, in every kind of figure and for every terminal.
@Suite struct HostileNameTests {
  @Test(
    "nothing in a name runs in gnuplot or breaks a figure",
    .enabled(if: hasGnuplot, "gnuplot is not installed"),
    arguments: hostileNames)
  func namesAreData(name: String) throws {
    try withTemporaryFolder { folder in
      for drawing in try FigureSamples.drawings(name) {
        // One bitmap of few colours and the text of LaTeX: other terminals get the labels of the first script.
        try write(drawing, drawing.script(for: [.svg, .tex]), in: folder)
        let drawn = try redraw("\(drawing.name).gp", in: folder)
        #expect(drawn.status == 0 && drawn.errors == "", "\(drawing.name): \(drawn.errors)")
        let svg = try Data(contentsOf: folder.appendingPathComponent("\(drawing.name).svg"))
        #expect(XMLParser(data: svg).parse(), "\(drawing.name).svg is well-formed XML")
        let text = String(decoding: svg, as: UTF8.self)
        #expect(!text.contains("<svg onload") && !text.contains("<script type"))
        #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\u{0}", "\u{9B}"].contains($0) })
        let tex = try String(
          contentsOf: folder.appendingPathComponent("\(drawing.name)-latex.tex"), encoding: .utf8)
        for command in ["\\input{", "\\write18", "\\def\\x", "\\csname input", "\\end{picture}\\input"] {
          #expect(!tex.contains(command), "\(drawing.name): \(command)")
        }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(
        !names.contains("pwned") && names.allSatisfy { $0.contains(/^[a-z0-9-]+\.(gp|dat|svg|tex|pdf)$/) })
    }
  }

  @Test("a label for LaTeX has no character left that means something to it", arguments: hostileNames)
  func latex(name: String) throws {
    for drawing in try FigureSamples.drawings(name) {
      let script = drawing.script(for: [.tex])
      let literals = script.split(separator: "\n").flatMap {
        $0.matches(of: /'([^']*)'/).map { String($0.1) }
      }
      // Colours, fonts and files are not set by LaTeX.
      let labels = literals.filter { literal in
        !literal.contains(/^#[0-9a-f]{6}$/.ignoresCase()) && !literal.contains(/^,[0-9]+$/)
          && !literal.contains(/^[a-z0-9-]+\.(dat|tex)$/) && !literal.contains(/^%g$/) && literal != "?"
          && !literal.isEmpty
      }
      #expect(!labels.isEmpty)
      for label in labels {
        #expect(!Self.remainder(label).contains(/[\\{}$&#^_~%]/), "\(label)")
      }
    }
  }

  /// What is left of a text without the commands by which LaTeX writes single characters.
  private static func remainder(_ label: String) -> String {
    let named =
      "textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|textquoteright|textquoteleft"
      + "|textquotedblleft|textquotedblright|textasciigrave|ldots|S"
    let patterns = [
      "\\\\(\(named))\\{\\}", "\\{\\\\textquotedblright\\}", "\\\\[{}$&#_%]", "\\$\\\\[a-zA-Z]+\\$",
      "\\$-\\$",
      "\\$\\^(2|3|\\\\circ)\\$", "\\$\\\\frac12\\$", "\\{\\\\char37\\}",
      "^\\\\fontsize\\{[0-9]+\\}\\{[0-9]+\\}\\\\selectfont ",
    ]
    return patterns.reduce(label) { text, pattern in
      text.replacingOccurrences(of: pattern, with: "", options: .regularExpression)
    }
  }

  @Test(
    "nothing in a name steers the terminal that shows a picture",
    .enabled(if: hasGnuplot, "gnuplot is not installed"), arguments: hostileNames)
  func terminal(name: String) throws {
    let picture = TerminalPicture(.text(hasColor: false), columns: 80, rows: 24)
    for figure in [try FigureSamples.steps(name).drawing(), try FigureSamples.heatMap(name).drawing()] {
      let text = String(decoding: try Gnuplot().picture(of: figure, for: picture), as: UTF8.self)
      #expect(text.contains("\n"))
      #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" })
      #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .format })
    }
  }

  private func write(_ drawing: Drawing, _ script: String, in folder: URL) throws {
    try Data(script.utf8).write(to: folder.appendingPathComponent("\(drawing.name).gp"))
    for file in drawing.data {
      try Data(file.contents.utf8).write(to: folder.appendingPathComponent(file.name))
    }
  }
}
