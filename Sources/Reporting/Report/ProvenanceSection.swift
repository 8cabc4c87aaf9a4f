import Tracking

/// What ran the sweep, and where.
enum ProvenanceSection {
  static func markdown(_ input: ReportInput) -> String {
    var table = Table(columns: ["wb", "git commit", "host", "BLAS core", "command"].map { Table.Column($0) })
    var seen: Set<AttemptRecord> = []
    let attempts = input.attempts.filter { seen.insert($0).inserted }
    for attempt in attempts {
      table.append([
        .text(attempt.wbVersion), attempt.gitCommit.map(Table.Cell.text) ?? .missing, .text(attempt.host),
        .text(attempt.blasCore), .text(attempt.command),
      ])
    }
    let processors = Set(attempts.map(\.cpuFlags)).sorted().map { "CPU: \(Markdown.code($0))" }
    let listing =
      attempts.isEmpty ? "No attempt is recorded." : TableFormat.markdown.render(table).trimmingSuffix()
    return (["## Provenance", listing] + processors).joined(separator: "\n\n") + "\n"
  }
}
