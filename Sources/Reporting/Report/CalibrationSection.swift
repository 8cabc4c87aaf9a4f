import Comparison
import Plotting
import Tracking

/// Where the truths lie that simulated data were drawn from, in what was fitted to them: simulation-based calibration of every group.
struct CalibrationSection {
  let blocks: [DocumentBlock]
  /// The distribution functions of the worst latent of every group, a picture for each model.
  let drawings: [Drawing]

  /// Nothing where no data were simulated.
  init(_ analysis: ReportAnalysis, _ source: any RunSource) throws {
    let runs = analysis.input.runs.filter(\.hasSimulatedData)
    guard !runs.isEmpty else {
      (blocks, drawings) = ([], [])
      return
    }
    let groups = try Self.groups(runs, analysis, source)
    guard !groups.isEmpty else {
      drawings = []
      blocks = [.heading(2, Self.title), .paragraph(Self.tooFew)]
      return
    }
    let pictures = try Self.pictures(groups)
    drawings = pictures.map(\.drawing)
    let lost = runs.count { $0.status != .finished }
    blocks =
      [.heading(2, Self.title), .paragraph(RichText(Self.sentence(groups))), .table(Self.summary(groups))]
      + (lost == 0 ? [] : [.paragraph(RichText(Self.omission(lost)))])
      + pictures.map {
        .picture(DocumentPicture(name: $0.drawing.name, title: $0.title, caption: "", isDrawn: true))
      }
      + [.folded("Every latent", Self.listing(groups)), .paragraph(Self.legend)]
  }

  private static let title: RichText = "Calibration by simulation"
  private static let metric = "truth_quantile"

  private struct Latent {
    var name: String
    var quantiles: [Double]
    var verdict: CalibrationVerdict
    /// Where many adjusted p are 1, the distance from uniform, which is at most 1, tells latents apart.
    var rank: Double { verdict.p - 1e-6 * verdict.calibration.distance }
  }

  private struct Group {
    var name: String
    /// Its model and data, and what it is called among those of the same.
    var context: String
    var label: String
    /// The worst first.
    var latents: [Latent]
    var deviating: Int { latents.count { !$0.verdict.findings.isEmpty } }
  }

  /// All latents of all groups are judged together.
  private static func groups(
    _ runs: [RunSummary], _ analysis: ReportAnalysis, _ source: any RunSource
  ) throws -> [Group] {
    let finished = runs.filter { $0.status == .finished }
    let ids = finished.map(\.record.runID)
    let members = Dictionary(grouping: finished, by: analysis.name(of:)).sorted { $0.key < $1.key }
    var measured: [(group: Int, latent: String, quantiles: [Double], calibration: Calibration)] = []
    for recorded in try source.recordedMetrics(of: ids).sorted() where recorded.hasPrefix(metric + "[") {
      let latent = String(recorded.dropFirst(metric.count + 1).dropLast())
      let values = try source.lastValues(of: recorded, runs: ids)
      for (index, group) in members.enumerated() {
        let quantiles = group.value.compactMap { values[$0.record.runID] }.filter { !$0.isNaN }
        if let calibration = Calibration(quantiles) {
          measured.append((index, latent, quantiles, calibration))
        }
      }
    }
    let verdicts = CalibrationVerdict.judged(measured.map(\.calibration))
    return Dictionary(grouping: zip(measured, verdicts), by: \.0.group).map { index, entries in
      let (name, runs) = members[index]
      let latents = entries.map { Latent(name: $0.0.latent, quantiles: $0.0.quantiles, verdict: $0.1) }
      return Group(
        name: name, context: "\(analysis.grouping.context(of: runs[0]))",
        label: "\(analysis.grouping.group(of: runs[0]))",
        latents: latents.sorted { ($0.rank, $0.name) < ($1.rank, $1.name) })
    }.sorted { ($0.latents[0].rank, $0.name) < ($1.latents[0].rank, $1.name) }
  }

