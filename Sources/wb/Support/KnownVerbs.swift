import ArgumentParser
import Tracking

/// What to say of a verb that there is not: the parser calls it an unexpected argument.
enum KnownVerbs {
  /// The complaint about a mistyped verb, with the nearest one; nil where the arguments begin with a verb.
  static func complaint(about arguments: [String], of command: any ParsableCommand.Type = Wb.self) -> Failure?
  {
    let verbs = command.configuration.subcommands
    guard let word = arguments.first, !word.hasPrefix("-"), !verbs.isEmpty else { return nil }
    let names = verbs.compactMap { $0.configuration.commandName }
    if let index = names.firstIndex(of: word) {
      return complaint(about: Array(arguments.dropFirst()), of: verbs[index])
    }
    // The parser brings this one.
    let help = command == Wb.self ? ["help"] : []
    if help.contains(word) { return nil }
    let hint = nearestName(to: word, among: names + help).map { "did you mean '\($0)'?" }
    return Failure(
      .usage, "wb: unknown command '\(word)'; \(hint ?? "the commands are " + names.joined(separator: ", "))")
  }
}
