import Reporting
import Testing

@Suite struct ShellTextTests {
  @Test(
    "words survive quoting and splitting",
    arguments: hostileNames.filter { !$0.isEmpty } + ["a b", "''", "' '"])
  func roundTrip(name: String) {
    let line = ["wb", "run", name, "-j", "2", name].map(ShellText.quoted).joined(separator: " ")
    #expect(ShellText.words(of: line) == ["wb", "run", name, "-j", "2", name])
  }

  @Test(
    "what a shell would read as more than a word is quoted",
    arguments: ["", "$(id)", "a;b", "*", "~", "=ls", "a\nb"])
  func quoted(text: String) {
    #expect(ShellText.quoted(text) == "'\(text)'")
  }
}
