import FileFormats
import Inference
import SweepConfig
import Testing

@Suite struct ConfigurationReaderTests {
  @Test("a configuration is read back as it was written")
  func roundTrip() throws {
    let configuration = try #require(read(sweep).cells.first).settings.configuration
    let text = canonicalJSON(configuration)
    let again = try ConfigurationReader.configuration(text)
    #expect(canonicalJSON(again) == text)
    #expect(again["samples"] == .integer(4))
  }

  @Test("every kind of value, and the bits of every number, come back")
  func values() throws {
    var mapping = ConfigMapping()
    let numbers: [Double] = [0.1, 1e-13, 1e22, -2.5, .leastNonzeroMagnitude, 1.7976931348623157e308, 1 / 3.0]
    mapping["numbers"] = .list(numbers.map(ConfigValue.number))
    mapping["text"] = .text("a \"quoted\" \\ line\nand é, \u{1}, 👍")
    mapping["nested"] = .mapping(["null": .null, "true": .boolean(true), "false": .boolean(false)])
    mapping["empty"] = .list([])
    mapping["none"] = .mapping([:])
    mapping["integer"] = .integer(-7)
    let again = try ConfigurationReader.configuration(canonicalJSON(mapping))
    for key in mapping.keys {
      // Keys are written in another order.
      #expect(again[key].map { canonicalJSON($0) } == mapping[key].map { canonicalJSON($0) })
    }
    guard case .list(let items) = again["numbers"] else { return #expect(Bool(false), "no list") }
    #expect(items.map { $0.asNumber?.bitPattern } == numbers.map(\.bitPattern))
    #expect(again["text"] == mapping["text"])
  }

  @Test(
    "what is no mapping is refused with its reason",
    arguments: [
      ("", "an unexpected character"), ("[1]", "it is not one mapping"), ("{} {}", "it is not one mapping"),
      ("{\"a\":1", "a mapping lacks ',' or '}'"), ("{\"a\" 1}", "key 'a' lacks its ':'"),
      ("{\"a\":[1 2]}", "a list lacks ',' or ']'"), ("{\"a\":nul}", "'nul' is not a JSON value"),
      (
        "{\"a\":" + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "}",
        "it is nested more than 64 deep"
      ),
    ])
  func refused(text: String, reason: String) {
    do throws(JSONProblem) {
      Issue.record("no error: \(try ConfigurationReader.configuration(text))")
    } catch {
      #expect(error.what == reason)
    }
  }

  private let sweep = """
    name: one
    run: {model: {conjugate-normal: {observations: [1, 2.5], noise_sd: 1.5}}, samples: 4, beta: 0.5}
    """
}
