extension Lexer {
  /// Skips what stands between tokens, and notes what the comments say.
  mutating func skipBlanksAndComments() throws(StanDiagnostic) {
    while position < bytes.count {
      let first = bytes[position]
      let second = byte(at: position + 1)
      if first.isBlank {
        position += 1
      } else if first.isLineBreak {
        skipLineBreak()
      } else if first == UInt8(ascii: "/"), second == UInt8(ascii: "/") {
        skipLine()
      } else if first == UInt8(ascii: "/"), second == UInt8(ascii: "*") {
        try skipLongComment()
      } else if first == UInt8(ascii: "#") {
        try skipOldComment()
      } else {
        return
      }
    }
  }

  /// `\n`, `\r\n` or `\r`.
  private mutating func skipLineBreak() {
    position += bytes[position] == 0x0D && byte(at: position + 1) == 0x0A ? 2 : 1
    line += 1
  }

  private mutating func skipLine() {
    let start = position
    while position < bytes.count, !bytes[position].isLineBreak { position += 1 }
    notePragma(SourceRange(start, position), line: line)
  }

  private mutating func skipLongComment() throws(StanDiagnostic) {
    let start = position
    let firstLine = line
    position += 2
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "*"), byte(at: position + 1) == UInt8(ascii: "/") {
        position += 2
        notePragma(SourceRange(start, position), line: firstLine)
        return
      }
      if bytes[position].isLineBreak { skipLineBreak() } else { position += 1 }
    }
    throw StanDiagnostic(
      at: SourceRange(start, start + 2), what: "the comment does not end", fix: "put '*/' at its end")
  }

  private mutating func skipOldComment() throws(StanDiagnostic) {
    let start = position
    skipLine()
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if text.hasPrefix("#include") {
      throw StanDiagnostic(
        at: SourceRange(start, position), what: "'#include' is outside of wb's subset of Stan",
        fix: "put the text of that file here")
    }
    warnings.append(
      StanDiagnostic(
        .warning, at: SourceRange(start, start + 1), what: "comments with '#' are no longer part of Stan",
        fix: "begin the comment with '//'"))
  }

  /// `wb: prior` or `wb: likelihood`.
  private mutating func notePragma(_ range: SourceRange, line: Int) {
    let words = bytes[range.start..<range.end].split { !$0.isWordPart && $0 != UInt8(ascii: ":") }
      .map { String(decoding: $0, as: UTF8.self) }
    for (word, next) in zip(words, words.dropFirst()) where word == "wb:" {
      if let pragma = FactorPragma(rawValue: next) { pragmas[line] = pragma }
    }
  }
}
