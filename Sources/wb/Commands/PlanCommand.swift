import ArgumentParser
import Execution
import Foundation
import Inference
import Reporting
import SweepConfig
import Tracking

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "List a sweep's cells and what is left to run of each.",
    usage: "wb plan <file> [<key>=<value> ...] [<options>]")

  @OptionGroup var sweep: SweepOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let whole = try sweep.load()
    let store = FileManager.default.fileExists(atPath: store.path) ? try store.open() : nil
    let rungs = try Rungs(of: whole, in: store)
    let loaded = rungs?.sweepSoFar ?? whole
    let runs = Array(loaded.runs)
    let standings =
      try store?.standingsNow(of: runs.map(\.id)) ?? Array(repeating: nil, count: runs.count)
    let selection = Selection(runs, standings: standings)
    try format.print(table(loaded, selection))
    Console.error(
      "\(loaded.name): \(Words.count(loaded.cells.count, "cell")) × "
        + "\(Words.count(loaded.seeds.count, "seed")) = \(Words.count(loaded.runs.count, "run")), "
        + "\(selection.executed.count) to run")
    if let rungs { Console.error(Self.sentence(of: rungs, seeds: loaded.seeds.count)) }
  }

  /// What the rungs are: those that are known, and how large the others will be.
  private static func sentence(of rungs: Rungs, seeds: Int) -> String {
    let halving = rungs.halving
    var groups = rungs.groupSizes
    return halving.budgets.indices.map { rung in
      if rung < rungs.known.count {
        let known = rungs.known[rung]
        return "rung \(rung + 1), \(halving.name(ofRung: rung)): \(Words.count(known.cells.count, "cell")), "
          + (known.isOver ? "over" : "to be executed")
      }
      groups = groups.map { max(1, $0 / halving.factor) }
      return "rung \(rung + 1), \(halving.name(ofRung: rung)): the best "
        + "\(Words.count(groups.reduce(0, +), "cell")) of rung \(rung)"
    }.joined(separator: "\n")
  }

  private func table(_ sweep: Sweep, _ selection: Selection) -> Table {
    let decisions: [Selection.Decision] = [.new, .interrupted, .running, .finished, .diverged, .failed]
    let paths = sweep.axes.flatMap(\.paths)
    var table = Table(
      columns: [Table.Column("cell", alignment: .right)]
        + paths.map { Table.Column($0, title: KeyTitle.short($0, among: paths)) }
        + decisions.map { decision in
          // What no run is, a reader does not need to see.
          let isRare = decision != .new && selection.count(decision) == 0
          return Table.Column(decision.rawValue, alignment: .right, isDetail: isRare)
        } + [Table.Column("cell_id", isDetail: true)])
    let seeds = sweep.seeds.count
    for (index, cell) in sweep.cells.enumerated() {
      let runs = selection.runs[index * seeds..<(index + 1) * seeds]
      table.append(
        [.integer(cell.index)] + cell.axisValues.map { .text($0.value.inline) }
          + decisions.map { decision in .integer(runs.count { $0.decision == decision }) }
          + [.text(cell.id)])
    }
    return table
  }
}
