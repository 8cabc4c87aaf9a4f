import Inference
import SweepConfig
import Testing

@Suite("plain scalars follow YAML 1.2's core schema")
struct YamlScalarTests {
  @Test(
    "numbers are numbers however they are written",
    arguments: [
      ("1e-3", 1e-3), ("1.0E-3", 1e-3), (".001", 1e-3), ("-.5", -0.5), ("+1.5", 1.5), ("5.", 5),
      ("1.e3", 1000), ("1e400", .infinity), (".inf", .infinity), ("-.inf", -.infinity),
      ("1000000000000000000000", 1e21),
    ])
  func numbers(_ text: String, _ expected: Double) {
    #expect(plainScalar(text) == .number(expected))
  }

  @Test(
    "integers stay integers",
    arguments: [("0", 0), ("-7", -7), ("+1", 1), ("007", 7), ("0x1F", 31), ("0o17", 15)])
  func integers(_ text: String, _ expected: Int) {
    #expect(plainScalar(text) == .integer(expected))
  }

  @Test("not a number is a number, for the range checks to refuse")
  func notANumber() throws {
    #expect(try #require(plainScalar(".nan").asNumber).isNaN)
  }

  @Test(
    "what YAML 1.1 would turn into something else stays text",
    arguments: [
      "yes", "no", "on", "off", "1_000", "1:30", "2001-01-01", "nan", "inf", "e5", ".", "-", "+", "1e", "1e+",
      "0x", "0xg", "0x-1", "1 2", "--1", ".e5", "0b1", "1.2.3",
    ])
  func texts(_ text: String) {
    #expect(plainScalar(text) == .text(text))
  }

  @Test("null and the truth values have three spellings each")
  func constants() {
    for text in ["", "~", "null", "Null", "NULL"] { #expect(plainScalar(text) == .null) }
    for text in ["true", "True", "TRUE"] { #expect(plainScalar(text) == .boolean(true)) }
    for text in ["false", "False", "FALSE"] { #expect(plainScalar(text) == .boolean(false)) }
  }
}
