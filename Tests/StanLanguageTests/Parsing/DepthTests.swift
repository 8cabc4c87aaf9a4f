import StanLanguage
import Testing

/// No text exhausts the stack: what nests too deep is refused, what is just shallow enough is checked.
@Suite struct DepthTests {
  static let shapes: [(name: String, text: @Sendable (Int) -> String)] = [
    (
      "parentheses",
      {
        "transformed data { real x = \(String(repeating: "(", count: $0))1\(String(repeating: ")", count: $0)); }"
      }
    ),
    ("prefixes", { "transformed data { real x = \(String(repeating: "- ", count: $0))1; }" }),
    ("powers", { "transformed data { real x = \(String(repeating: "1.5 ^ ", count: $0))1; }" }),
    ("choices", { "transformed data { int x = \(String(repeating: "1 ? 2 : ", count: $0))1; }" }),
    ("sums", { "transformed data { int x = \(String(repeating: "1 + ", count: $0))1; }" }),
    (
      "transposes", { "transformed data { matrix[1, 1] x = [[1]]\(String(repeating: "'", count: 2 * $0)); }" }
    ),
    ("blocks", { "model \(String(repeating: "{", count: $0))\(String(repeating: "}", count: $0))" }),
    ("conditions", { "model { \(String(repeating: "if (1) ", count: $0)); }" }),
    ("alternatives", { "model { \(String(repeating: "if (1) ; else ", count: $0)); }" }),
    (
      "arrays",
      {
        "transformed data { print(\(String(repeating: "{", count: $0))1\(String(repeating: "}", count: $0))); }"
      }
    ),
    (
      "calls",
      {
        "transformed data { real x = \(String(repeating: "exp(", count: $0))1\(String(repeating: ")", count: $0)); }"
      }
    ),
    (
      "tuples",
      {
        "functions { void f(\(String(repeating: "tuple(real, ", count: $0))real\(String(repeating: ")", count: $0)) x) { } }"
      }
    ),
    (
      "sums that begin with sums",
      {
        "transformed data { int x = \(String(repeating: "(", count: $0))1\(String(repeating: " + 1 + 1 + 1 + 1 + 1)", count: $0)); }"
      }
    ),
  ]

  @Test("nesting is refused before it exhausts the stack", arguments: shapes.indices)
  func deep(shape: Int) {
    let text = Self.shapes[shape].text
    for depth in [2_000, 20_000] {
      let found = problems(text(depth))
      #expect(
        found.contains("nests more than 200 levels deep") || found.contains("has more than"),
        "\(found.prefix(300))")
    }
    for depth in [1, 10, 60] { #expect(problems(text(depth)) == "") }
  }

  @Test("a sum of a thousand terms checks")
  func longSum() {
    #expect(problems("transformed data { int x = \(String(repeating: "1 + ", count: 998))1; }") == "")
  }

  @Test("long programs are no deep ones")
  func long() throws {
    let text = "model { \(String(repeating: "target += 1; ", count: 20_000))}"
    #expect(try StanProgram.parse(source(text)).model.count == 20_000)
  }
}
