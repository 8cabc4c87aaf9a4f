import Tracking

/// What the sweep cost.
enum CostSection {
  static func blocks(_ analysis: ReportAnalysis) -> [DocumentBlock] {
    let input = analysis.input
    let outcomes = input.runs.compactMap(\.outcome)
    let steps = outcomes.map(\.steps).reduce(0, +)
    let seconds = outcomes.map(\.seconds).filter(\.isFinite).reduce(0, +)
    return [
      .heading(2, "What it cost"),
      .paragraph(
        """
        \(VerdictText.count(input.runs.count, "run")), \(VerdictText.count(steps, "step")), \
        \(NumberText.rounded(seconds)) seconds (summed over runs, however many ran at a time). From \
        \(code: ReportCommands(analysis).sql("count(*), sum(steps), sum(seconds)")).
        """),
    ]
  }
}
