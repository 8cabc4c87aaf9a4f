import ArgumentParser
import Reporting
import Tracking

struct NoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Say something of a run, for 'wb show' and 'wb ls'.",
    discussion: """
      The text takes the place of what was said before; an empty one takes it away.

        wb note 3f2a9c1b 'stuck until step 800: look at the learning rate'
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("The run's id, or enough of its start.", valueName: "run"))
  var id: String

  @ArgumentParser.Argument(help: "What is to be said of it.")
  var text: String

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if text.utf8.count > 100_000 || text.contains("\0") {
      throw ValidationError("a note has up to 100,000 bytes of text, and no NUL")
    }
  }

  func run() throws {
    let store = try store.open(.writing)
    try store.note(text, on: try store.run(id).record.runID)
    try store.close()
  }
}
