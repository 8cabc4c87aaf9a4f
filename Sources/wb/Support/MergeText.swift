import Reporting
import Tracking

/// What merging has done, as sentences.
enum MergeText {
  /// One line: what became of the runs.
  static func summary(of report: MergeReport, path: String, isDone: Bool, checkpoints: Int) -> String {
    let counts: [(Int, String)] = [
      (report.new.count, "new"), (report.same.count, "the same"), (report.taken.count, "taken"),
      (report.kept.count, "kept as here"), (report.removed.count, "removed here"),
      (report.live.count, "in execution, left out"), (report.conflicts.count, "different"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { count, what in "\(count) \(what)" }
    var line = "\(path): \(isDone ? "" : "would merge ")\(Words.count(report.runs, "run"))"
    if !parts.isEmpty { line += ": " + parts.joined(separator: ", ") }
    if checkpoints > 0 { line += "; \(Words.count(checkpoints, "checkpoint"))" }
    if report.remarked > 0 { line += "; tags or notes of \(Words.count(report.remarked, "run"))" }
    return VisibleText.escaped(line)
  }

  /// A line for each run of which there is something to say.
  static func remarks(on report: MergeReport, path: String) -> [String] {
    report.taken.map { run in
      "wb: run \(run.runID): \(run.now.rawValue) there and \(run.before.rawValue) here; it is taken from \(path)"
    }
      + report.live.map { run in
        "wb: run \(run.runID): process \(run.processID) on \(run.host) executes it; merge again when it has ended"
      }
      + report.conflicts.map { conflict in
        "wb: run \(conflict.runID): \(sentence(conflict.difference, path)); it stays as it is here"
      }
  }

  private static func sentence(_ difference: RunDifference, _ path: String) -> String {
    func number(_ value: Double?) -> String { value.map { NumberText.exact($0) } ?? "absent" }
    return switch difference {
    case .value(let metric, let step, let ours, let theirs):
      "\(metric) at step \(step) is \(number(ours)) here and \(number(theirs)) in \(path)"
    case .result(let metric, let ours, let theirs):
      "its final \(metric) is \(number(ours)) here and \(number(theirs)) in \(path)"
    case .status(let ours, let theirs): "it is \(ours.rawValue) here and \(theirs.rawValue) in \(path)"
    case .configuration: "its configuration here is not that in \(path)"
    }
  }
}
