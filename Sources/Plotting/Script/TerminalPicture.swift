/// A picture of text or pixels for a terminal.
public struct TerminalPicture: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// Blocks of braille dots where gnuplot has them (from 6.0 on), else letters.
    case text(hasColor: Bool)
    /// Pixels, for terminals that understand DEC's sixel graphics.
    case sixel
  }

  public var kind: Kind
  /// The size of the terminal, in characters.
  public var columns: Int
  public var rows: Int

  /// - Parameters:
  ///   - columns: at least 40 are used, and at most 400.
  ///   - rows: at least 16, and at most 200.
  public init(_ kind: Kind, columns: Int, rows: Int) {
    self.kind = kind
    self.columns = min(max(columns, 40), 400)
    self.rows = min(max(rows, 16), 200)
  }

  /// The settings that choose the terminal.
  ///
  /// - Parameters:
  ///   - height: of the drawing, in SVG pixels at a width of 960.
  ///   - textLines: what the drawing needs as text; where the terminal is lower, it scrolls.
  func settings(height: Int, textLines: Int) -> [String] {
    switch kind {
    case .text(let hasColor):
      let size = "size \(columns),\(max(rows, textLines))"
      return [
        "if (strstrt(GPVAL_TERMINALS, ' block ') > 0) {",
        "  set terminal block braille \(size) \(hasColor ? "ansi256" : "mono") noenhanced",
        "} else {",
        "  set terminal dumb nofeed \(size) aspect 1 \(hasColor ? "ansi256" : "mono") noenhanced",
        "}",
      ]
    case .sixel:
      // Letters of most terminals are about 9 pixels wide.
      let width = min(9 * columns, 960)
      return [
        "set terminal sixelgd size \(width),\(height * width / 960) truecolor "
          + "noenhanced font 'DejaVu Sans,\(13 * width / 960)' linewidth 1.2 background '#ffffff'"
      ]
    }
  }
}
