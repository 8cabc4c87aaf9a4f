import Comparison

/// The metrics that a run can have at each step.
public enum StepMetric {
  /// The columns of the view `steps`, which every run has.
  public static let columns = [
    "elbo", "objective", "reconstruction", "kl_prior", "kl_posterior", "log_joint", "entropy", "log_evidence",
    "beta", "grad_norm",
  ]

  /// The unit of a metric; empty where it has none.
  public static func unit(of metric: String) -> String {
    if ["beta", "grad_norm"].contains(metric) { return "" }
    return columns.contains(metric) ? "nats" : RecordedMetric(metric).metric.unit
  }
}
