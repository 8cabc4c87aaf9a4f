public import Comparison
public import Tracking

/// How runs are put into groups to compare.
///
/// Runs of different models or data are never ranked against each other: the model, and each of its options
/// that differs, makes a context of its own, and so do other numbers of rows. Different ways to write the same density (`parameterization`,
/// `centered`) have the same evidence and share a context.
public struct RunGrouping: Sendable, Hashable {
  /// The keys that make a group.
  public var by: [String]
  /// The keys that make a context.
  public var contextKeys: [String]
  /// The keys that differ and make neither: a group averages over them.
  public var averagedKeys: [String]

  /// - Parameter by: nil for every key that differs.
  public init(of runs: [RunSummary], by: [String]? = nil) throws(GroupingError) {
    let varying = RunKeys.varying(in: runs)
    let known = Set(RunKeys.allKeys(of: runs)).union(["seed", "sweep", "status"])
    for key in by ?? [] where !known.contains(key) {
      throw .unknownKey(key, nearest: nearestName(to: key, among: known), varying: varying)
    }
    let context = varying.filter(RunGrouping.isContext)
    contextKeys = context
    let groupKeys = by?.filter { !context.contains($0) } ?? varying.filter { !context.contains($0) }
    self.by = groupKeys
    averagedKeys = varying.filter { !groupKeys.contains($0) && !context.contains($0) }
  }

  public func group(of run: RunSummary) -> GroupKey {
    RunKeys.group(run, by: by)
  }

  public func context(of run: RunSummary) -> GroupKey {
    RunKeys.group(run, by: ["model"] + contextKeys.filter { $0 != "model" })
  }

  /// What each run contributes to a comparison by `measurement`.
  public func observations(of runs: [RunSummary], _ measurement: RunMeasurement) -> [Observation] {
    runs.map { run in
      Observation(
        context: context(of: run), group: group(of: run), seed: run.record.seed,
        stratum: RunKeys.group(run, by: averagedKeys).labels.map(\.text).joined(separator: "\u{1F}"),
        value: measurement.values[run.record.runID],
        standardError: measurement.standardErrors[run.record.runID],
        outcome: outcome(of: run), isSuspect: run.outcome?.suspect != nil,
        isBound: run.record.family != "delta" || measurement.holdsForPointMass)
    }
  }

  /// What each run contributes to a comparison by what its outcome says.
  public func observations(of runs: [RunSummary], metric: RunMetric) -> [Observation] {
    observations(of: runs, RunMeasurement(metric, of: runs))
  }

  private func outcome(of run: RunSummary) -> Observation.Outcome {
    switch run.status {
    case .finished: .finished
    case .diverged: .diverged
    case .failed: .failed
    case .running, .interrupted: .unfinished
    }
  }

  /// What the configuration of a learned model says of its data and its size.
  private static let learnedDataKeys: Set = [
    "data_count", "validation_count", "test_count", "data_width", "latents", "noise_variance",
  ]

  private static func isContext(_ key: String) -> Bool {
    if key == "model" || learnedDataKeys.contains(key) { return true }
    let last = key.split(separator: ".").last ?? ""
    return key.hasPrefix("model.") && !["centered", "parameterization", "parametrization"].contains(last)
  }
}

/// Why runs cannot be grouped as asked.
public enum GroupingError: Error, Sendable, Hashable, CustomStringConvertible {
  case unknownKey(String, nearest: String?, varying: [String])

  public var description: String {
    switch self {
    case .unknownKey(let key, let nearest, let varying):
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
      let keys = varying.isEmpty ? "nothing but the seed" : varying.joined(separator: ", ")
      return "no run has a parameter '\(key)'\(hint); the runs differ in \(keys)"
    }
  }
}
