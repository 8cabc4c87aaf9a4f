import Foundation
import StanLanguage
import Testing

@Suite struct ManyErrorsTests {
  @Test("of a program with a thousand mistakes the first hundred are said")
  func manyErrors() {
    let text = "model {\n\(String(repeating: "target += lenght;\n", count: 1000))}"
    #expect(problems(text).components(separatedBy: "there is no variable").count == 101)
  }

  @Test("one mistake is said once")
  func oneMistake() {
    let text =
      "model { real a = [1, b][1] + exp(2 * -b') ? f(b) : {b}[1]; a += b; b[1] ~ normal(b, 1) T[b, ]; }"
    let said = problems(text).components(separatedBy: "error: ").dropFirst()
    #expect(
      said.allSatisfy { $0.hasPrefix("there is no variable 'b'") || $0.hasPrefix("there is no function 'f'") }
    )
    #expect(said.count == 9)
  }
}
