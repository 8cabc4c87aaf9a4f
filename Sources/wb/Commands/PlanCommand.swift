import ArgumentParser
import Execution
import Foundation
import Inference
import Reporting
import SweepConfig
import Tracking

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "List a sweep's cells and what is left to run of each.")

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let loaded = try sweep.load()
    let ids = loaded.runs.map(\.id)
    let statuses =
      FileManager.default.fileExists(atPath: store.path) ? try store.open().statuses(of: ids) : [:]
    let selection = Selection(loaded, statuses: statuses)
    let decisions: [Selection.Decision] = [.new, .interrupted, .running, .finished, .diverged, .failed]
    var table = Table(
      columns: [Table.Column("cell", alignment: .right)] + loaded.axes.flatMap(\.paths).map { Table.Column($0) }
        + decisions.map { Table.Column($0.rawValue, alignment: .right) }
        + [Table.Column("cell_id", isDetail: true)])
    let seeds = loaded.seeds.count
    for (index, cell) in loaded.cells.enumerated() {
      let runs = selection.runs[index * seeds..<(index + 1) * seeds]
      table.append(
        [.integer(cell.index)] + cell.axisValues.map { .text($0.value.inline) }
          + decisions.map { decision in .integer(runs.count { $0.decision == decision }) } + [.text(cell.id)])
    }
    format.print(table)
    let missing = selection.executed.count
    Console.error(
      "\(loaded.name): \(loaded.cells.count) cells × \(seeds) seeds = \(loaded.runs.count) runs, \(missing) to run")
  }
}
