import ArgumentParser
import Inference
import Reporting

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog", abstract: "List components, or the options of one.",
    discussion: "'wb catalog family' lists the families, 'wb catalog low-rank' the options of one.")

  @ArgumentParser.Argument(
    help:
      "A kind (\(ComponentKind.allCases.map(\.rawValue).joined(separator: ", "))), a name, or nothing for all."
  )
  var kind: String?
  @OptionGroup var format: FormatOptions

  func run() throws {
    let all = ComponentKind.allCases.flatMap { Catalog.components(of: $0) }
    guard let kind else { return try format.print(components(all)) }
    if let chosen = ComponentKind(rawValue: kind) {
      return try format.print(components(Catalog.components(of: chosen)))
    }
    if kind == "run" { return try format.print(options(RunSettings.optionInfos)) }
    guard let component = all.first(where: { $0.name == kind }) else {
      let valid = ComponentKind.allCases.map(\.rawValue) + ["run"] + all.map(\.name)
      let hint = nearestName(to: kind, among: valid).map { "did you mean '\($0)'?" } ?? "see: wb catalog"
      throw Failure(.usage, "wb: unknown kind or component '\(kind)'; \(hint)")
    }
    if format.format == .table { try Console.output("\(component.name): \(component.summary)\n\n") }
    try format.print(options(component.options))
  }

  private func components(_ components: [ComponentDescription]) -> Table {
    var table = Table(
      columns: [
        Table.Column("kind"), Table.Column("name"), Table.Column("summary", isProse: true),
        Table.Column("options", isDetail: true),
      ])
    for component in components {
      table.append([
        .text(component.kind.rawValue), .text(component.name), .text(component.summary),
        .text(component.options.map(\.name).joined(separator: " ")),
      ])
    }
    return table
  }

  private func options(_ options: [OptionInfo]) -> Table {
    var table = Table(
      columns: [
        Table.Column("option"), Table.Column("takes", isProse: true), Table.Column("default", isProse: true),
        Table.Column("help", isProse: true),
      ])
    for option in options {
      let value = option.isRequired ? "required" : option.defaultValue.inline
      table.append([.text(option.name), .text(option.kind.description), .text(value), .text(option.help)])
    }
    return table
  }
}
