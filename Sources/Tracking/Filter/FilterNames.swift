/// The names that a filter can ask for.
public struct FilterNames: Sendable {
  /// Parameters of configurations; of the labels of a group, its keys.
  private let parameters: Set<String>
  private let metrics: Set<String>
  private let hasRunColumns: Bool
  private let lowerIsBetter: @Sendable (String) -> Bool

  /// Names that are looked up in some labels alone.
  public init(labels: some Sequence<String>) {
    parameters = Set(labels)
    metrics = []
    hasRunColumns = false
    lowerIsBetter = { _ in false }
  }

  /// The columns of runs, their parameters and the metrics that they recorded.
  ///
  /// - Parameter lowerIsBetter: whether the best value of a metric is its smallest.
  public init(
    parameters: some Sequence<String>, metrics: some Sequence<String>,
    lowerIsBetter: @escaping @Sendable (String) -> Bool
  ) {
    self.parameters = Set(parameters)
    self.metrics = Set(metrics)
    hasRunColumns = true
    self.lowerIsBetter = lowerIsBetter
  }

  /// What a name stands for: a column of runs before a parameter, and that before a metric's summary, such as `elbo.last`;
  /// nil of none.
  func column(_ name: String) -> FilterColumn? {
    if hasRunColumns {
      if name == "tag" { return .tag }
      if let column = RunColumn(rawValue: name) { return .run(column) }
    }
    if parameters.contains(name) { return .parameter(name) }
    guard let dot = name.lastIndex(of: ".") else { return nil }
    let (metric, part) = (String(name[..<dot]), String(name[name.index(after: dot)...]))
    guard metrics.contains(metric) else { return nil }
    return switch part {
    case "best": .summary(metric: metric, lowerIsBetter(metric) ? .minimum : .maximum)
    case "min": .summary(metric: metric, .minimum)
    case "max": .summary(metric: metric, .maximum)
    default: FilterColumn.SummaryPart(rawValue: part).map { .summary(metric: metric, $0) }
    }
  }

  /// The metric of `METRIC.at`, which a step in parentheses follows; nil of any other name.
  func metric(ofValueNamed name: String) -> String? {
    guard name.hasSuffix(".at") else { return nil }
    let metric = String(name.dropLast(3))
    return metrics.contains(metric) && !parameters.contains(name) ? metric : nil
  }

  /// All names, for one that was mistyped.
  var all: [String] {
    let columns = hasRunColumns ? RunColumn.allCases.map(\.rawValue) + ["tag"] : []
    let parts = ["last", "best", "min", "max", "mean", "count", "first_step", "last_step"]
    return columns + parameters + metrics.flatMap { metric in parts.map { "\(metric).\($0)" } }
  }
}
