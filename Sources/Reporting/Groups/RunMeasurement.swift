public import Comparison
public import Tracking

/// A metric with its value for each of some runs: what a comparison rests on.
public struct RunMeasurement: Sendable, Hashable {
  public var metric: Metric
  /// By run id; runs without a value are absent.
  public var values: [String: Double]
  /// The Monte Carlo standard errors of the values, by run id; absent where a value is exact.
  public var standardErrors: [String: Double]
  /// Whether a point mass has this metric on the same scale as other families.
  var holdsForPointMass: Bool

  /// What the outcomes of the runs say.
  public init(_ metric: RunMetric, of runs: [RunSummary]) {
    self.metric = metric.metric
    values = RunMeasurement.byRun(runs, metric.value)
    standardErrors = RunMeasurement.byRun(runs, metric.standardError)
    holdsForPointMass = metric.holdsForPointMass
  }

  /// The last recorded value of each run.
  public init(_ metric: RecordedMetric, of runs: [RunSummary], source: any RunSource) throws {
    let ids = runs.map(\.record.runID)
    self.metric = metric.metric
    values = try source.lastValues(of: metric.name, runs: ids)
    standardErrors = try source.lastValues(of: metric.standardErrorName, runs: ids)
    holdsForPointMass = self.metric.direction == .neither
  }

  /// The metric of this name: a term of the yardstick, a cost, or what some of the runs have recorded.
  ///
  /// - Throws: `MetricError` for a name that is none of these.
  public init(named name: String, of runs: [RunSummary], source: any RunSource) throws {
    if let metric = RunMetric(rawValue: name) {
      self.init(metric, of: runs)
      return
    }
    let recorded = try source.recordedMetrics(of: runs.map(\.record.runID)).filter {
      RecordedMetric($0).isCourse
    }
    guard recorded.contains(name) || name == ObjectiveScale.metric else {
      throw MetricError(name: name, valid: RunMetric.allCases.map(\.rawValue), recorded: recorded)
    }
    try self.init(RecordedMetric(name), of: runs, source: source)
  }

  /// Adds `log_evidence - elbo` to the runs' `kl_posterior` where their model's evidence is estimated by others. Its error is left to
  /// ``EvidenceGap``: runs of one model share it, and their differences are free of it.
  public mutating func addGaps(_ evidence: [ModelIdentity: SampledEvidence], of runs: [RunSummary]) {
    guard metric.name == RunMetric.klPosterior.rawValue, !evidence.isEmpty else { return }
    for run in runs where run.lacksEvidence && values[run.record.runID] == nil {
      guard let elbo = run.outcome?.yardstick?.elbo,
        let known = ModelIdentity(run).flatMap({ evidence[$0] })
      else { continue }
      values[run.record.runID] = known.value - elbo
      standardErrors[run.record.runID] = run.outcome?.elboStandardError
    }
  }

  private static func byRun(_ runs: [RunSummary], _ value: (RunSummary) -> Double?) -> [String: Double] {
    let pairs = runs.compactMap { run in value(run).map { (run.record.runID, $0) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }
}

/// A metric that the runs do not have.
public struct MetricError: Error, Sendable, Hashable, CustomStringConvertible {
  public var name: String
  /// What every run can be asked for.
  public var valid: [String]
  /// What these runs have recorded besides.
  public var recorded: [String]

  public init(name: String, valid: [String], recorded: [String]) {
    self.name = name
    self.valid = valid
    self.recorded = recorded
  }

  public var description: String {
    let hint = nearestName(to: name, among: valid + recorded).map { "; did you mean '\($0)'?" } ?? ""
    let besides =
      recorded.isEmpty
      ? "the runs have recorded nothing besides" : "recorded besides: \(recorded.joined(separator: ", "))"
    return "no run has a metric '\(name)'\(hint); use one of \(valid.joined(separator: ", ")); \(besides)"
  }
}
