import Comparison
public import Plotting
import Tracking

/// The figures of models whose parameters are learned.
extension RunFigures {
  /// Rate against distortion, per datum; nil where no run knows them.
  public func rateDistortion(name: String, source: any RunSource) throws -> RateDistortionFigure? {
    guard let tradeOff = try TradeOff(context, grouping: grouping, source: source) else { return nil }
    let groups = tradeOff.groups
    let shown = groups.prefix(Self.mostLines)
    let lines = shown.enumerated().map { index, group in
      RateDistortionFigure.Line(
        label: "\(group)", runs: tradeOff.entries.filter { $0.group == group }.map { .init($0.point) },
        means: tradeOff.betas.compactMap { beta in
          tradeOff.mean(in: group, at: beta).map {
            RateDistortionFigure.Mean(label: "β=\(NumberText.exact(beta))", point: .init($0))
          }
        }, color: index)
    }
    let extent = shown.count < groups.count ? "; first \(shown.count) of \(groups.count) groups" : ""
    return RateDistortionFigure(
      name: name, title: "rate and distortion, \(comparison.context)",
      note: "small rings: runs; discs: means over seeds, joined in order of β" + extent, lines: lines,
      curve: exactCurve(tradeOff))
  }

  private func exactCurve(_ tradeOff: TradeOff) -> RateDistortionFigure.Curve? {
    guard let curve = tradeOff.curve, let low = tradeOff.betas.first, let high = tradeOff.betas.last, low > 0
    else { return nil }
    return RateDistortionFigure.Curve(
      label: "exact linear VAE (crosses: same β)",
      points: curve.points(from: low / 4, through: high * 4).map { .init($0) },
      marks: tradeOff.betas.map { .init(curve.point(at: $0)) })
  }

  /// The KL to the prior of every latent, largest first; nil where no run recorded it.
  public func latentKL(name: String, source: any RunSource) throws -> RankedFigure? {
    let finished = runs.filter { $0.status == .finished }
    let ids = finished.map(\.record.runID)
    let latents = finished.compactMap { $0.integer("latents") }.max() ?? 0
    let columns = try (0..<latents).map { try source.lastValues(of: "kl_prior[\($0 + 1)]", runs: ids) }
    let sorted = finished.compactMap { run -> (group: GroupKey, values: [Double])? in
      let values = columns.compactMap { $0[run.record.runID] }.filter(\.isFinite).sorted(by: >)
      return values.isEmpty ? nil : (grouping.group(of: run), values)
    }
    guard !sorted.isEmpty else { return nil }
    let members = Dictionary(grouping: sorted, by: \.group)
    let groups = overBeta(comparison.groups.map(\.key).filter { members[$0] != nil })
    let shared = sharedLabels(groups)
    let left = groups.count < members.count ? "; \(groups.count) of \(members.count) groups" : ""
    return RankedFigure(
      name: name, title: "KL to the prior of each latent, \(comparison.context)",
      note: "means over seeds of the sorted values" + (shared.isEmpty ? "" : "; at \(GroupKey(shared))")
        + left,
      xLabel: "latent, by its kl_prior", yLabel: "kl_prior (nats per datum)",
      lines: groups.map { key in
        let runs = members[key, default: []].map(\.values)
        let ranks = runs.map(\.count).min() ?? 0
        return RankedFigure.Line(
          label: "\(GroupKey(key.labels.filter { !shared.contains($0) }))",
          values: (0..<ranks).map { rank in mean(runs.map { $0[rank] }) ?? .nan })
      })
  }

  /// The groups in order; of more than a figure holds, those that agree with the first in everything but β, evenly
  /// thinned.
  private func overBeta(_ groups: [GroupKey]) -> [GroupKey] {
    guard groups.count > Self.mostLines, let best = groups.first else { return groups.sorted() }
    let fixed = best.labels.filter { $0.key != "beta" }
    let slice = groups.filter { key in fixed.allSatisfy(key.labels.contains) }
    let kept = (slice.count > 1 ? slice : groups).sorted()
    guard kept.count > Self.mostLines else { return kept }
    return (0..<Self.mostLines).map { kept[$0 * (kept.count - 1) / (Self.mostLines - 1)] }
  }

  /// Where the data lie in a two-dimensional latent space, for one run of the best group that recorded it; nil where
  /// none has.
  public func aggregatePosterior(name: String, source: any RunSource) throws -> ScatterFigure? {
    for run in context.exemplars {
      let axes = try (1...2).map {
        try source.series(ofRun: run.record.runID, metric: "aggregate_posterior[\($0)]").values
      }
      guard !axes[0].isEmpty, axes[0].count == axes[1].count else { continue }
      return ScatterFigure(
        name: name, title: "aggregate posterior, \(comparison.context)",
        note: "a point per datum; run \(run.record.runID.prefix(8)), \(grouping.group(of: run)), "
          + "seed \(run.record.seed)",
        xLabel: "latent 1", yLabel: "latent 2",
        clouds: [ScatterFigure.Cloud(label: "", xs: axes[0], ys: axes[1], color: 0)],
        circles: [1, 2], circleLabel: "prior: one and two standard deviations")
    }
    return nil
  }
}

extension RateDistortionFigure.Point {
  fileprivate init(_ point: RateDistortionPoint) {
    self.init(rate: point.rate, distortion: point.distortion)
  }
}
