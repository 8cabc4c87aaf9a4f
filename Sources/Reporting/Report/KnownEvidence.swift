import Comparison
import Tracking

/// log p(x) of a model as the runs of a sweep know it, the best source first: the model's own, draws from the posterior, or importance
/// weights whose tail can be trusted.
struct KnownEvidence {
  let value: SeedMean
  /// Where it is from.
  let source: String

  /// nil where no run knows it, or every seed has data of its own.
  init?(_ runs: [RunSummary], _ weights: TailSection.Values, name: (RunSummary) -> String) {
    guard runs.allSatisfy({ !$0.hasSimulatedData }) else { return nil }
    let finished = runs.filter { $0.status == .finished }
    func evidence(_ run: RunSummary) -> Double? {
      run.outcome?.yardstick?.logEvidence.flatMap { $0.isFinite ? $0 : nil }
    }
    let own = finished.filter { $0.hasBound && $0.outcome?.logEvidenceStandardError == nil }.compactMap(
      evidence)
    if let first = own.first {
      value = SeedMean([first], [0])
      source = "known of the model"
      return
    }
    if let drawn = SampledEvidence(of: finished) {
      value = drawn.level
      source = "by \(name(drawn.runs[0]))"
      return
    }
    let weighed = finished.filter { weights.isTrusted($0) }
    if let (members, mean) = Self.best(
      weighed, by: { weights.evidence[$0.record.runID] }, error: { weights.errors[$0.record.runID] ?? 0 })
    {
      value = mean
      source = "by the importance weights of \(name(members[0]))"
      return
    }
    return nil
  }

  /// Of the cells of some runs, the one whose mean has the smallest error.
  private static func best(
    _ runs: [RunSummary], by value: (RunSummary) -> Double?, error: (RunSummary) -> Double
  ) -> (members: [RunSummary], mean: SeedMean)? {
    Dictionary(grouping: runs, by: \.record.cellID).values
      .map { members in (members, SeedMean(members.compactMap(value), members.map(error))) }
      .filter { $0.1.mean.isFinite && $0.1.error.isFinite }
      .min { ($0.1.error, $0.0[0].record.cellID) < ($1.1.error, $1.0[0].record.cellID) }
  }
}
