import FileFormats
import Tracking

/// Lines of JSON: one for a run with its parameters and results, then one for each of its steps.
struct JSONLinesExport {
  private let export: RunExport

  init(_ export: RunExport) { self.export = export }

  func write(to output: OutputText) throws -> Int {
    var count = 0
    for run in export.runs {
      try output.write(line(of: run) + "\n")
      count += try writeSteps(of: run, to: output)
    }
    return count
  }

  private func line(of run: RunSummary) -> String {
    var text = "{"
    func key(_ key: String) { text += (text.utf8.count > 1 ? ", " : "") + "\"\(key)\": " }
    func add(_ name: String, _ value: String?) {
      guard let value else { return }
      key(name)
      appendJSON(value, to: &text)
    }
    func add(_ name: String, _ value: Double?) {
      guard let value else { return }
      key(name)
      JSONText.append(value, to: &text)
    }
    add("run_id", run.record.runID)
    add("sweep", run.record.sweep)
    add("cell_id", run.record.cellID)
    key("seed")
    text += "\(run.record.seed)"
    add("status", run.status.rawValue)
    add("reason", run.outcome?.reason)
    add("suspect", run.outcome?.suspect)
    add("started_at", run.startedAt)
    add("ended_at", run.endedAt)
    add("seconds", run.outcome?.seconds)
    if let steps = run.outcome?.steps {
      key("steps")
      text += "\(steps)"
    }
    if !run.tags.isEmpty {
      key("tags")
      text += "["
      for (index, tag) in run.tags.enumerated() {
        if index > 0 { text += ", " }
        appendJSON(tag, to: &text)
      }
      text += "]"
    }
    add("note", run.note)
    key("params")
    text += "{"
    for (index, parameter) in run.record.parameters.enumerated() {
      if index > 0 { text += ", " }
      appendJSON(parameter.key, to: &text)
      text += ": "
      JSONText.append(parameter.value, to: &text)
    }
    text += "}"
    if let outcome = run.outcome, let terms = outcome.yardstick {
      key("results")
      let values = [
        ("elbo", terms.elbo), ("elbo_se", outcome.elboStandardError),
        ("reconstruction", terms.reconstruction),
        ("kl_prior", terms.klPrior), ("kl_posterior", terms.klPosterior), ("log_joint", terms.logJoint),
        ("entropy", terms.entropy), ("log_evidence", terms.logEvidence),
      ]
      text += "{"
      for (index, (name, value)) in values.filter({ $0.1 != nil }).enumerated() {
        text += (index > 0 ? ", " : "") + "\"\(name)\": "
        JSONText.append(value, to: &text)
      }
      text += "}"
    }
    return text + "}"
  }

  private func writeSteps(of run: RunSummary, to output: OutputText) throws -> Int {
    let id = run.record.runID
    var count = 0
    let columns = StepColumn.allCases
    try export.store.forEachBatch(of: id) { batch in
      for index in 0..<batch.count {
        var text =
          "{\"run_id\": \"\(id)\", \"step\": \(batch.firstStep + batch.stride * index), \"metrics\": {"
        var isFirst = true
        for column in columns {
          guard let value = batch[column].value(at: index) else { continue }
          text += (isFirst ? "\"" : ", \"") + column.name + "\": "
          JSONText.append(value, to: &text)
          isFirst = false
          count += 1
        }
        try output.write(text + "}}\n")
      }
    }
    for metric in try export.store.metrics(of: id) {
      var name = ""
      appendJSON(metric, to: &name)
      try export.store.forEachPiece(of: metric, runID: id) { points in
        for point in points {
          var text = "{\"run_id\": \"\(id)\", \"step\": \(point.step), \"metrics\": {\(name): "
          JSONText.append(point.value, to: &text)
          try output.write(text + "}}\n")
          count += 1
        }
      }
    }
    return count
  }
}
