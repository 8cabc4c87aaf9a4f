import SweepConfig
import Testing

@Suite("diagnostics")
struct DiagnosticTests {
  private func text(_ sourceLine: String, column: Int) -> String {
    Diagnostic(
      origin: .file("s.yaml"), line: 3, column: column, message: "wrong; right it", sourceLine: sourceLine
    ).description
  }

  @Test("the caret stands under the column, the line's indentation dropped")
  func caret() {
    #expect(
      text("    rate: -1", column: 11) == """
        s.yaml:3:11: wrong; right it
            rate: -1
                  ^
        """)
  }

  @Test("tabs and control characters take one place each")
  func invisible() {
    #expect(
      text("a:\t\u{1B}[1m\u{202E}x", column: 9) == """
        s.yaml:3:9: wrong; right it
            a: ␛[1m\u{FFFD}x
                    ^
        """)
  }

  @Test("a long line is trimmed around the caret")
  func longLine() {
    let line = String(repeating: "a", count: 300) + "X" + String(repeating: "b", count: 300)
    #expect(
      text(line, column: 301) == """
        s.yaml:3:301: wrong; right it
            …\(String(repeating: "a", count: 50))X\(String(repeating: "b", count: 49))…
            \(String(repeating: " ", count: 51))^
        """)
  }

  @Test("a column past the end of the line is the end of the line")
  func pastEnd() {
    #expect(text("ab", column: 9) == "s.yaml:3:9: wrong; right it\n    ab\n      ^")
  }

  @Test("fifty are printed, the rest counted")
  func limit() {
    let one = Diagnostic(origin: .file("s.yaml"), line: 1, column: 1, message: "wrong", sourceLine: nil)
    let lines = SweepError(Array(repeating: one, count: 53)).description.split(separator: "\n")
    #expect(lines.count == 51)
    #expect(lines.last == "… and 3 more")
  }
}
