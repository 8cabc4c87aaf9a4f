import Tracking

/// The commands that make every number and picture of the report again.
enum ReproduceSection {
  /// - Parameter kinds: the kinds of figures that the report shows and not every report has.
  static func blocks(_ analysis: ReportAnalysis, kinds: [String]) -> [DocumentBlock] {
    let input = analysis.input
    let store = "--store \(ShellText.quoted(input.store))"
    let sweep = ShellText.quoted(input.sweep.name)
    let keys = analysis.grouping.by.joined(separator: ",")
    let by = keys.isEmpty ? "" : " --by \(ShellText.quoted(keys))"
    let overrides = input.sweep.overrides.map { " " + ShellText.quoted($0) }.joined()
    let commands =
      [
        "wb run \(ShellText.quoted(input.sweepFile))\(overrides) \(store)",
        "wb compare --sweep \(sweep) --metric elbo\(by) \(store)",
        "wb plot --sweep \(sweep) --metric elbo\(by) \(store)",
      ] + kinds.map { "wb plot --sweep \(sweep) --kind \($0)\(by) \(store)" } + [
        "wb report \(sweep) \(store)"
      ]
    let client = "sqlite3 \(ShellText.quoted(input.store)) \(ShellText.quoted(query(analysis)))"
    return [
      .heading(2, "Reproduce"), .code(commands.joined(separator: "\n"), language: "sh"),
      .paragraph("Or ask the store with any SQLite client:"), .code(client, language: "sh"),
    ]
  }

  private static func query(_ analysis: ReportAnalysis) -> String {
    let columns = ["model"] + ["family", "form", "beta"].filter(analysis.grouping.by.contains)
    let list = columns.joined(separator: ", ")
    return "SELECT \(list), count(*), avg(elbo), min(elbo), max(elbo) FROM runs WHERE sweep = "
      + "'\(analysis.input.sweep.name.replacing("'", with: "''"))' AND status = 'finished' GROUP BY \(list)"
  }
}
