import Comparison
import Tracking

/// What runs maximise is a quantity of its own for every objective, β and option of the objective: values of different ones
/// are not on one scale, and the larger is not the better.
enum ObjectiveScale {
  /// The recorded term that depends on them; every other is the same quantity at any β.
  static let metric = "objective"

  /// Why values of the metric must not be compared; nil where they may.
  static func refusal(_ metric: Metric, _ runs: [RunSummary]) -> String? {
    guard metric.name == Self.metric else { return nil }
    // First, so that none of them is left out because it follows from another key.
    let differing = RunKeys.varying(in: runs, first: isOfObjective).filter(isOfObjective)
    guard let first = differing.first else { return nil }
    let texts = Set(runs.map { RunKeys.text($0.value(of: first)) }).map { Label(key: first, text: $0) }
    let values = texts.map { GroupKey([$0]) }.sorted().map { $0.labels[0].text }
    let shown = values.prefix(4).joined(separator: ", ") + (values.count > 4 ? ", …" : "")
    return
      "the runs maximise different objectives (\(first) is \(shown)), whose values are different quantities; compare "
      + "elbo, which is at beta = 1 for all of them, or select one with a filter such as '\(first) = \(values[0])'"
  }

  private static func isOfObjective(_ key: String) -> Bool {
    ["objective", "beta"].contains { key == $0 || key.hasPrefix($0 + ".") }
  }
}
