public import Comparison
public import Tracking

/// What runs can be compared by: a term of the yardstick, or what the run cost.
public enum RunMetric: String, Sendable, Hashable, CaseIterable {
  case elbo
  case reconstruction
  case klPrior = "kl_prior"
  case klPosterior = "kl_posterior"
  case logJoint = "log_joint"
  case entropy
  case logEvidence = "log_evidence"
  case seconds
  case steps

  /// The value of a finished run; nil where it has none.
  public func value(of run: RunSummary) -> Double? {
    guard let outcome = run.outcome else { return nil }
    return switch self {
    case .elbo: outcome.yardstick?.elbo
    case .reconstruction: outcome.yardstick?.reconstruction
    case .klPrior: outcome.yardstick?.klPrior
    case .klPosterior: outcome.yardstick?.klPosterior
    case .logJoint: outcome.yardstick?.logJoint
    case .entropy: outcome.yardstick?.entropy
    case .logEvidence: outcome.yardstick?.logEvidence
    case .seconds: outcome.seconds
    case .steps: Double(outcome.steps)
    }
  }

  /// The Monte Carlo standard error of `value(of:)`, where the run has one.
  public func standardError(of run: RunSummary) -> Double? {
    switch self {
    case .elbo: run.outcome?.elboStandardError
    case .logEvidence: run.outcome?.logEvidenceStandardError
    default: nil
    }
  }

  /// How the metric is compared. Differences of a hundredth of a nat do not matter.
  public var metric: Metric {
    switch self {
    case .elbo: Metric(name: rawValue, unit: "nats", direction: .higherIsBetter, resolution: 0.01)
    case .klPosterior: Metric(name: rawValue, unit: "nats", direction: .lowerIsBetter, resolution: 0.01)
    case .reconstruction, .klPrior, .logJoint, .entropy, .logEvidence:
      Metric(name: rawValue, unit: "nats", direction: .neither, resolution: 0.01)
    case .seconds: Metric(name: rawValue, unit: "s", direction: .lowerIsBetter, resolution: 0)
    case .steps: Metric(name: rawValue, unit: "steps", direction: .lowerIsBetter, resolution: 0)
    }
  }

  /// Whether a point mass has this metric on the same scale as other families.
  var holdsForPointMass: Bool {
    switch self {
    case .seconds, .steps, .logEvidence: true
    default: false
    }
  }
}
