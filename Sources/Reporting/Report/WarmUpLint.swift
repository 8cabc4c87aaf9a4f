import Comparison
import Tracking

/// Finds runs that were never trained on the bound by which they are judged, as their β schedule ended below 1, and runs whose steps were
/// over before their schedule was.
enum WarmUpLint {
  /// The metric of the steps that were left.
  private static let metric = "warm_up_left"

  /// A paragraph for each; none where every schedule reached 1 and its end.
  static func texts(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> [RichText] {
    [try unreached(analysis, source), try unfinished(analysis, source)].compactMap(\.self)
  }

  private static func unfinished(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> RichText? {
    let finished = analysis.input.runs.filter { $0.status == .finished && ($0.outcome?.steps ?? 0) > 0 }
    let left = try source.lastValues(of: metric, runs: finished.map(\.record.runID))
    let short = finished.filter { left[$0.record.runID].map { $0 > 0 } ?? false }
    guard let longest = short.compactMap({ left[$0.record.runID] }).max() else { return nil }
    return """
      **\(short.count) of \(VerdictText.count(left.count, "run")) with a schedule ended before their warm-up had** \
      (\(names(short, analysis))): up to \(NumberText.grouped(Int(longest))) of its steps were left. Such a run says what its last \
      steps were like, not what the schedule leads to; give it more steps, or a shorter schedule.
      """
  }

  private static func names(_ runs: [RunSummary], _ analysis: ReportAnalysis) -> String {
    let names = Set(runs.map { "\(analysis.grouping.group(of: $0))" }).sorted()
    return names.prefix(3).joined(separator: "; ") + (names.count > 3 ? "; …" : "")
  }

  private static func unreached(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> RichText? {
    let scheduled = analysis.input.runs.filter { $0.record.beta == nil && $0.status == .finished }
    guard !scheduled.isEmpty else { return nil }
    let largest = try source.largestValues(of: "beta", runs: scheduled.map(\.record.runID))
    // A linear schedule ends within rounding of its end.
    let short = scheduled.filter { largest[$0.record.runID].map { $0 < 1 - 1e-9 } ?? false }
    guard let first = short.first else { return nil }
    let reached = short.compactMap { largest[$0.record.runID] }.max() ?? 0
    let which =
      short.count == 1 ? "run \(first.record.runID.prefix(8))" : VerdictText.count(short.count, "run")
    return """
      **The β schedule never reached 1** in \(which) (\(names(short, analysis))): the largest β was \
      \(NumberText.rounded(reached, figures: 3)). Such a run was never trained on the bound that it is judged by.
      """
  }
}
