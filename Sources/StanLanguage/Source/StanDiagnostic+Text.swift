extension StanDiagnostic {
  /// How many characters of a line are shown.
  private static let excerptWidth = 100

  /// `file:line:column: error: what`, the line with a caret under its place, and how to put it right.
  ///
  /// Lines count from `StanSource.firstLine`, columns from 1 in Unicode scalars. Tabs stay, in the caret's line too.
  package func described(in source: StanSource) -> String {
    let place = source.place(of: range.start)
    let headline =
      "\(source.name):\(place.line):\(place.column): \(severity.rawValue): \(Self.printable(what))"
    let excerpt = Self.excerpt(of: source.line(at: place.start), column: place.column)
    return headline + "\n" + excerpt + (fix.isEmpty ? "" : "\n    fix: " + Self.printable(fix))
  }

  /// The line from its first character that is no blank, cut around the column where it is long, and the caret.
  private static func excerpt(of line: String, column: Int) -> String {
    var scalars = Array(printable(line).unicodeScalars)
    var caret = min(column - 1, scalars.count)
    let blanks = min(scalars.prefix { $0 == " " || $0 == "\t" }.count, caret)
    scalars.removeFirst(blanks)
    caret -= blanks
    if scalars.count > excerptWidth {
      let start = max(0, min(caret - excerptWidth / 2, scalars.count - excerptWidth))
      let end = start + excerptWidth
      let head: [Unicode.Scalar] = start > 0 ? ["…"] : []
      let tail: [Unicode.Scalar] = end < scalars.count ? ["…"] : []
      scalars = head + scalars[start..<end] + tail
      caret += head.count - start
    }
    let blank = scalars.prefix(caret).map { $0 == "\t" ? $0 : " " }
    return "    \(text(scalars))\n    \(text(blank))^"
  }

  private static func text(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return String(text)
  }

  /// Control characters but tabs by their pictures, one for one: a program cannot steer a terminal.
  private static func printable(_ line: String) -> String {
    text(
      line.unicodeScalars.map { scalar in
        switch scalar.properties.generalCategory {
        case .control where scalar == "\t": scalar
        case .control where scalar.value < 0x20:
          Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
        default: scalar
        }
      })
  }
}

extension StanSource {
  struct Place: Hashable {
    /// As the user counts: from `firstLine`.
    var line: Int
    /// From 1, in Unicode scalars.
    var column: Int
    /// The offset of the line's first byte.
    var start: Int
  }

  /// Where a byte of the text stands. Lines end in `\n`, `\r\n` or `\r`.
  func place(of offset: Int) -> Place {
    var place = Place(line: firstLine, column: 1, start: 0)
    var previous: UInt8 = 0
    for (position, byte) in text.utf8.prefix(offset).enumerated() {
      if byte.isLineBreak {
        if byte != 0x0A || previous != 0x0D { place.line += 1 }
        place.start = position + 1
        place.column = 1
      } else if byte & 0xC0 != 0x80 {
        place.column += 1
      }
      previous = byte
    }
    return place
  }

  /// The line, as the user counts, on which a byte of the text stands.
  package func lineNumber(of offset: Int) -> Int { place(of: offset).line }

  /// The line that begins at a byte, without its end.
  func line(at start: Int) -> String {
    String(decoding: text.utf8.dropFirst(start).prefix { !$0.isLineBreak }, as: UTF8.self)
  }
}
