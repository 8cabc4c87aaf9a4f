/// The model `command`: a program that fits one, as a sweep file names it.
public struct Command: Component {
  public static let name = "command"
  public static let summary = "a program that fits a model and reports metrics as JSON lines; see the README"

  /// The program and its arguments, with placeholders.
  var argv: [String] = []
  /// The name of the model that it fits; nil: its own.
  var of: String?
  var directory: String?
  var environment = ConfigMapping()
  var prefix: String?
  var threads = 1
  /// The files that its numbers depend on; nil: those of `argv` that are there.
  var inputs: [String]?

  public static var options: [Option<Self>] {
    [
      .words(
        "argv", \.argv, required: true,
        "the program and its arguments, without a shell; {beta}, {seed}, {run_id}, {parameters.x} are filled in"
      ),
      .text("of", \.of, "the model that it fits, which it is compared under; null: the program's name"),
      .text(
        "directory", \.directory, "where it runs, relative to the sweep file; null: the sweep file's folder"),
      .wordMapping("environment", \.environment, "variables of its environment, placeholders filled in"),
      .text("prefix", \.prefix, "lines of its standard output that begin so are metrics; null: none"),
      .integer("threads", \.threads, 1...1024, "how many of wb run's -j it takes"),
      .texts(
        "inputs", \.inputs, "files whose digests are part of the run; null: those of argv that are there"),
    ]
  }

  public init() {}
}
