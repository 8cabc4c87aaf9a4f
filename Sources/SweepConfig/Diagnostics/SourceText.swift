/// A text with its lines: the sweep file or one command-line argument.
package struct SourceText: Sendable {
  package let origin: Diagnostic.Origin
  package let lines: [String]

  package init(_ text: String, origin: Diagnostic.Origin) {
    self.origin = origin
    self.lines = splitLines(text)
  }

  /// What is wrong at a position of this text.
  func diagnostic(_ message: String, line: Int, column: Int, cellCount: Int = 0) -> Diagnostic {
    let sourceLine = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    return Diagnostic(
      origin: origin, line: line, column: column, message: message, sourceLine: sourceLine,
      cellCount: cellCount)
  }
}

/// The lines of a text, broken where YAML 1.1 breaks them, so that positions agree with the parser's.
func splitLines(_ text: String) -> [String] {
  var lines: [String] = []
  var line = String.UnicodeScalarView()
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    let isSecondOfPair = scalar == "\n" && previous == "\r"
    previous = scalar
    if isSecondOfPair { continue }
    if scalar.isYamlBreak {
      lines.append(String(line))
      line = String.UnicodeScalarView()
    } else {
      line.append(scalar)
    }
  }
  lines.append(String(line))
  return lines
}

extension Unicode.Scalar {
  /// Whether YAML 1.1 ends a line here: line feed, carriage return, NEL, LS or PS.
  var isYamlBreak: Bool {
    switch value {
    case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
