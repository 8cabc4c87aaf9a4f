import Comparison
import Tracking

/// The last values of what runs have recorded beside the terms of the bound, read once for all sections.
struct LearnedValues {
  let source: any RunSource
  /// By metric and run id.
  private let last: [String: [String: Double]]

  /// One query per metric; those of single latents are left to the figures.
  init(_ runs: [RunSummary], source: any RunSource) throws {
    let ids = runs.filter { $0.status == .finished }.map(\.record.runID)
    let names = try source.recordedMetrics(of: ids).filter {
      RecordedMetric($0).isCourse && !$0.contains("[")
    }
    self.source = source
    last = Dictionary(
      try names.map { ($0, try source.lastValues(of: $0, runs: ids)) },
      uniquingKeysWith: { first, _ in first })
  }

  func value(_ metric: String, of run: RunSummary) -> Double? {
    last[metric]?[run.record.runID]
  }

  /// Whether some of the runs have a finite value.
  func has(_ metric: String, in runs: [RunSummary]) -> Bool {
    runs.contains { value(metric, of: $0)?.isFinite == true }
  }

  /// The mean over the runs that have a finite value.
  func mean(_ metric: String, of runs: [RunSummary]) -> Double? {
    Comparison.mean(runs.compactMap { value(metric, of: $0) }.filter(\.isFinite))
  }
}
