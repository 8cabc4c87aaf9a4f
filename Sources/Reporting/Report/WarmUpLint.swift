import Comparison
import Tracking

/// Finds runs that were never trained on the bound by which they are judged: their β schedule ended below 1.
enum WarmUpLint {
  /// A paragraph; nil where every schedule reached 1.
  static func text(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> RichText? {
    let scheduled = analysis.input.runs.filter { $0.record.beta == nil && $0.status == .finished }
    guard !scheduled.isEmpty else { return nil }
    let largest = try source.largestValues(of: "beta", runs: scheduled.map(\.record.runID))
    // A linear schedule ends within rounding of its end.
    let short = scheduled.filter { largest[$0.record.runID].map { $0 < 1 - 1e-9 } ?? false }
    guard let first = short.first else { return nil }
    let reached = short.compactMap { largest[$0.record.runID] }.max() ?? 0
    let names = Set(short.map { "\(analysis.grouping.group(of: $0))" }).sorted()
    let listed = names.prefix(3).joined(separator: "; ") + (names.count > 3 ? "; …" : "")
    let which =
      short.count == 1 ? "run \(first.record.runID.prefix(8))" : VerdictText.count(short.count, "run")
    return """
      **The β schedule never reached 1** in \(which) (\(listed)): the largest β was \
      \(NumberText.rounded(reached, figures: 3)). Such a run was never trained on the bound that it is judged by.
      """
  }
}