  private static func pictures(_ groups: [Group]) throws -> [(title: String, drawing: Drawing)] {
    let contexts = Dictionary(grouping: groups, by: \.context).sorted { $0.key < $1.key }
    return try contexts.enumerated().map { number, context in
      let shown = context.value.prefix(mostLines)
      let count = shown.map { $0.latents[0].quantiles.count }.min() ?? 1
      let title = "truths within q: distribution minus uniform, \(context.key)"
      let figure = QuantilesFigure(
        name: "calibration" + (contexts.count > 1 ? "-\(number + 1)" : ""), title: title,
        note: "the worst latent of each group"
          + (context.value.count > mostLines ? ", of the worst \(mostLines)" : ""),
        xLabel: "probability below the truth under q", yLabel: "F(x) - x",
        lines: shown.enumerated().map { index, group in
          QuantilesFigure.Line(
            label: "\(group.label): \(group.latents[0].name)", probabilities: group.latents[0].quantiles,
            color: index, dash: index)
        },
        band: KolmogorovSmirnov.critical(level: CalibrationVerdict.level, count: count),
        bandLabel: "95 % of uniform ones stay inside")
      return (title, try figure.drawing())
    }
  }

  private static let mostLines = 5

  private static func sentence(_ groups: [Group]) -> String {
    let deviating = groups.filter { $0.deviating > 0 }
    let count = VerdictText.count(groups.count, "group")
    if deviating.isEmpty {
      return
        "Of \(count) none deviates from calibration by more than chance: which is no proof that it is calibrated, and "
        + "the fewer the replicates the less of one."
    }
    return "\(deviating.count) of \(count) \(deviating.count == 1 ? "is" : "are") not calibrated."
  }

  private static func omission(_ lost: Int) -> String {
    "\(VerdictText.count(lost, "run")) did not finish and are left out: where their data made them fail, what is left is no fair sample."
  }

  private static func summary(_ groups: [Group]) -> Table {
    var table = Table(
      columns: [
        Table.Column("group"), Table.Column("deviating", alignment: .right),
        Table.Column("of", alignment: .right),
        Table.Column("worst"),
      ] + columns)
    for group in groups {
      guard let worst = group.latents.first else { continue }
      table.append(
        [.text(group.name), .integer(group.deviating), .integer(group.latents.count), .text(worst.name)]
          + cells(worst.verdict))
    }
    return table
  }

  private static func listing(_ groups: [Group]) -> Table {
    var table = Table(columns: [Table.Column("group"), Table.Column("latent")] + columns)
    for group in groups {
      for latent in group.latents {
        table.append([.text(group.name), .text(latent.name)] + cells(latent.verdict))
      }
    }
    return table
  }

  private static let columns =
    ["replicates", "mean quantile", "se", "spread", "KS distance", "p"].map {
      Table.Column($0, alignment: .right)
    } + [Table.Column("finding")]

  private static func cells(_ verdict: CalibrationVerdict) -> [Table.Cell] {
    let own = verdict.calibration
    return [
      .integer(own.count), .number(own.mean, digits: 3), .number(own.meanError, digits: 3),
      .number(own.spread, digits: 3), .number(own.distance, digits: 3), .probability(verdict.p),
      .text(verdict.text),
    ]
  }

  private static let tooFew: RichText =
    """
    Every seed drew a truth from the prior and data from the truth, but no group has 10 finished replicates: fewer tell nothing. Use more \
    seeds.
    """

  private static let legend: RichText =
    """
    Every seed drew a truth from the prior and data from the truth. `quantile` is the probability below the truth under the q that was \
    fitted to these data: over the replicates it is uniform where q is the posterior, its mean is ½ where the location is right, and its \
    `spread`, the mean of 2 |quantile − ½|, is ½ where the width is. A group is `low` where q lies below the truth too often, `too narrow` \
    where the truth is in its tails too often; a large shift is both. `p` is the smallest of three tests (uniformity, symmetry about ½, \
    spread), adjusted for all tests of this section by Holm's method. Calibration is an average over data that the prior expects: it says \
    nothing of one data set, and a q that equals the prior passes it.
    """
}
