public import Comparison

/// Whether some runs, the candidate, are no worse than others, the baseline.
public struct GateAnswer: Sendable, Hashable {
  /// From the best to the worst.
  public enum Verdict: String, Sendable, Hashable, CaseIterable, Comparable {
    case noWorse = "no-worse"
    /// The interval does not tell, or there is too little to make one.
    case inconclusive
    case notComparable = "not-comparable"
    case worse

    public static func < (left: Verdict, right: Verdict) -> Bool {
      (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
  }

  /// The answer for one model and data set.
  public struct Part: Sendable, Hashable {
    public var context: GroupKey
    public var verdict: Verdict
    /// A sentence without the verdict and without a full stop.
    public var reason: String
    public var candidate: GroupSummary?
    public var baseline: GroupSummary?
    /// Candidate minus baseline; nil where none can be made.
    public var difference: PairedDifference?
  }

  public var metric: Metric
  /// How far below the baseline (above it, where lower is better) still passes, in the metric's unit.
  public var maxRegress: Double
  /// One per model and data set of the candidate.
  public var parts: [Part]

  /// The worst of the parts.
  public var verdict: Verdict { parts.map(\.verdict).max() ?? .notComparable }

  /// One line: the verdict and why.
  public var line: String {
    let worst = parts.filter { $0.verdict == verdict }
    let word = verdict.rawValue.replacing("-", with: " ")
    guard let part = worst.first else { return "\(word): no run of the candidate matches" }
    let place = parts.count > 1 ? "\(part.context): " : ""
    let rest = worst.count > 1 ? " (and \(worst.count - 1) more of \(parts.count) models or data sets)" : ""
    return "\(word): \(place)\(part.reason)\(rest)"
  }
}
