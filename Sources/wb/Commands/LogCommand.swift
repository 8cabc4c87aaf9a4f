import ArgumentParser
import Reporting
import Tracking

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Append values of metrics to a run that a program executed.",
    usage: "wb log <run> <metric>=<value> ... [--step <step>] [--store <path>]",
    discussion: """
      For what is measured after a run or beside it. Within a program's run, lines of JSON on WB_METRICS_FD are \
      faster. The columns of steps (elbo, kl_prior, …) and the runs that wb executes itself take no values from \
      outside.

        wb log 3f2a9c1b accuracy=0.93 nll=0.41
        wb log "$WB_RUN_ID" accuracy=0.91 --step 500
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("The run's id, or enough of its start.", valueName: "run"))
  var id: String

  @ArgumentParser.Argument(
    help: ArgumentHelp("What was measured: a name, '=' and a number, nan or inf.", valueName: "metric=value"))
  var values: [String]

  @ArgumentParser.Option(help: "After how many updates it was measured; else the last recorded step.")
  var step: Int?

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if let step, step < 0 { throw ValidationError("--step is \(step); use a whole number from 0") }
    var names: Set<String> = []
    for value in try read() {
      if StepColumn(name: value.metric) != nil {
        throw ValidationError(
          "'\(value.metric)' is a column of steps, which a run reports itself; use another name")
      }
      if !names.insert(value.metric).inserted {
        throw ValidationError("'\(value.metric)' is given twice; give it once")
      }
    }
  }

  func run() throws {
    let store = try store.open(.writing)
    let run = try store.run(id).record
    guard run.parameters.contains(where: { $0.key == "program" }) else {
      throw Failure(
        .usage,
        "wb: run \(run.runID) was executed by wb, and what it records is all there is; "
          + "say of it what you will with: wb note")
    }
    let logged = try store.log(try read(), step: step, of: run.runID)
    try store.close()
    if case .recordedAlready(let step, let metrics) = logged {
      throw Failure(
        .usage,
        "wb: run \(run.runID) has a value of \(metrics.joined(separator: ", ")) at step \(step) already, and "
          + "nothing was added; give another --step or another name")
    }
  }

  private func read() throws -> [(metric: String, value: Double)] {
    try values.map { text in
      guard let equals = text.lastIndex(of: "="), equals != text.startIndex,
        let value = Double(text[text.index(after: equals)...]), !text.contains("\0"), text.utf8.count <= 1000
      else { throw ValidationError("'\(text)' is no metric=value; write as in accuracy=0.93") }
      return (String(text[..<equals]), value)
    }
  }
}
