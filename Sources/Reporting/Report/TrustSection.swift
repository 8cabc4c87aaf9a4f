import Comparison
import Tracking

/// The identity checks, and the runs that diverged, failed or are suspect.
enum TrustSection {
  static func blocks(
    _ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps, _ source: any RunSource
  ) throws -> [DocumentBlock] {
    let runs = analysis.input.runs
    var blocks: [DocumentBlock] = [
      .heading(2, "Can it be trusted"),
      .paragraph("\(RichText(checks(runs))) Of one run \(code: "wb show RUN") says it."),
    ]
    let troubled = runs.filter { trouble(of: $0) != nil }
    if troubled.isEmpty {
      blocks.append(.paragraph("No run diverged, failed or is suspect."))
    } else {
      blocks.append(.table(table(troubled, analysis)))
    }
    blocks += try WarmUpLint.texts(analysis, source).map(DocumentBlock.paragraph)
    blocks +=
      ConvergenceSection.blocks(analysis, gaps) + LowerTops.blocks(analysis, gaps)
    return try blocks + LatticeSection.blocks(analysis, source) + TailSection.blocks(analysis, source)
  }

  private static func checks(_ runs: [RunSummary]) -> String {
    let checked = runs.compactMap { $0.outcome?.identitiesChecked }.reduce(0, +)
    let suspects = runs.count { $0.outcome?.suspect != nil }
    let largest = runs.compactMap { $0.outcome?.largestResidual }.max()
    let residual =
      largest.map {
        "the largest relative residual where both sides are exact is \(NumberText.rounded($0, figures: 2))"
      }
      ?? "no identity had both sides exact"
    return
      "The identities between the terms of the bound were checked \(NumberText.grouped(checked)) times; \(residual); "
      + "\(VerdictText.count(suspects, "run")) violated one or is suspect for another reason."
  }

  private static let mostRows = 20

  private static func table(_ runs: [RunSummary], _ analysis: ReportAnalysis) -> Table {
    runs.count <= mostRows ? everyRun(runs, analysis) : byReason(runs, analysis)
  }

  private static func everyRun(_ runs: [RunSummary], _ analysis: ReportAnalysis) -> Table {
    var table = Table(columns: [
      Table.Column("run"), Table.Column("group"), Table.Column("seed", alignment: .right),
      Table.Column("status"),
      Table.Column("why"),
    ])
    for run in runs {
      table.append([
        .text(run.record.runID), .text(analysis.name(of: run)), .integer(run.record.seed),
        .text(status(of: run)), trouble(of: run).map(Table.Cell.text) ?? .missing,
      ])
    }
    return table
  }

  /// One row per kind of trouble: reasons that differ only in their numbers are one kind.
  private static func byReason(_ runs: [RunSummary], _ analysis: ReportAnalysis) -> Table {
    var table = Table(columns: [
      Table.Column("status"), Table.Column("runs", alignment: .right),
      Table.Column("groups", alignment: .right),
      Table.Column("for example"), Table.Column("why"),
    ])
    let kinds = Dictionary(grouping: runs) { [status(of: $0), withoutNumbers(trouble(of: $0) ?? "")] }
    for (kind, members) in kinds.sorted(by: { ($1.value.count, $0.key[1]) < ($0.value.count, $1.key[1]) }) {
      guard let first = members.first else { continue }
      table.append([
        .text(kind[0]), .integer(members.count), .integer(Set(members.map { analysis.name(of: $0) }).count),
        .text("\(first.record.runID): \(analysis.name(of: first)), seed \(first.record.seed)"),
        .text(trouble(of: first) ?? ""),
      ])
    }
    return table
  }

  private static func status(of run: RunSummary) -> String {
    run.outcome?.suspect != nil && run.status == .finished ? "suspect" : run.status.rawValue
  }

  private static func trouble(of run: RunSummary) -> String? {
    let reasons = [run.outcome?.reason, run.outcome?.suspect].compactMap { $0 }
    switch run.status {
    case .diverged, .failed:
      return reasons.isEmpty ? "no reason was recorded" : reasons.joined(separator: "; ")
    case .finished, .running, .interrupted: return run.outcome?.suspect
    }
  }

  private static func withoutNumbers(_ text: String) -> String {
    String(text.filter { !$0.isNumber && !"+-.e".contains($0) })
  }
}
