public import Comparison

/// A metric that runs record beside the terms of the bound, such as `test_elbo`; known by its name alone.
public struct RecordedMetric: Sendable, Hashable {
  public var name: String

  public init(_ name: String) {
    self.name = name
  }

  /// How the metric is compared. What is known by its name has a direction: a bound and an effective sample size are better where
  /// they are higher, a negative log likelihood and the tail shape of importance weights where they are lower; everything else
  /// says what a run is like. A hundredth of a nat, as
  /// for the terms of the bound, is the last digit that is published of either.
  public var metric: Metric {
    Metric(name: name, unit: unit, direction: direction, resolution: isInNats ? 0.01 : 0)
  }

  /// The metric that holds the Monte Carlo standard errors of this one.
  var standardErrorName: String { name + "_se" }

  /// Whether the values are a course over steps. The others hold an index where the step would be: the last of
  /// them says nothing of the run.
  var isCourse: Bool {
    !["aggregate_posterior", "covariance_eigenvalue", "start_objective", "chosen_start"].contains(stem)
  }

  private var stem: Substring { name.prefix { $0 != "[" } }

  /// What a standard error is of; else the metric itself.
  private var base: Substring { name.hasSuffix("_se") ? name.dropLast(3) : name[...] }

  private var isBound: Bool {
    base == ObjectiveScale.metric || base == "elbo_per_datum" || base.hasSuffix("_elbo")
      || base.hasSuffix("_elbo_per_datum")
  }

  private var isLoss: Bool { base == "nll" || base.hasSuffix("_nll") }

  /// What runs and encoders leave of their bounds.
  private static let gaps: Set<Substring> = ["optimization_gap", "amortization_gap"]

  /// Nats of a datum: parts of the average KL to the prior, what steers it, and what an encoder leaves.
  private static let ratesOfData: Set<Substring> = [
    "total_correlation", "dimension_wise_kl", "capacity", "constraint", "amortization_gap",
  ]

  private var direction: Metric.Direction {
    if base != name { return .neither }
    if isBound || base == "importance_ess" || base == "converged" { return .higherIsBetter }
    return isLoss || base == "pareto_k" || Self.gaps.contains(base) ? .lowerIsBetter : .neither
  }

  private var isInNats: Bool {
    isBound || isLoss || stem.contains("kl_prior") || base == "mutual_information" || isRateOfData
      || base.hasPrefix("log_evidence_") || base == "optimization_gap" || base == "bound"
  }

  private var isRateOfData: Bool { Self.ratesOfData.contains(base) }

  private var unit: String {
    if isInNats {
      return base.hasSuffix("_per_datum") || isLoss || stem == "kl_prior" || isRateOfData
        ? "nats per datum" : "nats"
    }
    if name == "warm_up_left" { return "steps" }
    if name == "importance_ess" || name == "importance_draws" { return "draws" }
    return name.hasSuffix("_units") ? "units" : ""
  }
}
