/// What one run contributes to a comparison.
public struct Observation: Sendable, Hashable {
  public enum Outcome: Sendable, Hashable {
    case finished, diverged, failed
    /// Still running, or interrupted: no verdict on it yet.
    case unfinished
  }

  /// What must be equal for two runs to be ranked on one scale: the model and its data.
  public var context: GroupKey
  public var group: GroupKey
  public var seed: Int
  /// What else tells runs of one group and seed apart: runs are paired where seed and stratum agree.
  public var stratum: String
  /// The metric, nil where the run has none.
  public var value: Double?
  /// The Monte Carlo standard error of `value`; nil where it is exact.
  public var standardError: Double?
  public var outcome: Outcome
  public var isSuspect: Bool
  /// Whether `value` is on the scale of the others. A point mass has no bound: its "elbo" is a log density.
  public var isBound: Bool

  public init(
    context: GroupKey = GroupKey([]), group: GroupKey, seed: Int, stratum: String = "", value: Double?,
    standardError: Double? = nil, outcome: Outcome = .finished, isSuspect: Bool = false, isBound: Bool = true
  ) {
    self.context = context
    self.group = group
    self.seed = seed
    self.stratum = stratum
    self.value = value
    self.standardError = standardError
    self.outcome = outcome
    self.isSuspect = isSuspect
    self.isBound = isBound
  }

  /// The value, where the run finished and it is a finite number. Everything else is a rate, never a number.
  public var usableValue: Double? {
    guard outcome == .finished, let value, value.isFinite else { return nil }
    return value
  }
}
