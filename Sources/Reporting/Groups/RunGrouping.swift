public import Comparison
public import Tracking

/// How runs are put into groups to compare.
///
/// Runs of different models or data are never ranked against each other: the model, and each of its options
/// that differs, makes a context of its own. Different ways to write the same density (`parameterization`, `centered`)
/// have the same evidence and share a context; so do learned models of one kind whose sizes differ, as what they explain
/// is the same data.
public struct RunGrouping: Sendable, Hashable {
  /// The keys that make a group.
  public var by: [String]
  /// The keys that make a context.
  public var contextKeys: [String]
  /// The keys that differ and make neither: a group averages over them.
  public var averagedKeys: [String]

  /// - Parameter by: nil for every key that differs.
  public init(of runs: [RunSummary], by: [String]? = nil) throws(GroupingError) {
    // What is asked here the runs of a cell have in common.
    let cells = RunCells(of: runs).examples
    let learned = Set(cells.filter { $0.value(of: "data_count") != nil }.map { $0.record.model })
    func isContext(_ key: String) -> Bool { Self.isContext(key, learned: learned) }
    // First, so that none of them is left out because it follows from another key.
    let native = cells.filter { !$0.isOfProgram }
    let nativeKeys =
      native.count < cells.count ? Set(RunKeys.varying(in: native, first: isContext)) : nil
    let varying = RunKeys.varying(in: cells) { key in
      // A program fits what it says it fits: options that all other runs share do not part it from them.
      key == "program" || isContext(key)
    }
    func isContext(_ key: String, of nativeKeys: Set<String>?) -> Bool {
      isContext(key) && (key == "model" || (nativeKeys?.contains(key) ?? true))
    }
    let known = Set(RunKeys.allKeys(of: cells)).union(["seed", "sweep", "status"])
    for key in by ?? [] where !known.contains(key) {
      throw .unknownKey(key, nearest: nearestName(to: key, among: known), varying: varying)
    }
    let context = varying.filter { isContext($0, of: nativeKeys) }
    contextKeys = context
    let groupKeys = by?.filter { !context.contains($0) } ?? varying.filter { !context.contains($0) }
    self.by = groupKeys
    averagedKeys = varying.filter { !groupKeys.contains($0) && !context.contains($0) }
  }

  /// The group of each run.
  public func groups(of runs: [RunSummary]) -> [GroupKey] { groups(of: runs, cells: nil) }

  func groups(of runs: [RunSummary], cells: RunCells?) -> [GroupKey] {
    RunKeys.groups(of: runs, by: by, cells: cells)
  }

  /// The context of each run.
  public func contexts(of runs: [RunSummary]) -> [GroupKey] { contexts(of: runs, cells: nil) }

  func contexts(of runs: [RunSummary], cells: RunCells?) -> [GroupKey] {
    RunKeys.groups(of: runs, by: ["model"] + contextKeys.filter { $0 != "model" }, cells: cells)
  }

  public func group(of run: RunSummary) -> GroupKey { groups(of: [run])[0] }

  public func context(of run: RunSummary) -> GroupKey { contexts(of: [run])[0] }

  /// What each run contributes to a comparison by `measurement`.
  public func observations(of runs: [RunSummary], _ measurement: RunMeasurement) -> [Observation] {
    let cells = RunCells(of: runs)
    return observations(
      of: runs, measurement, contexts: contexts(of: runs, cells: cells),
      groups: groups(of: runs, cells: cells), cells: cells)
  }

  func observations(
    of runs: [RunSummary], _ measurement: RunMeasurement, contexts: [GroupKey], groups: [GroupKey],
    cells: RunCells
  ) -> [Observation] {
    let strata = RunKeys.groups(of: runs, by: averagedKeys, cells: cells)
    return runs.indices.map { index in
      let run = runs[index]
      return Observation(
        context: contexts[index], group: groups[index], seed: run.record.seed,
        stratum: strata[index].labels.map(\.text).joined(separator: "\u{1F}"),
        value: measurement.values[run.record.runID],
        standardError: measurement.standardErrors[run.record.runID],
        outcome: Observation.Outcome(run.status), isSuspect: run.outcome?.suspect != nil,
        isBound: run.hasBound || measurement.holdsForPointMass)
    }
  }

  /// What each run contributes to a comparison by what its outcome says.
  public func observations(of runs: [RunSummary], metric: RunMetric) -> [Observation] {
    observations(of: runs, RunMeasurement(metric, of: runs))
  }

  /// What the configuration says of a run's data, that of a learned model, or that of a run from elsewhere.
  private static let dataKeys: Set = [
    "data", "data_count", "data_digest", "validation_count", "test_count", "data_width",
  ]

  /// The options of a learned model that say what its data are and on what scale their density is.
  private static let dataOptions: Set = [
    "data", "validation", "test", "validation_fraction", "test_fraction", "features", "standardize",
    "divide_by",
    "binarize", "likelihood",
  ]

  /// Whether runs that differ in a key are of different models or data.
  ///
  /// - Parameter learned: the models whose parameters are learned.
  static func isContext(_ key: String, learned: Set<String>) -> Bool {
    if key.hasPrefix("model.command.") { return false }
    if key == "model" || dataKeys.contains(key) { return true }
    let parts = key.split(separator: ".").map(String.init)
    guard parts.count > 2, parts[0] == "model", let option = parts.last else { return false }
    if learned.contains(parts[1]) { return dataOptions.contains(option) || option.hasSuffix("_digest") }
    return !["centered", "parameterization", "parametrization"].contains(option)
  }
}

extension RunSummary {
  /// The families that are the posterior itself, by draws, by integrals or by particles.
  package static let samplers: Set = [
    "nuts", "annealed-importance-sampling", "sequential-monte-carlo", "quadrature", "stein",
    "multi-pathfinder",
  ]

  /// Whether its ELBO is the bound of an approximation: a point has none, and a sampler is of the posterior itself.
  public var hasBound: Bool { record.family != "delta" && !Self.samplers.contains(record.family) }

  /// Whether its data were drawn by its seed.
  var hasSimulatedData: Bool { value(of: "data") == .text("simulated") }

  /// Whether a program of the user's executed it.
  var isOfProgram: Bool { value(of: "program") != .text("wb") }
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
