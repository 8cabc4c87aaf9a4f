import Tracking

/// The commands that make every number and picture of the report again.
enum ReproduceSection {
  static func markdown(_ analysis: ReportAnalysis) -> String {
    let input = analysis.input
    let store = "--store \(shell(input.store))"
    let filter = shell("sweep = \(filterText(input.sweep.name))")
    let by = analysis.grouping.by.isEmpty ? "" : " --by \(shell(analysis.grouping.by.joined(separator: ",")))"
    let overrides = input.sweep.overrides.map { " " + shell($0) }.joined()
    let commands = [
      "wb run \(shell(input.sweepFile))\(overrides) \(store)",
      "wb compare \(filter) --metric elbo\(by) \(store)",
      "wb plot \(filter) --metric elbo\(by) \(store)",
      "wb report \(shell(input.sweep.name)) \(store)",
    ]
    return """
      ## Reproduce

      \(Markdown.fenced(commands.joined(separator: "\n"), language: "sh"))
      Or ask the store with any SQLite client:

      \(Markdown.fenced("sqlite3 \(shell(input.store)) \(shell(query(analysis)))", language: "sh"))
      """
  }

  private static func query(_ analysis: ReportAnalysis) -> String {
    let columns = ["model"] + ["family", "form", "beta"].filter(analysis.grouping.by.contains)
    let list = columns.joined(separator: ", ")
    return "SELECT \(list), count(*), avg(elbo), min(elbo), max(elbo) FROM runs WHERE sweep = "
      + "'\(analysis.input.sweep.name.replacing("'", with: "''"))' AND status = 'finished' GROUP BY \(list)"
  }

  /// A text in the filter language, quoted where it is no plain word.
  private static func filterText(_ text: String) -> String {
    isPlain(text) ? text : "'" + text.replacing("'", with: "''") + "'"
  }

  /// A word for the shell, quoted where it needs to be.
  private static func shell(_ text: String) -> String {
    isPlain(text) ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("-")
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./,=".contains($0)) }
  }
}
