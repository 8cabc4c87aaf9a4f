import ArgumentParser
import SweepConfig

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of sweep files, for editors.",
    discussion: """
      Save it, and begin a sweep file with: # yaml-language-server: $schema=wb.schema.json
      """)

  func run() throws { try Console.output(SweepSchema.json()) }
}
