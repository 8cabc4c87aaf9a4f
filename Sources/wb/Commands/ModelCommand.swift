import ArgumentParser
import Foundation
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
      usage: """
        wb model explain <file> [<key>=<value> ...] [--format <format>]
        wb model explain <program.stan> [data=<file>] [--format <format>]
        """,
      discussion: """
        Of a Stan program it also says of each statement that adds to the density \
        whether it is prior or likelihood.
        """)

    @OptionGroup var sweep: SweepOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      var seen: Set<String> = []
      var all = Self.emptyTable
      for settings in try models() {
        guard let model = settings.configuration["model"], seen.insert(model.inline).inserted else {
          continue
        }
        let explanation = ModelExplanation(settings.task)
        let rows = Self.rows(explanation, as: model.inline)
        if format.isForPrograms {
          for row in rows { all.append(row) }
        } else {
          let heading = [model.inline, explanation.summary]
            .map { TextWrap.lines(VisibleText.escaped($0), width: 80).joined(separator: "\n") }
          try Console.output(heading.joined(separator: "\n") + "\n\n")
          try format.print(Table(columns: Self.emptyTable.columns, rows: rows))
          for warning in explanation.warnings { try Console.output("\n" + warning) }
          try Console.output("")
        }
      }
      if format.isForPrograms { try format.print(all) }
    }

    /// The settings of the sweep's cells, or those of a Stan program alone.
    private func models() throws -> [RunSettings] {
      guard sweep.file.hasSuffix(".stan") else { return try sweep.load().cells.map(\.settings) }
      var options: ConfigMapping = ["program": .text(sweep.file)]
      for override in sweep.overrides {
        let parts = override.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, ["data", "name"].contains(parts[0]) else {
          throw ValidationError("'\(override)' is no option of a program; use data=<file>")
        }
        options[parts[0]] = .text(parts[1])
      }
      let files = DataFiles(dataFolder: ProcessInfo.processInfo.environment["WB_DATA"])
      let model = ConfigValue.mapping(["stan": .mapping(options)])
      return [try SettingsResolver(tables: files).resolve(["model": model])]
    }

    private static var emptyTable: Table {
      Table(columns: [Table.Column("model", isDetail: true), Table.Column("fact"), Table.Column("value")])
    }

    private static func rows(_ explanation: ModelExplanation, as configuration: String) -> [[Table.Cell]] {
      explanation.rows.map { [.text(configuration), .text($0.fact), .text($0.value)] }
    }
  }
}
