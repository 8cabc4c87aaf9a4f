import ArgumentParser
import Reporting
import Tracking

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls", abstract: "List runs.",
    discussion: "Lists the runs of the sweep that was active last; with --sweeps the sweeps of the store.")

  @OptionGroup var filter: RunOptions
  @Flag(help: "List the sweeps instead.")
  var sweeps = false
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let store = try store.open()
    format.print(sweeps ? try sweepTable(store) : try runTable(store))
  }

  private func sweepTable(_ store: Store) throws -> Table {
    let statuses: [RunStatus] = [.finished, .diverged, .failed, .interrupted, .running]
    var table = Table(
      columns: [Table.Column("sweep"), Table.Column("runs", alignment: .right)]
        + statuses.map { Table.Column($0.rawValue, alignment: .right) } + [Table.Column("description")])
    for sweep in try store.sweeps() {
      table.append(
        [.text(sweep.record.name), .integer(sweep.runs)]
          + statuses.map { .integer(sweep.counts[$0] ?? 0) } + [.text(sweep.record.description)])
    }
    return table
  }

  private func runTable(_ store: Store) throws -> Table {
    let runs = try filter.runs(in: store).runs
    let keys = RunKeys.varying(in: runs)
    let right = Table.Alignment.right
    var table = Table(
      columns: [Table.Column("run_id")] + keys.map { Table.Column($0, title: shortTitle($0, among: keys)) }
        + [
          Table.Column("seed", alignment: right), Table.Column("status"), Table.Column("elbo", alignment: right),
          Table.Column("elbo_se", alignment: right), Table.Column("seconds", alignment: right),
          Table.Column("suspect"),
        ])
    for run in runs {
      let outcome = run.outcome
      let digits = NumberText.digits(error: outcome?.elboStandardError) ?? 4
      table.append(
        [.text(String(run.record.runID.prefix(8)))]
          + keys.map { run.value(of: $0).map(Table.Cell.init) ?? .missing }
          + [
            .integer(run.record.seed), .text(run.status.rawValue),
            .optional(outcome?.yardstick?.elbo, digits: digits),
            .optional(outcome?.elboStandardError, digits: digits), .optional(outcome?.seconds, digits: 3),
            .text(outcome?.suspect == nil ? "" : "suspect"),
          ])
    }
    return table
  }

  /// The last part of a dotted key, where that is enough to tell it from the others.
  private func shortTitle(_ key: String, among keys: [String]) -> String {
    func last(_ key: String) -> Substring { key.split(separator: ".").last ?? Substring(key) }
    return keys.count { last($0) == last(key) } > 1 ? key : String(last(key))
  }
}

extension Table.Cell {
  init(_ value: ParameterValue) {
    switch value {
    case .null: self = .missing
    case .integer(let number): self = .integer(number)
    case .number(let number): self = .number(number, digits: nil)
    case .text(let text): self = .text(text)
    }
  }
}
