import Foundation

/// Measures `wb`, beside others where a Python with them is given: the command behind `make bench` and `make budgets`.
@main
enum Bench {
  static let usage = """
    bench table [--only NAME] [--rounds N] [--peers PYTHON] [--output FILE]   measure, and write the table
    bench budgets                                                            count instructions, and write the budgets
    bench data FOLDER                                                        write the data that all programs read
    bench store FILE RUNS STEPS                                              write a store of runs that nobody executed
    bench record columns|metrics FILE                                        record into a new store; prints the seconds
    """

  static func main() {
    do {
      try execute(Array(CommandLine.arguments.dropFirst()))
    } catch let error as UsageError {
      say("\(error.description)\n\(usage)")
      exit(2)
    } catch {
      say("bench: \(error)")
      exit(1)
    }
  }

  private static func execute(_ arguments: [String]) throws {
    let repository = FileManager.default.currentDirectoryPath
    switch arguments.first {
    case "table": try table(try TableOptions(Array(arguments.dropFirst())), repository)
    case "budgets" where arguments.count == 1: try budgets(repository)
    case "data" where arguments.count == 2:
      try Datasets.write(Datasets.names, to: arguments[1], repository: repository)
    case "store" where arguments.count == 4:
      guard let runs = Int(arguments[2]), let steps = Int(arguments[3]), runs > 0, steps > 0 else {
        throw UsageError(description: "bench: RUNS and STEPS are numbers above 0")
      }
      try SyntheticStore(runs: runs, steps: steps).write(to: arguments[1])
    case "record" where arguments.count == 3:
      guard let kind = Recording(rawValue: arguments[1]) else {
        throw UsageError(description: "bench: record takes columns or metrics")
      }
      print(try kind.seconds(path: arguments[2]))
    default: throw UsageError(description: "bench: no such command")
    }
  }

  private static func table(_ options: TableOptions, _ repository: String) throws {
    let bench = try Workbench(wb: Workbench.builtCommand, repository: repository)
    let works = Work.all.filter { options.selects($0.name) }
    let growths = options.selects("linearity") ? Growth.all : []
    guard !works.isEmpty || !growths.isEmpty else {
      let names = (Work.all.map(\.name) + ["linearity"]).joined(separator: ", ")
      throw UsageError(description: "bench: ONLY takes the beginning of one of \(names)")
    }
    say("generating data")
    // In a process of its own: what a process had in memory counts for the peaks of its children.
    try launchToSuccess(["/proc/\(getpid())/exe", "data", bench.data])
    let turns = Turns(bench: bench, python: options.python, rounds: options.rounds, progress: say)
    let comparisons = works.map { work in
      say(work.title)
      return turns.measure(work)
    }
    let grown = growths.map { growth in
      say("growth with " + growth.title)
      return GrowthTimes(measuring: growth, on: bench, rounds: options.rounds)
    }
    let page = Page(
      comparisons: comparisons, growths: grown, surroundings: .now(wb: bench.wb), command: options.command,
      rounds: options.rounds)
    print(page.text)
    if let output = options.output {
      let file = URL(fileURLWithPath: output)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(page.text.utf8).write(to: file)
      say("written to \(output)")
    }
  }

  private static func budgets(_ repository: String) throws {
    if let obstacle = BudgetProgram.obstacle { throw UsageError(description: "bench: \(obstacle)") }
    let bench = try Workbench(wb: Workbench.builtCommand, repository: repository)
    let before = try? Budgets(repository: repository)
    var budgets = Budgets(instructionsPerStep: [:])
    var rows: [[String]] = []
    for program in BudgetProgram.all {
      let counts = try program.count(on: bench)
      budgets.instructionsPerStep[program.name] = Int(counts.instructions.rounded())
      let old = before?.instructionsPerStep[program.name].map(String.init) ?? ""
      rows.append([program.name, old, "\(Int(counts.instructions.rounded()))", digits(counts.allocations)])
      if let complaint = budgets.complaint(about: program.name, counts) { say(complaint) }
    }
    try budgets.write(repository: repository)
    print(
      markdownTable(
        ["program", "budget was", "instructions a step", "allocations a step"], rows, rightAligned: [1, 2, 3])
    )
  }

  private static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
