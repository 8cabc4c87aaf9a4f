import ArgumentParser
import Reporting
import Tracking

/// Runs by their ids and by filters, as `rm`, `restore` and `tag` take them.
enum RunChoice {
  /// Whether a word is the id of a run or its beginning; a filter has an operator, and so a character that no id has.
  static func isID(_ word: String) -> Bool {
    !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
  }

  /// The runs that are there: those that the words name, each once; ids are of any sweep, filters of `sweep`, else of the one
  /// that was active last. Without words all runs of `sweep`.
  static func runs(_ words: [String], sweep: String?, in store: Store) throws -> [RunSummary] {
    var runs = words.isEmpty ? try store.runs(in: try store.chosenSweepName(sweep)) : []
    for word in words {
      if isID(word) {
        runs.append(try store.run(word))
      } else {
        runs += try RunFilter.runs(word, in: try store.chosenSweepName(sweep), of: store)
      }
    }
    return unique(runs)
  }

  /// The removed runs that the words name; filters are of all sweeps, unless one is named.
  static func removedRuns(_ words: [String], sweep: String?, in store: Store) throws -> [RunSummary] {
    var runs: [RunSummary] = []
    for word in words.isEmpty ? [""] : words {
      let chosen =
        isID(word)
        ? [try store.run(word, isRemoved: true)]
        : try RunFilter.runs(word, in: nil, of: store, areRemoved: true).filter {
          sweep == nil || $0.record.sweep == sweep
        }
      runs += chosen
    }
    return unique(runs)
  }

  private static func unique(_ runs: [RunSummary]) -> [RunSummary] {
    var seen: Set<String> = []
    return runs.filter { seen.insert($0.record.runID).inserted }
  }
}

/// What is asked before something is taken away.
struct ConsentOptions: ParsableArguments {
  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @Flag(name: .shortAndLong, help: "Do not ask.")
  var yes = false

  /// Whether to go on: asked for on a terminal, where nobody has said yes already.
  func isGiven(_ question: String) -> Bool {
    guard !yes, Console.inputIsTerminal, Console.errorIsTerminal else { return true }
    Console.errorRaw("\(VisibleText.escaped(question)) [y/N] ")
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
  }
}
