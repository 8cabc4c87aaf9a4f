/// How a picture is kept in a file.
public enum PictureFormat: String, Sendable, Hashable, CaseIterable {
  case svg, png, pdf
  /// A LaTeX picture to `\input`, with a PDF of everything but its text, which LaTeX sets in the document's font. It needs
  /// the packages graphicx and color, and calc where labels have a background.
  case tex

  /// For a screen.
  public static let usual: [PictureFormat] = [.svg, .png]

  /// The files that hold a picture of a drawing; the first is what is shown or read.
  public func files(of name: String) -> [String] {
    self == .tex ? ["\(name)-latex.tex", "\(name)-latex.pdf"] : ["\(name).\(rawValue)"]
  }

  /// The terminal for a picture 960 SVG pixels wide; in all formats the same text takes the same share of it.
  ///
  /// - Parameter height: in SVG pixels.
  func terminal(height: Int) -> Terminal {
    let font = "noenhanced font 'DejaVu Sans,13'"
    switch self {
    case .svg:
      return Terminal(
        "svg size 960,\(height) dynamic \(font) linewidth 1.2 background '#ffffff'")
    case .png:
      return Terminal("pngcairo size 1920,\(2 * height) \(font) fontscale 2 linewidth 2.4 pointscale 2")
    case .pdf:
      return Terminal(
        "pdfcairo size 20cm,\(Self.centimeters(height, width: 20))cm \(font) fontscale 0.59 "
          + "linewidth 1.2 pointscale 0.6")
    case .tex:
      return Terminal(
        "cairolatex pdf input colortext size 16cm,\(Self.centimeters(height, width: 16))cm "
          + "font ',\(LaTeXText.size)' header '\(LaTeXText.sizeCommand(pictureSize: 13))' "
          + "fontscale 1 linewidth 1.2 pointscale 0.5", reader: .latex)
    }
  }

  private static func centimeters(_ height: Int, width: Int) -> Double {
    (Double(height * width) / 960 * 100).rounded() / 100
  }
}

/// What gnuplot draws on.
struct Terminal {
  var setting: String
  var reader: GnuplotText.Reader

  init(_ setting: String, reader: GnuplotText.Reader = .nobody) {
    self.setting = "set terminal \(setting)"
    self.reader = reader
  }
}
