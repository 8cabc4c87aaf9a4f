/// How many characters of a source line an error shows.
private let excerptWidth = 100

/// The line and a caret under its column, both indented by four spaces.
///
/// Leading blanks are dropped, a long line is trimmed around the column, and every scalar takes one place:
/// tabs become spaces and control characters their pictures, so that the caret stands where it should.
func excerpt(of sourceLine: String, column: Int) -> String {
  var scalars = Array(visible(sourceLine).unicodeScalars)
  var caret = min(max(column - 1, 0), scalars.count)
  let blanks = min(scalars.prefix { $0 == " " }.count, caret)
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
  var text = String.UnicodeScalarView()
  text.append(contentsOf: scalars)
  return "    \(String(text))\n    \(String(repeating: " ", count: caret))^"
}

/// `text` with its control characters replaced, one for one, by what can be printed.
///
/// Neither a terminal nor a log can be steered by what a sweep file contains.
func visible(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isInvisible) else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars { result.append(isInvisible(scalar) ? picture(of: scalar) : scalar) }
  return String(result)
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}

private func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x09: " "
  case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
  case 0x7F: "\u{2421}"
  default: "\u{FFFD}"
  }
}
