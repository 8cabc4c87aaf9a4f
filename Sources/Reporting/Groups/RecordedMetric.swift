public import Comparison

/// A metric that runs record beside the terms of the bound, such as `test_elbo`; known by its name alone.
public struct RecordedMetric: Sendable, Hashable {
  public var name: String

  public init(_ name: String) {
    self.name = name
  }

  /// How the metric is compared. What is known by its name has a direction: a bound is better where it is higher, a
  /// negative log likelihood where it is lower; everything else says what a run is like. A hundredth of a nat, as
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

  private var isBound: Bool {
    name == "elbo_per_datum" || name.hasSuffix("_elbo") || name.hasSuffix("_elbo_per_datum")
  }

  private var isLoss: Bool { name == "nll" || name.hasSuffix("_nll") }

  private var direction: Metric.Direction { isBound ? .higherIsBetter : isLoss ? .lowerIsBetter : .neither }

  private var isInNats: Bool {
    isBound || isLoss || stem.contains("kl_prior") || name == "mutual_information"
      || name == "nll_se"
  }

  private var unit: String {
    if isInNats {
      let isPerDatum = name.hasSuffix("_per_datum") || isLoss || name == "nll_se" || stem == "kl_prior"
      return isPerDatum ? "nats per datum" : "nats"
    }
    return name.hasSuffix("_units") ? "units" : ""
  }
}
