import Tracking

/// What ran the sweep, and where.
enum ProvenanceSection {
  static func blocks(_ input: ReportInput) -> [DocumentBlock] {
    var table = Table(columns: ["wb", "git commit", "host", "BLAS core", "command"].map { Table.Column($0) })
    var seen: Set<AttemptRecord> = []
    let attempts = input.attempts.filter { seen.insert($0).inserted }
    for attempt in attempts {
      table.append([
        .text(attempt.wbVersion), attempt.gitCommit.map(Table.Cell.text) ?? .missing, .text(attempt.host),
        .text(attempt.blasCore), .text(attempt.command),
      ])
    }
    let processors = Set(attempts.map(\.cpuFlags)).sorted().map {
      DocumentBlock.paragraph("CPU: \(code: $0)")
    }
    let listing: DocumentBlock = attempts.isEmpty ? .paragraph("No attempt is recorded.") : .table(table)
    return [.heading(2, "Provenance"), listing] + processors
  }
}
