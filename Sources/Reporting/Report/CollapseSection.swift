import Comparison
import Tracking

/// Predicted and measured collapse of the units of linear VAEs, and the trade-off beside its exact curve.
struct CollapseSection {
  private let tradeOff: TradeOff
  private let curve: LinearVAECurve
  private let learned: LearnedValues

  static func blocks(_ analysis: ReportAnalysis, _ learned: LearnedValues) throws -> [DocumentBlock] {
    var blocks: [DocumentBlock] = []
    for context in analysis.contexts {
      guard let tradeOff = try TradeOff(context, grouping: analysis.grouping, source: learned.source),
        let curve = tradeOff.curve, !tradeOff.betas.isEmpty
      else { continue }
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): collapse"))
      }
      blocks += CollapseSection(tradeOff: tradeOff, curve: curve, learned: learned).blocks
    }
    return blocks.isEmpty ? [] : [.heading(2, "Collapse")] + blocks
  }

  private var blocks: [DocumentBlock] {
    [
      .paragraph(
        """
        A linear VAE is known exactly: unit i carries nothing once β exceeds λᵢ / σ², with λᵢ the eigenvalues of the \
        data's covariance and σ² = \(NumberText.rounded(curve.noiseVariance, figures: 4)).
        """),
      .table(units), .paragraph(largestDifference), .table(comparison),
    ]
  }

  // MARK: Units

  /// The runs that counted their active units, which are always the strongest: unit i is active where there are i.
  private var counted: [(beta: Double, active: Int)] {
    tradeOff.entries.compactMap { entry in
      guard let beta = entry.beta, let active = learned.value("active_units", of: entry.run), active.isFinite
      else { return nil }
      return (beta, Int(active.rounded()))
    }
  }

  private var units: Table {
    var table = Table(
      columns: ["unit", "λ", "predicted β", "active up to β", "collapsed from β"].map {
        Table.Column($0, alignment: .right)
      } + [Table.Column("as predicted")])
    for (index, predicted) in curve.collapses.enumerated() {
      let lastActive = counted.filter { $0.active > index }.map(\.beta).max()
      let firstCollapsed = counted.filter { $0.active <= index }.map(\.beta).min()
      table.append([
        .integer(index + 1), .text(NumberText.rounded(curve.eigenvalues[index], figures: 4)),
        .text(NumberText.rounded(predicted, figures: 4)), .optional(lastActive, digits: nil),
        .optional(firstCollapsed, digits: nil),
        .text(Self.agreement(predicted, lastActive: lastActive, firstCollapsed: firstCollapsed)),
      ])
    }
    return table
  }

  /// Whether no run was active above the predicted β and none collapsed below it. Just below it, where the variance of
  /// the posterior mean, 1 − βσ²/λᵢ, is under the 0.01 at which units are counted, a unit passes for collapsed.
  private static func agreement(_ predicted: Double, lastActive: Double?, firstCollapsed: Double?) -> String {
    guard lastActive != nil || firstCollapsed != nil else { return "not measured" }
    return (lastActive ?? 0) <= predicted && (firstCollapsed ?? .infinity) >= predicted ? "yes" : "no"
  }

  // MARK: Rate and distortion

  private struct Difference {
    var size: Double
    var quantity: String
    var beta: Double
  }

  /// Of single runs, which is stricter than of means.
  private func difference(_ entry: TradeOff.Entry) -> Difference? {
    guard let beta = entry.beta else { return nil }
    let exact = curve.point(at: beta)
    let rate = Difference(size: abs(entry.point.rate - exact.rate), quantity: "rate", beta: beta)
    let distortion = Difference(
      size: abs(entry.point.distortion - exact.distortion), quantity: "distortion", beta: beta)
    return rate.size > distortion.size ? rate : distortion
  }

  private var largestDifference: RichText {
    guard let largest = tradeOff.entries.compactMap(difference).max(by: { $0.size < $1.size }) else {
      return ""
    }
    return """
      Measured and exact rate and distortion differ by at most **\(NumberText.rounded(largest.size, figures: 2)) nats** \
      per datum (\(largest.quantity) of a run at β = \(NumberText.exact(largest.beta))).
      """
  }

  private var comparison: Table {
    let groups = tradeOff.groups
    let keys = groups.first?.labels.map(\.key) ?? []
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, groups)
        + [
          "β", "exact rate", "rate", "exact distortion", "distortion", "exact active", "active",
          "largest difference",
        ].map { Table.Column($0, alignment: .right) })
    for group in groups {
      for beta in tradeOff.betas {
        guard let mean = tradeOff.mean(in: group, at: beta) else { continue }
        let entries = tradeOff.entries(in: group, at: beta)
        let exact = curve.point(at: beta)
        table.append(
          ComparisonTables.labels(group) + [
            .number(beta, digits: nil), .number(exact.rate, digits: 4), .number(mean.rate, digits: 4),
            .number(exact.distortion, digits: 4), .number(mean.distortion, digits: 4),
            .integer(curve.activeUnits(at: beta)),
            .optional(learned.mean("active_units", of: entries.map(\.run)), digits: 1),
            .optional(entries.compactMap(difference).map(\.size).max(), digits: 4),
          ])
      }
    }
    return table
  }
}
