import Tracking

/// What the sweep cost.
enum CostSection {
  static func markdown(_ input: ReportInput) -> String {
    let outcomes = input.runs.compactMap(\.outcome)
    let steps = outcomes.map(\.steps).reduce(0, +)
    let seconds = outcomes.map(\.seconds).filter(\.isFinite).reduce(0, +)
    return """
      ## What it cost

      \(VerdictText.count(input.runs.count, "run")), \(VerdictText.count(steps, "step")), \
      \(NumberText.rounded(seconds)) seconds (summed over runs, however many ran at a time).

      """
  }
}
