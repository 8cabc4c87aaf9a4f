import ArgumentParser
import Reporting
import Tracking

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Give runs names to find them by, or take them away.",
    usage: "wb tag <run-or-filter> <name> ... [--remove] [<options>]",
    discussion: """
      Filters know tags: 'tag = baseline', 'tag in [good, best]', 'tag is null'. The view runs has them as JSON.

        wb tag 3f2a9c1b baseline
        wb tag 'family = full-rank and beta = 1' paper figure-2
        wb tag --remove 'tag = paper' paper
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp("The id of a run, or enough of its start; or a filter.", valueName: "run-or-filter"))
  var runs: String

  @ArgumentParser.Argument(help: ArgumentHelp("One tag or more.", valueName: "name"))
  var names: [String]

  @Flag(help: "Take the tags away.")
  var remove = false

  @ArgumentParser.Option(help: "The sweep that a filter is about; else the one that was active last.")
  var sweep: String?

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if let name = names.first(where: {
      $0.allSatisfy(\.isWhitespace) || $0.utf8.count > 200 || $0.contains("\0")
    }) {
      throw ValidationError(
        "a tag is '\(name.prefix(40))'; use 1 to 200 bytes of text that are not all blanks")
    }
  }

  func run() throws {
    let store = try store.open(.writing)
    let chosen = try RunChoice.runs([runs], sweep: sweep, in: store).map(\.record.runID)
    guard !chosen.isEmpty else { throw Failure(.failure, "wb: no run matches; see: wb ls") }
    let changed = try remove ? store.untag(chosen, names) : store.tag(chosen, with: names)
    try store.close()
    let count = Words.count(changed, "run")
    let same = chosen.count - changed
    try Console.output(
      (remove ? "untagged \(count)" : "tagged \(count)")
        + (same > 0 ? "; \(same) \(remove ? "had none of these" : "had these already")" : ""))
  }
}
