import FileFormats
import Tracking

/// Comma-separated values (RFC 4180): runs, their parameters and their values, each a file.
package struct CSVExport {
  package enum Part: String, Sendable, CaseIterable {
    case runs, params, points
  }

  private let export: RunExport
  private let raw: Bool

  init(_ export: RunExport, raw: Bool) {
    self.export = export
    self.raw = raw
  }

  /// Returns how many values of metrics were written.
  func write(_ part: Part, to output: OutputText) throws -> Int {
    switch part {
    case .runs: try writeRuns(to: output)
    case .params: try writeParameters(to: output)
    case .points: return try writePoints(to: output)
    }
    return 0
  }

  private static let runColumns = [
    "run_id", "sweep", "cell_id", "model", "family", "objective", "form", "estimator", "optimizer", "beta",
    "seed",
    "status", "started_at", "ended_at", "seconds", "steps", "elbo", "elbo_se", "reconstruction", "kl_prior",
    "kl_posterior", "log_joint", "entropy", "log_evidence", "log_evidence_se", "suspect", "reason", "tags",
    "note",
    "config",
  ]

  private func writeRuns(to output: OutputText) throws {
    try output.write(Self.runColumns.joined(separator: ",") + "\r\n")
    for run in export.runs {
      let record = run.record
      let outcome = run.outcome
      let terms = outcome?.yardstick
      func text(_ text: String?) -> String { text.map { CSVField.text($0, raw: raw) } ?? "" }
      func number(_ value: Double?) -> String { value.map(JSONText.number) ?? "" }
      var tags = "["
      for tag in run.tags {
        if tags.utf8.count > 1 { tags += "," }
        appendJSON(tag, to: &tags)
      }
      let cells = [
        text(record.runID), text(record.sweep), text(record.cellID), text(record.model), text(record.family),
        text(record.objective), text(record.form), text(record.estimator), text(record.optimizer),
        number(record.beta), "\(record.seed)", run.status.rawValue, number(run.startedAt),
        number(run.endedAt),
        number(outcome?.seconds), outcome.map { "\($0.steps)" } ?? "", number(terms?.elbo),
        number(outcome?.elboStandardError), number(terms?.reconstruction), number(terms?.klPrior),
        number(terms?.klPosterior), number(terms?.logJoint), number(terms?.entropy),
        number(terms?.logEvidence),
        number(outcome?.logEvidenceStandardError), text(outcome?.suspect), text(outcome?.reason),
        run.tags.isEmpty ? "" : text(tags + "]"), text(run.note), text(record.config),
      ]
      try output.write(cells.joined(separator: ",") + "\r\n")
    }
  }

  private func writeParameters(to output: OutputText) throws {
    try output.write("run_id,key,type,value\r\n")
    for run in export.runs {
      for parameter in run.record.parameters {
        let (type, value) =
          switch parameter.value {
          case .null: ("null", "")
          case .integer(let value): ("integer", "\(value)")
          case .number(let value): ("number", JSONText.number(value))
          case .text(let text): ("text", CSVField.text(text, raw: raw))
          }
        try output.write("\(run.record.runID),\(CSVField.text(parameter.key, raw: raw)),\(type),\(value)\r\n")
      }
    }
  }

  private func writePoints(to output: OutputText) throws -> Int {
    var count = 0
    try output.write("run_id,metric,step,value\r\n")
    for run in export.runs {
      var (metric, start) = ("", "")
      try export.forEachPoint(of: run) { name, point in
        if name != metric {
          metric = name
          start = "\(run.record.runID),\(CSVField.text(name, raw: raw)),"
        }
        try output.write("\(start)\(point.step),\(JSONText.number(point.value))\r\n")
        count += 1
      }
    }
    return count
  }
}
