import ArgumentParser
import Inference
import Reporting
import SweepConfig

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Explain the models of a sweep.", subcommands: [Explain.self])

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "explain",
      abstract: "Parameters, supports, and what is known of each model in closed form.",
      usage: "wb model explain <file> [<key>=<value> ...] [--format <format>]")

    @OptionGroup var sweep: SweepOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      let loaded = try sweep.load()
      var seen: Set<String> = []
      var all = Self.emptyTable
      for cell in loaded.cells {
        guard let model = cell.settings.configuration["model"], seen.insert(model.inline).inserted else {
          continue
        }
        let explanation = ModelExplanation(cell.settings.task)
        let rows = Self.rows(explanation, as: model.inline)
        if format.isForPrograms {
          for row in rows { all.append(row) }
        } else {
          let heading = [model.inline, explanation.summary]
            .map { TextWrap.lines(VisibleText.escaped($0), width: 80).joined(separator: "\n") }
          try Console.output(heading.joined(separator: "\n") + "\n\n")
          try format.print(Table(columns: Self.emptyTable.columns, rows: rows))
          try Console.output("")
        }
      }
      if format.isForPrograms { try format.print(all) }
    }

    private static var emptyTable: Table {
      Table(columns: [Table.Column("model", isDetail: true), Table.Column("fact"), Table.Column("value")])
    }

    private static func rows(_ explanation: ModelExplanation, as configuration: String) -> [[Table.Cell]] {
      explanation.rows.map { [.text(configuration), .text($0.fact), .text($0.value)] }
    }
  }
}
