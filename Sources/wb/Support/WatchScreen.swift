import Foundation
import Reporting
import Tracking

/// What `wb watch` shows: how the sweep stands, then its runs with their ELBO, those under way first.
struct WatchScreen {
  private static let sparkWidth = 32

  private let store: Store
  /// Lines of ended runs, which stay what they are.
  private var ended: [String: String] = [:]

  init(of store: Store) { self.store = store }

  /// - Parameter lines: how many there is room for.
  mutating func text(_ status: SweepStatus, lines: Int, width: Int) throws -> String {
    let head = status.text.split(separator: "\n", omittingEmptySubsequences: false)
    let running = status.runs.filter { $0.status == .running }
    let rest = status.runs.filter { $0.status != .running }
      .sorted { ($0.endedAt ?? 0, $0.record.runID) > ($1.endedAt ?? 0, $1.record.runID) }
    let room = max(1, lines - head.count - 2)
    let keys = RunKeys.varying(in: status.runs)
    let steps = Dictionary(status.activity.runs.map { ($0.runID, $0.lastStep ?? 0) }) { first, _ in first }
    var rows: [String] = []
    for run in (running + rest).prefix(room) {
      rows.append(try line(run, keys: keys, step: steps[run.record.runID]))
    }
    let hidden = status.runs.count - rows.count
    if hidden > 0 { rows.append("and \(Words.count(hidden, "run")) more: wb ls") }
    return (head.map(String.init) + [""] + rows).map { String($0.prefix(max(1, width - 1))) }
      .joined(separator: "\n")
  }

  private mutating func line(_ run: RunSummary, keys: [String], step: Int?) throws -> String {
    let id = run.record.runID
    if let known = ended[id + run.status.rawValue] { return known }
    let series = try store.series(of: "elbo", runID: id)
    let value = run.outcome?.yardstick?.elbo ?? series.last?.value
    let number = value.map { String(format: "%12.5g", $0) } ?? String(repeating: " ", count: 11) + "-"
    let spark = Sparkline.text(series.map(\.value), width: Self.sparkWidth)
    let name = keys.compactMap { run.value(of: $0)?.plainText } + ["seed \(run.record.seed)"]
    let state = step.map { "step \($0)" } ?? run.status.rawValue
    let line =
      "\(id.prefix(8))  \(spark.padded(to: Self.sparkWidth))  \(number)  \(state.padded(to: 12))  "
      + VisibleText.escaped(name.joined(separator: " "))
    if run.status != .running { ended[id + run.status.rawValue] = line }
    return line
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
