import SweepConfig
import Testing

@Suite("hostile files are refused, quickly and without a crash")
struct YamlBoundsTests {
  private func errorLine(_ text: String) -> String {
    String(errorText(text).prefix { $0 != "\n" })
  }

  private let tooDeep = "lists and mappings are nested more than 64 deep; flatten them"

  @Test("nesting in brackets")
  func deepFlow() {
    let text = "name: " + String(repeating: "[", count: 100_000)
    #expect(errorLine(text) == "sweep.yaml:1:70: \(tooDeep)")
  }

  @Test("nesting in braces")
  func deepBraces() {
    let text = "name: " + String(repeating: "{a: ", count: 100_000)
    #expect(errorLine(text) == "sweep.yaml:1:259: \(tooDeep)")
  }

  @Test("nesting by dashes on one line")
  func deepDashes() {
    #expect(errorLine(String(repeating: "- ", count: 100_000)) == "sweep.yaml:1:129: \(tooDeep)")
  }

  @Test("nesting by indentation")
  func deepIndentation() {
    let text = (0..<70).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(errorLine(text) == "sweep.yaml:65:65: \(tooDeep)")
  }

  @Test("nesting of lists at their key's indentation")
  func deepIndentless() {
    let text = (0..<70).map { String(repeating: "  ", count: $0) + ($0 == 0 ? "a:\n" : "- a:\n") }.joined()
    #expect(errorLine(text).hasSuffix(tooDeep))
  }

  @Test("brackets in quotes, comments and block text nest nothing")
  func harmlessBrackets() throws {
    let brackets = String(repeating: "[{", count: 100)
    let text = """
      name: x  # \(brackets)
      description: |
        \(brackets)
        ? *a : !tag &anchor
         - - - -
      run:
        model: eight-schools
        family: "mean-field" # '\(brackets)
      """
    #expect(try read(text).description == "\(brackets)\n? *a : !tag &anchor\n - - - -\n")
  }

  @Test("aliases that double at each step")
  func aliasBomb() {
    var text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    for level in 1...40 {
      text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
    }
    #expect(
      errorText(text)
        == "sweep.yaml: the file has more than 1000000 values, its aliases expanded; use fewer"
    )
  }

  @Test(
    "an alias as a key, in each style",
    arguments: ["*b : 1", "*b: 1", "{*b : 1}", "{*b}", "{a: 1, *b : 2}", "[*b : 1]", "? *b"])
  func aliasKeys(_ key: String) {
    let text = "a: &b [1]\nc:\n  \(key)\n"
    #expect(errorLine(text).hasSuffix(": a key must be text; write key: value"))
  }

  @Test(
    "a collection as a key, in each style",
    arguments: ["[a]: 1", "{a: 1}: 1", "{[a]: 1}", "{{a}: 1}", "[[a]: 1]", "{[a]}", "- ? a"])
  func collectionKeys(_ key: String) {
    #expect(errorLine("c:\n  \(key)\n").hasSuffix(": a key must be text; write key: value"))
  }

  @Test("aliases that nest deeper and deeper")
  func aliasChain() {
    let opening = String(repeating: "[", count: 60)
    let closing = String(repeating: "]", count: 60)
    var text = "a0: &a0 1\n"
    for level in 1..<100 { text += "a\(level): &a\(level) \(opening)*a\(level - 1)\(closing)\n" }
    #expect(errorLine(text).hasSuffix(tooDeep))
  }

  @Test("more values than any sweep has")
  func values() {
    let text = "name: [" + String(repeating: "1,", count: 1_000_001) + "]"
    #expect(
      errorLine(text) == "sweep.yaml: the file has more than 1000000 values, its aliases expanded; use fewer")
  }

  @Test("anchors without end")
  func anchors() {
    let text = (0..<200).map { "a\($0): &a\($0) 1\n" }.joined()
    #expect(errorLine(text) == "sweep.yaml:101:7: more than 100 anchors ('&…'); write the values out")
  }

  @Test("an alias stands for its anchor's value")
  func alias() throws {
    let sweep = try read(
      """
      name: x
      run: {model: eight-schools}
      sweep:
        beta: &values [1, 2]
        optimizer.adam.learning_rate: *values
      """)
    #expect(sweep.cells.count == 4)
  }

  @Test("control characters")
  func controlCharacters() {
    #expect(
      errorText("name: x\ndescription: a\u{1B}[31m\n") == """
        sweep.yaml:2:15: control character U+001B; remove it
            description: a␛[31m
                          ^
        """)
  }

  @Test("more cells than can be run")
  func cells() {
    let hundred = (1...100).map(String.init).joined(separator: ", ")
    let text = """
      name: x
      run: {model: eight-schools}
      sweep:
        beta: [\(hundred)]
        samples: [\(hundred)]
        steps: [\(hundred)]
        minibatch: [1, 2]
      """
    #expect(
      errorLine(text)
        == "sweep.yaml:3:1: the sweep has 2000000 cells; the limit is 1000000, so shorten an axis")
  }

  @Test("more runs than can be run")
  func runs() {
    let text =
      "name: x\nrun: {model: eight-schools}\nsweep: {beta: [1, 2]}\nseeds: 9000000\n"
    #expect(
      errorLine(text)
        == "sweep.yaml:3:1: the sweep has 18000000 runs; the limit is 10000000, so use fewer seeds or cells")
  }
}
