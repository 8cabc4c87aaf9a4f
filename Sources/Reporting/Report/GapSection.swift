import Comparison
import Tracking

/// What is missing between the ELBO and log p(x), KL[q ‖ p(z|x)], told apart: the error of the optimisation and that of the family.
enum GapSection {
  /// Empty where no run of an inferred model can be asked.
  static func blocks(
    _ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps, _ source: any RunSource
  ) throws -> [DocumentBlock] {
    let weights = try TailSection.Values(analysis.input.runs, source)
    var blocks: [DocumentBlock] = []
    for context in analysis.contexts {
      guard context.runs.contains(where: { gaps.sizes[$0.record.runID] != nil }),
        let evidence = KnownEvidence(context.runs, weights, name: { "\(analysis.grouping.group(of: $0))" })
      else { continue }
      let rows = rows(context, analysis, gaps, evidence.value)
      guard !rows.isEmpty else { continue }
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): the gap"))
      }
      blocks += [.paragraph(RichText(sentence(evidence))), .table(table(rows, context))]
    }
    guard !blocks.isEmpty else { return [] }
    return [.heading(2, "What the gap is made of")] + blocks + [
      .paragraph(
        """
        Means over the finished runs of a group, in nats. `gap` is KL[q ‖ p(z|x)], the error of the posterior, with its standard error; \
        `optimisation gap` is what a better climb would still gain of it, to second order, where the run climbed the ELBO itself and the estimate \
        is certain enough; `family gap` is the rest, which only another family can gain.
        """)
    ]
  }

  private static func sentence(_ evidence: KnownEvidence) -> String {
    let digits = evidence.value.error > 0 ? 4 : 6
    let error =
      evidence.value.error > 0 ? " (se \(NumberText.rounded(evidence.value.error, figures: 2)))" : ""
    return
      "log p(x) is \(NumberText.fixed(evidence.value.mean, digits: digits))\(error) nats, \(evidence.source)."
  }

  private struct Row {
    let key: GroupKey
    let gap: SeedMean
    let optimization: Double?
  }

  private static func rows(
    _ context: ReportAnalysis.Context, _ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps,
    _ evidence: SeedMean
  ) -> [Row] {
    let bounded = context.runs.filter {
      $0.status == .finished && $0.hasBound && $0.outcome?.yardstick?.elbo?.isFinite == true
    }
    let members = Dictionary(grouping: bounded, by: analysis.grouping.group(of:))
    return (context.comparison.groups + context.comparison.unranked).compactMap { group in
      guard let runs = members[group.key] else { return nil }
      // Of another objective, or another β, the gap is to another optimum than that of the yardstick.
      let climbed = runs.filter {
        $0.record.objective == "elbo" && $0.record.beta == 1 && gaps.isCertain($0)
      }
      let sizes = climbed.compactMap { gaps.sizes[$0.record.runID] }
      return Row(
        key: group.key, gap: evidence - SeedMean(elboOf: runs),
        optimization: sizes.count == runs.count ? mean(sizes) : nil)
    }
  }

  private static func table(_ rows: [Row], _ context: ReportAnalysis.Context) -> Table {
    let keys = rows.first?.key.labels.map(\.key) ?? []
    var table = Table(
      columns: keys.map { Table.Column($0, title: $0.split(separator: ".").last.map(String.init) ?? $0) }
        + ["gap", "se", "optimisation gap", "family gap"].map { Table.Column($0, alignment: .right) })
    for row in rows {
      table.append(
        row.key.labels.map { .text($0.text) } + [
          .optional(row.gap.mean, digits: 4), .text(NumberText.rounded(row.gap.error, figures: 2)),
          .optional(row.optimization, digits: 4),
          .optional(row.optimization.map { row.gap.mean - $0 }, digits: 4),
        ])
    }
    return table
  }
}
