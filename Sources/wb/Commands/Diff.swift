import ArgumentParser
import Reporting
import Tracking

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Show what differs between two runs, and nothing else.",
    usage: "wb diff <first> <second> [<options>]")

  @ArgumentParser.Argument(help: "A run's id, or enough of its start.")
  var first: String
  @ArgumentParser.Argument(help: "Another run's id.")
  var second: String
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let store = try store.open()
    let runs = [try store.run(first), try store.run(second)]
    var table = Table(
      columns: [
        Table.Column("key"), Table.Column("first", title: runs[0].record.runID),
        Table.Column("second", title: runs[1].record.runID),
      ])
    var seen: Set<String> = []
    let columns = ["sweep", "seed", "status"]
    let parameters = runs.flatMap { $0.record.parameters.map(\.key) }
    for key in columns + parameters where seen.insert(key).inserted {
      let values = runs.map { $0.value(of: key) }
      if values[0] != values[1] {
        table.append([.text(key)] + values.map { $0.map(Table.Cell.init) ?? .missing })
      }
    }
    for metric in RunMetric.allCases {
      let values = runs.map { metric.value(of: $0) }
      if values[0] != values[1] {
        table.append([.text(metric.rawValue)] + values.map { .optional($0, digits: nil) })
      }
    }
    let reasons = runs.map { $0.outcome?.suspect ?? $0.outcome?.reason }
    if reasons[0] != reasons[1] {
      table.append([.text("suspect or reason")] + reasons.map { $0.map(Table.Cell.text) ?? .missing })
    }
    try format.print(table)
    if table.rows.isEmpty { Console.error("the runs do not differ") }
  }
}
