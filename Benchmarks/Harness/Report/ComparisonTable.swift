import Foundation

/// The page that `make bench` writes.
package enum ComparisonTable {
  /// One row for each target and each peer of each work.
  package static func rows(of comparison: Comparison) -> [[String]] {
    let work = comparison.work
    let figures = comparison.measurements.map(\.figure)
    let spread = figures.count > 1 ? " ± \(percent(halfRange(figures)))" : ""
    let ours =
      comparison.failure.map { "failed: \($0)" } ?? work.quantity.text(comparison.figure) + spread
    var rows: [[String]] = []
    for target in work.targets {
      guard case .figure = target else { continue }
      let isMet =
        comparison.failure == nil
        && target.isMet(figure: comparison.figure, ratio: .nan, quantity: work.quantity)
      rows.append([work.title, ours, "", "", "", target.text(work.quantity), isMet ? "yes" : "**no**"])
    }
    for series in comparison.peers {
      let target = work.targets.first {
        if case .times(_, series.peer.name) = $0 { true } else { false }
      }
      let bound = target.map { $0.text(work.quantity) } ?? ""
      if series.reports.isEmpty {
        let reason = series.skipped.map { "skipped: \($0)" } ?? "not measured"
        rows.append([work.title, ours, series.peer.name, reason, "", bound, bound.isEmpty ? "" : "?"])
        continue
      }
      let ratio = series.ratio(work.quantity)
      let isMet = target.map { $0.isMet(figure: comparison.figure, ratio: ratio, quantity: work.quantity) }
      let verdict =
        comparison.failure == nil ? isMet.map { $0 ? "yes" : "**no**" } ?? (ratio >= 1 ? "" : "slower") : "?"
      rows.append([
        work.title, ours, series.peer.name, work.quantity.text(series.figure), "\(digits(ratio)) ×", bound,
        verdict,
      ])
    }
    // The title and our figure stand in the first row of a work only.
    return rows.enumerated().map { $0.offset == 0 ? $0.element : ["", ""] + $0.element.dropFirst(2) }
  }

  /// What a line is: the recording, the precision, what each side ended at, and notes; nil where there is nothing to say.
  package static func remarks(on comparison: Comparison) -> String? {
    let work = comparison.work
    var parts = [work.recorded == "–" ? "" : "\(work.recorded) recorded, \(work.precision)", work.note]
    parts.append(comparison.measurements.last?.detail ?? "")
    let results = comparison.measurements.compactMap(\.result)
    if !results.isEmpty {
      let theirs = comparison.peers.compactMap { series in
        series.reports.first?.result.map { "\(series.peer.name) \(result($0))" }
      }
      let both = (["wb \(result(median(results)))"] + theirs).joined(separator: ", ")
      parts.append(work.resultName.map { "\($0): \(both)" } ?? "ended at \(both) nats")
    }
    for series in comparison.peers {
      guard let report = series.reports.first else { continue }
      let notes = [report.precision == work.precision ? "" : report.precision, report.note]
      let said = notes.filter { !$0.isEmpty }.joined(separator: ", ")
      if !said.isEmpty { parts.append("\(series.peer.name): \(said)") }
    }
    let said = parts.filter { !$0.isEmpty }.joined(separator: "; ")
    return said.isEmpty ? nil : "- **\(work.title)** (`ONLY=\(work.name)`): \(said)."
  }

  package static func versions(in comparisons: [Comparison]) -> String {
    let all = comparisons.flatMap { $0.peers.compactMap { $0.reports.first?.versions } }
    return Set(all.flatMap { $0.split(separator: ", ") }).sorted().joined(separator: ", ")
  }

  static let header = ["work", "wb", "against", "its figure", "wb is better by", "must be", "met"]
  static let rightAligned: Set<Int> = [1, 3, 4, 5]

  private static func percent(_ fraction: Double) -> String { "\(Int((100 * fraction).rounded())) %" }
  private static func result(_ value: Double) -> String {
    String(format: abs(value) < 1000 ? "%.2f" : "%.0f", value)
  }
}
