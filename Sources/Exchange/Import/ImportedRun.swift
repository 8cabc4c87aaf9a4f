package import Tracking

/// A run as another tool has recorded it.
package struct ImportedRun: Sendable {
  /// What tells it from the other runs of its source.
  package var name: String
  /// What its source calls it, where that is something else.
  package var title: String?
  package var sweep: String
  package var parameters: [RunRecord.Parameter] = []
  package var status: RunStatus = .finished
  package var reason: String?
  /// Seconds since 1970; nil where the source does not say.
  package var startedAt: Double?
  package var endedAt: Double?
  /// The final evaluation, where the source has one.
  package var results: BoundTerms?
  package var elboStandardError: Double?
  /// The recorded values by metric, in the order of their steps, each step once.
  package var series: [String: [PointRecord]] = [:]

  package init(name: String, sweep: String) {
    self.name = name
    self.sweep = sweep
  }

  /// The last step that is recorded; 0 where none is.
  var lastStep: Int { series.values.compactMap(\.last?.step).max() ?? 0 }
}

/// What was read from files of another tool.
package struct ImportedRuns: Sendable {
  package var format: ExchangeFormat
  package var runs: [ImportedRun] = []
  /// What there is to say of how they were read, a sentence each.
  package var remarks: [String] = []

  package init(format: ExchangeFormat) { self.format = format }
}

/// What runs are exchanged as.
package enum ExchangeFormat: String, Sendable, CaseIterable {
  case csv, jsonl, mlflow, tensorboard
}
