public import Comparison
import Foundation
public import Plotting
import Tracking

/// The figure of what runs say of each latent.
extension RunFigures {
  /// The metrics that hold the mean and the standard deviation of a latent, with its name or number in brackets.
  public static let marginalMetrics = (mean: "posterior_mean", sd: "posterior_sd")
  /// Those that hold their differences to a reference that the model has, in its standard deviations.
  private static let errorMetrics = (mean: "posterior_mean_error", sd: "posterior_sd_error")

  /// The mean and the standard deviation of each latent by each group, averaged over seeds; against those of `reference` in
  /// standard deviations of it, where it is given and has them, else of the reference that the model has, such as posteriordb's draws, else
  /// of the draws by a sampler, where there is a group of them. nil where no run has recorded any.
  public func marginals(
    name: String, reference: GroupKey?, source: any RunSource
  ) throws -> MarginalsFigure? {
    let names = Self.marginalMetrics
    let finished = runs.filter { $0.status == .finished }
    let recorded = Set(try source.recordedMetrics(of: finished.map(\.record.runID)))
    let latents = recorded.compactMap { Self.latent(of: $0, metric: names.mean) }
      .filter { recorded.contains("\(names.sd)[\($0)]") }.sorted(by: Self.precedes)
    guard !latents.isEmpty else { return nil }
    let errors = Self.errorMetrics
    let known =
      reference != nil
      ? []
      : latents.filter {
        recorded.contains("\(errors.mean)[\($0)]") && recorded.contains("\(errors.sd)[\($0)]")
      }
    let shown = (known.isEmpty ? latents : known).prefix(Self.mostRows)
    let ids = finished.map(\.record.runID)
    let rows = try shown.map { latent in
      let (mean, sd) = known.isEmpty ? (names.mean, names.sd) : (errors.mean, errors.sd)
      let sds = try source.lastValues(of: "\(sd)[\(latent)]", runs: ids)
      return try marginals(
        means: source.lastValues(of: "\(mean)[\(latent)]", runs: ids),
        sds: known.isEmpty ? sds : sds.mapValues { 1 + $0 }, finished)
    }
    let chosen = reference ?? (known.isEmpty ? sampled : nil)
    let reference = chosen.flatMap { key in rows.contains { $0[key] != nil } ? key : nil }
    let isRelative = reference != nil || !known.isEmpty
    let all = (comparison.groups + comparison.unranked).map(\.key).filter { key in
      key != reference && rows.contains { $0[key] != nil }
    }
    let groups = Array(all.prefix(Self.mostLines))
    let shared = sharedLabels(groups)
    return MarginalsFigure(
      name: name, title: "posterior marginals, \(comparison.context)",
      note: FigureNotes.joined([
        "points: means; bars: one standard deviation; averaged over seeds", fixed(shared),
        FigureNotes.extent(groups.count, of: all.count),
        shown.count < latents.count ? "first \(shown.count) of \(latents.count) latents" : "",
        isRelative ? "" : "no reference; name one with --baseline",
      ]),
      xLabel: isRelative ? "distance to the reference's mean, in its standard deviations" : "value",
      groups: groups.map { self.name($0, without: shared) },
      rows: zip(shown, rows).map { latent, row in
        MarginalsFigure.Row(
          label: latent, marginals: groups.map { Self.scaled(row[$0], by: reference.map { row[$0] }) })
      },
      reference: isRelative
        ? .init(label: reference.map { "\($0), the reference" } ?? "the model's reference", values: -1...1)
        : nil)
  }

  /// The group of draws from the posterior itself; nil where there is none, or several.
  private var sampled: GroupKey? {
    let keys = (comparison.groups + comparison.unranked).map(\.key).filter { key in
      key.labels.contains { $0.key == "family" && $0.text == "nuts" }
    }
    return keys.count == 1 ? keys[0] : nil
  }

  private static func latent(of metric: String, metric stem: String) -> String? {
    guard metric.hasPrefix("\(stem)["), metric.hasSuffix("]") else { return nil }
    return String(metric.dropFirst(stem.count + 1).dropLast())
  }

  /// Numbers by size and before names.
  private static func precedes(_ a: String, _ b: String) -> Bool {
    switch (Int(a), Int(b)) {
    case (let x?, let y?): x < y
    case (_?, nil): true
    case (nil, _?): false
    default: a < b
    }
  }

  /// By group, averaged over its runs.
  private func marginals(
    means: [String: Double], sds: [String: Double], _ runs: [RunSummary]
  ) -> [GroupKey: MarginalsFigure.Marginal] {
    var members: [GroupKey: [(mean: Double, sd: Double)]] = [:]
    for (run, group) in zip(runs, grouping.groups(of: runs)) {
      guard let mean = means[run.record.runID], let sd = sds[run.record.runID], mean.isFinite, sd.isFinite
      else {
        continue
      }
      members[group, default: []].append((mean, sd))
    }
    return members.compactMapValues { values in
      guard let mean = mean(values.map(\.mean)), let sd = Comparison.mean(values.map(\.sd)) else {
        return nil
      }
      return MarginalsFigure.Marginal(mean: mean, sd: sd)
    }
  }

  /// - Parameter reference: nil where values are shown as they are; the reference's own marginal may be missing.
  private static func scaled(
    _ marginal: MarginalsFigure.Marginal?, by reference: MarginalsFigure.Marginal??
  ) -> MarginalsFigure.Marginal? {
    guard let marginal, let reference else { return marginal }
    guard let reference, reference.sd > 0 else { return nil }
    return MarginalsFigure.Marginal(
      mean: (marginal.mean - reference.mean) / reference.sd, sd: marginal.sd / reference.sd)
  }
}
