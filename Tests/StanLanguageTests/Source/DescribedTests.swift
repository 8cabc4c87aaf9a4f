import StanLanguage
import Testing

@Suite struct DescribedTests {
  private func described(_ text: String, firstLine: Int = 1) -> String {
    let source = source(text, firstLine: firstLine)
    do throws(StanProblems) {
      _ = try StanProgram.parse(source)
      return ""
    } catch {
      return error.problems[0].described(in: source)
    }
  }

  @Test("an error has its place, its line, a caret and a way out")
  func look() {
    #expect(
      described("data {\n  int N;\n}\nmodel {\n  M ~ normal(0, 1);\n}") == """
        p.stan:5:3: error: there is no variable 'M' here
            M ~ normal(0, 1);
            ^
            fix: did you mean 'N'?
        """)
  }

  @Test("lines count from where the text stands in its file")
  func firstLine() {
    #expect(described("\nmodel { x }", firstLine: 40).hasPrefix("p.stan:41:"))
  }

  @Test("columns count characters, and the caret stands under its own")
  func columns() {
    #expect(
      described("model { /* ä€𝄞 */ y = 1; }") == """
        p.stan:1:19: error: there is no variable 'y' here
            model { /* ä€𝄞 */ y = 1; }
                              ^
            fix: declare it before it is used
        """)
  }

  @Test("tabs stay, under the line too")
  func tabs() {
    #expect(
      described("model {\n\treal x;\ty = 1;\n}") == """
        p.stan:2:10: error: there is no variable 'y' here
            real x;\ty = 1;
                   \t^
            fix: did you mean 'x'?
        """)
  }

  @Test("lines end in \\n, \\r\\n or \\r", arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) {
    #expect(described("model {\(end)}\(end)x").hasPrefix("p.stan:3:1: error: expected a block, found 'x'"))
  }

  @Test("long lines are cut around the place")
  func longLine() {
    let text =
      "model { real \(String(repeating: "a", count: 150)) = b; real \(String(repeating: "c", count: 90)); }"
    let lines = described(text).split(separator: "\n")
    #expect(lines[1].count == 4 + 102)
    #expect(lines[1].contains("…") && lines[1].hasSuffix("…"))
    let caret = lines[2].count - 1
    #expect(Array(lines[1])[caret] == "b")
  }

  @Test("control characters cannot steer a terminal")
  func control() {
    let text = described("model { \u{1B}[2J \u{0} }")
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    #expect(text.contains("␛"))
  }

  @Test("an error at the end of the text stands on its last line")
  func atEnd() {
    #expect(
      described("model {").hasPrefix("p.stan:1:8: error: expected '}' after the statements, found the end"))
    #expect(described("model {\n\n\n").hasPrefix("p.stan:1:8:"))
  }
}
