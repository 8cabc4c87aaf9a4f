import CGnuplot
public import Foundation

/// Draws figures with the gnuplot that is installed.
public struct Gnuplot: Sendable {
  /// A name that is looked up in PATH, or a path.
  public var program: String

  public init(program: String = "gnuplot") {
    self.program = program
  }

  /// Writes a drawing's script and data into `folder`, which is made where it is missing, and draws its pictures
  /// there. `gnuplot NAME.gp` in that folder draws the same ones again.
  public func draw(
    _ drawing: Drawing, in folder: URL, formats: [PictureFormat] = PictureFormat.usual
  ) throws(PlottingError) {
    let script = drawing.script(for: formats)
    try write(drawing, script: script, in: folder)
    try run(script, of: drawing, in: folder)
    for format in formats {
      for file in format.files(of: drawing.name) where file.hasSuffix(".pdf") {
        try PDFDate.erase(in: folder.appendingPathComponent(file))
      }
    }
  }

  /// A drawing as a terminal shows it; nothing stays in the file system.
  public func picture(of drawing: Drawing, for terminal: TerminalPicture) throws(PlottingError) -> Data {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("picture-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = "terminal-picture"
    let script = drawing.script(for: terminal, output: output)
    try write(drawing, script: script, in: folder)
    try run(script, of: drawing, in: folder)
    do {
      // gnuplot begins a page of text with a form feed, also where it is told not to.
      return try Data(contentsOf: folder.appendingPathComponent(output)).filter { $0 != 0x0C }
    } catch {
      throw .fileNotWritten(path: folder.path, reason: error.localizedDescription)
    }
  }

  private func run(_ script: String, of drawing: Drawing, in folder: URL) throws(PlottingError) {
    var message = [CChar](repeating: 0, count: 4096)
    let result = cgnuplot_draw(program, folder.path, script, &message, Int32(message.count))
    let words = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    switch result {
    case CGNUPLOT_DRAWN: return
    case CGNUPLOT_MISSING: throw .gnuplotMissing(program: program)
    case CGNUPLOT_NO_FOLDER: throw .fileNotWritten(path: folder.path, reason: words)
    default: throw .gnuplotFailed(script: "\(drawing.name).gp", message: words)
    }
  }

  private func write(_ drawing: Drawing, script: String, in folder: URL) throws(PlottingError) {
    let script = Drawing.DataFile(name: "\(drawing.name).gp", contents: script)
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in [script] + drawing.data {
        try Data(file.contents.utf8).write(to: folder.appendingPathComponent(file.name))
      }
    } catch {
      throw .fileNotWritten(path: folder.path, reason: error.localizedDescription)
    }
  }
}
