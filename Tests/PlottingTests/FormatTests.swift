import Foundation
import Plotting
import Testing

/// Every kind of figure in every format.
@Suite(.enabled(if: hasGnuplot, "gnuplot is not installed")) struct FormatTests {
  private static let label = "mean-field, β=0.5"

  private static func drawing(_ kind: String) throws -> Drawing {
    try #require(try FigureSamples.drawings(label).first { $0.name == kind })
  }

  @Test("the samples are of the kinds that are listed")
  func listed() throws {
    #expect(try FigureSamples.drawings("a").map(\.name) == FigureSamples.kinds)
  }

  @Test(
    "every kind is drawn in every format, and stock gnuplot draws the same again",
    arguments: FigureSamples.kinds)
  func everyFormat(kind: String) throws {
    let drawing = try Self.drawing(kind)
    try withTemporaryFolder { folder in
      try Gnuplot().draw(drawing, in: folder, formats: PictureFormat.allCases)
      let files = PictureFormat.allCases.flatMap { $0.files(of: drawing.name) }.map(
        folder.appendingPathComponent)
      let first = try files.map { try Data(contentsOf: $0) }
      #expect(first.allSatisfy { $0.count > 800 })
      for file in files { try FileManager.default.removeItem(at: file) }
      let again = try redraw("\(drawing.name).gp", in: folder)
      #expect(again.status == 0)
      #expect(again.errors == "")
      for (file, before) in zip(files, first) {
        let after = try Data(contentsOf: file)
        // All that a PDF of gnuplot's has beside its picture is the date.
        if file.pathExtension == "pdf" {
          #expect(after.count == before.count)
        } else {
          #expect(after == before)
        }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(
        Set(names) == Set(files.map(\.lastPathComponent) + drawing.data.map(\.name) + ["\(drawing.name).gp"]))
    }
  }

  @Test("the same drawing gives the same bytes, also as PDF", arguments: PictureFormat.allCases)
  func sameBytes(format: PictureFormat) throws {
    let drawing = try Self.drawing("steps")
    func files() throws -> [Data] {
      try withTemporaryFolder { folder in
        try Gnuplot().draw(drawing, in: folder, formats: [format])
        return try format.files(of: drawing.name).map {
          try Data(contentsOf: folder.appendingPathComponent($0))
        }
      }
    }
    let first = try files()
    #expect(try files() == first)
    for pdf in first where pdf.starts(with: Data("%PDF".utf8)) {
      #expect(pdf.range(of: Data("/CreationDate (D:19700101000000Z)".utf8)) != nil)
    }
  }

  @Test("a terminal picture fills the terminal and no more", arguments: FigureSamples.kinds)
  func terminal(kind: String) throws {
    let picture = TerminalPicture(.text(hasColor: false), columns: 100, rows: 30)
    let text = String(
      decoding: try Gnuplot().picture(of: try Self.drawing(kind), for: picture), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 32)
    #expect(lines.allSatisfy { $0.count <= 101 })
    #expect(lines.count { $0.contains { !$0.isWhitespace } } > 8)
  }

  @Test("colour is for terminals that want it")
  func color() throws {
    func text(_ hasColor: Bool) throws -> String {
      let picture = TerminalPicture(.text(hasColor: hasColor), columns: 80, rows: 24)
      return String(
        decoding: try Gnuplot().picture(of: try Self.drawing("steps"), for: picture), as: UTF8.self)
    }
    #expect(try text(true).contains("\u{1B}["))
    #expect(try !text(false).contains("\u{1B}"))
  }

  @Test("sixels begin and end as sixels do")
  func sixel() throws {
    let picture = TerminalPicture(.sixel, columns: 80, rows: 24)
    let text = String(
      decoding: try Gnuplot().picture(of: try Self.drawing("values"), for: picture), as: UTF8.self)
    // DCS q … ST, the device control string of DEC's VT340.
    #expect(text.hasPrefix("\u{1B}P"))
    #expect(text.contains("\u{1B}\\"))
  }

  @Test(
    "LaTeX sets every kind, with hostile labels too",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/pdflatex"), "pdflatex is not installed"),
    arguments: ["mean-field, β=0.5"] + hostileNames)
  func pdflatex(label: String) throws {
    try withTemporaryFolder { folder in
      let drawings = try FigureSamples.drawings(label)
      for drawing in drawings { try Gnuplot().draw(drawing, in: folder, formats: [.tex]) }
      let document =
        "\\documentclass{article}\\usepackage{graphicx,color,calc}\\begin{document}\n"
        + drawings.map { "\\input{\($0.name)-latex.tex}\n\n" }.joined() + "\\end{document}\n"
      try Data(document.utf8).write(to: folder.appendingPathComponent("document.tex"))
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/pdflatex")
      process.arguments = ["-interaction=nonstopmode", "-halt-on-error", "document.tex"]
      process.currentDirectoryURL = folder
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let log = try String(
        decoding: Data(contentsOf: folder.appendingPathComponent("document.log")), as: UTF8.self)
      let problem = log.split(separator: "\n").drop { !$0.hasPrefix("!") }.prefix(6)
      #expect(process.terminationStatus == 0, "\(problem.joined(separator: "\n"))")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("pwned").path))
    }
  }
}
