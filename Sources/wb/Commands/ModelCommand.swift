import ArgumentParser
import Inference
import Reporting
import SweepConfig

struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "Explain the models of a sweep.", subcommands: [Explain.self])

  struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Parameters, supports, transforms, and what is known of each model in closed form.")

    @OptionGroup var sweep: SweepOptions
    @OptionGroup var format: FormatOptions

    func run() throws {
      let loaded = try sweep.load()
      var seen: Set<String> = []
      for cell in loaded.cells {
        guard let model = cell.settings.configuration["model"], seen.insert(model.inline).inserted else { continue }
        explain(cell.settings.model, as: model)
      }
    }

    private func explain(_ model: any Model, as configuration: ConfigValue) {
      let facts = ModelExplanation(model)
      if format.format == .table { Console.output("\(configuration.inline)\n\(type(of: model).summary)\n") }
      var latents = Table(
        columns: [Table.Column("latent"), Table.Column("count", alignment: .right), Table.Column("support")])
      for latent in model.latents {
        latents.append([.text(latent.name), .integer(latent.count), .text(latent.support.description)])
      }
      format.print(latents)
      var table = Table(columns: [Table.Column("fact"), Table.Column("value")])
      for (fact, value) in facts.rows { table.append([.text(fact), .text(value)]) }
      Console.output("")
      format.print(table)
      Console.output("")
    }
  }
}
