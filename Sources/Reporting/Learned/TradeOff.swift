import Comparison
import Plotting
import Tracking

/// The rates and distortions of the runs of one context, with the exact curve where the model has one.
struct TradeOff {
  struct Entry {
    var run: RunSummary
    /// What the run shares with others, apart from β.
    var group: GroupKey
    /// nil where β follows a schedule.
    var beta: Double?
    var point: RateDistortionPoint
  }

  /// The finished runs whose terms and number of data are known.
  let entries: [Entry]
  /// Of linear models with a fixed noise.
  let curve: LinearVAECurve?

  /// nil where no run has a rate per datum.
  init?(_ context: RunComparison.Context, grouping: RunGrouping, source: any RunSource) throws {
    let keys = grouping.by.filter { $0 != "beta" && !$0.hasPrefix("beta.") }
    entries = context.runs.compactMap { run in
      guard run.status == .finished, let count = run.dataCount, let terms = run.outcome?.yardstick,
        let rate = terms.klPrior, let reconstruction = terms.reconstruction, rate.isFinite,
        reconstruction.isFinite
      else { return nil }
      return Entry(
        run: run, group: RunKeys.group(run, by: keys), beta: run.record.beta,
        point: RateDistortionPoint(rate: rate / Double(count), distortion: -reconstruction / Double(count)))
    }
    guard !entries.isEmpty else { return nil }
    curve = try TradeOff.curve(entries.map(\.run), source)
  }

  /// The values of β in ascending order.
  var betas: [Double] { Set(entries.compactMap(\.beta)).sorted() }

  /// The groups in order.
  var groups: [GroupKey] { Set(entries.map(\.group)).sorted() }

  func entries(in group: GroupKey, at beta: Double) -> [Entry] {
    entries.filter { $0.group == group && $0.beta == beta }
  }

  /// The mean over the runs of a group at one β; nil where it has none.
  func mean(in group: GroupKey, at beta: Double) -> RateDistortionPoint? {
    let points = entries(in: group, at: beta).map(\.point)
    guard let rate = Comparison.mean(points.map(\.rate)),
      let distortion = Comparison.mean(points.map(\.distortion))
    else { return nil }
    return RateDistortionPoint(rate: rate, distortion: distortion)
  }

  /// Runs of one size and noise have the same curve; of several, none is drawn.
  private static func curve(_ runs: [RunSummary], _ source: any RunSource) throws -> LinearVAECurve? {
    guard Set(runs.map { $0.integer("latents") }).count == 1,
      Set(runs.map { $0.number("noise_variance") }).count == 1
    else { return nil }
    for run in runs {
      guard let latents = run.integer("latents"), let noise = run.number("noise_variance") else { continue }
      let eigenvalues = try source.series(ofRun: run.record.runID, metric: "covariance_eigenvalue").values
      if let curve = LinearVAECurve(eigenvalues: eigenvalues, latents: latents, noiseVariance: noise) {
        return curve
      }
    }
    return nil
  }
}
