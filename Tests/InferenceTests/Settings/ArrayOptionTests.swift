import Inference
import Testing

@Suite("options that name arrays")
struct ArrayOptionTests {
  private struct Settings: Configurable {
    var train: String?
    var test: String?

    static let options: [Option<Settings>] = [
      .array("train", \.train, required: true, "what to learn from"),
      .array("test", \.test, "what to test on"),
    ]
  }

  private func read(_ mapping: ConfigMapping) -> (settings: Settings, problems: [String]) {
    var problems: [SettingsProblem] = []
    let settings = Settings(mapping, at: ["model"], problems: &problems)
    return (settings, problems.map(\.description))
  }

  @Test("a path is taken as it is, and listed as an array's")
  func path() {
    let read = read(["train": .text("x.npy")])
    #expect(read.problems.isEmpty)
    #expect(read.settings.train == "x.npy" && read.settings.test == nil)
    #expect(read.settings.configuration == ["train": .text("x.npy"), "test": .null])
    #expect(Settings.optionInfos.map(\.kind) == [.array, .array])
    #expect(OptionKind.array.description == "an array's path")
  }

  @Test("what is no path, or is missing, is refused")
  func wrong() {
    #expect(
      read(["test": .integer(3)]).problems == [
        "model.test is an integer; use text",
        "option 'train' is missing; add train: … (what to learn from)",
      ])
  }
}
