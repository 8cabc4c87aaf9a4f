import CGnuplot
public import Foundation

/// Draws figures with the gnuplot that is installed.
public struct Gnuplot: Sendable {
  /// A name that is looked up in PATH, or a path.
  public var program: String

  public init(program: String = "gnuplot") {
    self.program = program
  }

  /// Writes a drawing's script and data into `folder`, which is made where it is missing, and draws
  /// `NAME.svg` and `NAME.png` there. `gnuplot NAME.gp` in that folder draws them again.
  public func draw(_ drawing: Drawing, in folder: URL) throws(PlottingError) {
    try write(drawing, in: folder)
    var message = [CChar](repeating: 0, count: 4096)
    let result = cgnuplot_draw(program, folder.path, drawing.script, &message, Int32(message.count))
    let words = String(decoding: message.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      .trimmingCharacters(in: .whitespacesAndNewlines)
    switch result {
    case CGNUPLOT_DRAWN: return
    case CGNUPLOT_MISSING: throw .gnuplotMissing(program: program)
    case CGNUPLOT_NO_FOLDER: throw .fileNotWritten(path: folder.path, reason: words)
    default: throw .gnuplotFailed(script: "\(drawing.name).gp", message: words)
    }
  }

  private func write(_ drawing: Drawing, in folder: URL) throws(PlottingError) {
    let script = Drawing.DataFile(name: "\(drawing.name).gp", contents: drawing.script)
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
