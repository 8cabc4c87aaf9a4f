import FileFormats
import Tracking

/// Lines of JSON: an object for a run with its parameters, or for a step with its metrics.
///
/// A run's line has `run` (or `run_id`) and `params`, and may have `seed`, `status`, `reason`, `started_at`, `ended_at`,
/// and `results`, as `wb export --as jsonl` writes them. A step's line has `step` and either `metrics`, an object, or the
/// metrics themselves; keys that begin with `param.` are parameters. A value is a number, the text of one, of NaN or of
/// an infinity, or null where there is none.
package enum JSONLinesImport {
  package static func runs(
    _ bytes: [UInt8], path: String, name: String, sweep: String
  ) throws(ExchangeError) -> ImportedRuns {
    var collector = RunCollector(path: path, sweep: sweep, repetition: .refused)
    var line = 0
    for text in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      line += 1
      guard text.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) else { continue }
      let reader = LineReader(path: path, line: line)
      try reader.read(text, name: name, into: &collector)
    }
    var imported = ImportedRuns(format: .jsonl)
    imported.runs = try collector.finish()
    guard !imported.runs.isEmpty else {
      throw .malformed(
        path: path, line: nil, what: "the file is empty",
        fix: "write a line such as {\"step\": 0, \"elbo\": -1.5}")
    }
    return imported
  }
}

private struct LineReader {
  let path: String
  let line: Int

  func read(_ bytes: ArraySlice<UInt8>, name: String, into collector: inout RunCollector)
    throws(ExchangeError)
  {
    let value: JSONValue
    do throws(JSONProblem) {
      value = try JSONValue(bytes)
    } catch {
      throw malformed(error.what, "write one JSON object a line")
    }
    guard case .object(let entries) = value else {
      throw malformed("the line is no JSON object", "write one a line, such as {\"step\": 0, \"elbo\": -1.5}")
    }
    var run: String?
    var step: Int?
    for (key, value) in entries {
      switch key {
      case "run", "run_id":
        guard run == nil else { throw malformed("there are both 'run' and 'run_id'", "keep one") }
        run = try text(value, of: key)
      case "step": step = try integer(value, of: key)
      default: break
      }
    }
    let place = try collector.place(of: run ?? name, line: line)
    let rest = entries.filter { !["run", "run_id", "step"].contains($0.key) }
    if let step {
      try read(step: step, rest, place, &collector)
    } else {
      try read(run: rest, place, &collector)
    }
  }

  private func read(
    step: Int, _ entries: [(key: String, value: JSONValue)], _ run: Int, _ collector: inout RunCollector
  ) throws(ExchangeError) {
    for (key, value) in entries {
      if key == "metrics", case .object(let metrics) = value {
        for (metric, value) in metrics { try add(value, of: metric, step, run, &collector) }
      } else if key.hasPrefix("param.") {
        try collector.set(String(key.dropFirst("param.".count)), to: parameter(value), run: run, line: line)
      } else if key == "seed" {
        try collector.set("seed", to: .integer(try integer(value, of: key)), run: run, line: line)
      } else {
        try add(value, of: key, step, run, &collector)
      }
    }
  }

  private func add(
    _ value: JSONValue, of metric: String, _ step: Int, _ run: Int, _ collector: inout RunCollector
  ) throws(ExchangeError) {
    guard let number = try number(value, of: metric) else { return }
    try collector.add(number, of: metric, step: step, run: run, order: line, line: line)
  }

  private func read(
    run entries: [(key: String, value: JSONValue)], _ run: Int, _ collector: inout RunCollector
  ) throws(ExchangeError) {
    for (key, value) in entries {
      switch key {
      case "params":
        guard case .object(let parameters) = value else {
          throw malformed("'params' is no object", "write {\"name\": value, …}")
        }
        for (name, value) in parameters {
          try collector.set(name, to: parameter(value), run: run, line: line)
        }
      case "seed": try collector.set(key, to: .integer(try integer(value, of: key)), run: run, line: line)
      case "status":
        guard let status = RunStatus(rawValue: try text(value, of: key)), status != .running else {
          throw malformed(
            "the status is none that a run ends with", "use finished, diverged, failed or interrupted")
        }
        collector.change(run) { $0.status = status }
      case "reason":
        let reason = try text(value, of: key)
        try collector.checkText(reason, "a run", line)
        collector.change(run) { $0.reason = reason }
      case "started_at":
        let time = try number(value, of: key)
        collector.change(run) { $0.startedAt = time?.isFinite == true ? time : nil }
      case "ended_at":
        let time = try number(value, of: key)
        collector.change(run) { $0.endedAt = time?.isFinite == true ? time : nil }
      case "results":
        guard case .object(let results) = value else {
          throw malformed("'results' is no object", "write {\"elbo\": value, …}")
        }
        try read(results: results, run, &collector)
      case "sweep", "cell_id", "tags", "note", "seconds", "steps", "suspect": break
      default:
        throw malformed(
          "'\(key.prefix(200))' is nothing of a run",
          "put parameters into 'params'; a line of metrics has a 'step'")
      }
    }
  }

  private func read(
    results: [(key: String, value: JSONValue)], _ run: Int, _ collector: inout RunCollector
  ) throws(ExchangeError) {
    var terms = BoundTerms()
    for (key, value) in results {
      let number = try number(value, of: key)
      switch key {
      case "elbo", "reconstruction", "kl_prior", "kl_posterior", "log_joint", "entropy", "log_evidence":
        terms.set(key, to: number)
      case "elbo_se": collector.change(run) { $0.elboStandardError = number }
      default:
        throw malformed(
          "'\(key.prefix(200))' is none of a run's results", "use elbo, elbo_se, reconstruction, kl_prior, …")
      }
    }
    collector.change(run) { $0.results = terms }
  }

  private func text(_ value: JSONValue, of key: String) throws(ExchangeError) -> String {
    switch value {
    case .string(let text), .number(let text): return text
    default: throw malformed("'\(key)' is no text", "write it in quotes")
    }
  }

  private func integer(_ value: JSONValue, of key: String) throws(ExchangeError) -> Int {
    if case .number(let text) = value, let integer = CSVImport.integer(text) { return integer }
    throw malformed("'\(key)' is no integer", "use one")
  }

  /// nil of null.
  private func number(_ value: JSONValue, of key: String) throws(ExchangeError) -> Double? {
    switch value {
    case .null: return nil
    case .number(let text), .string(let text):
      if let number = FieldValue.number(text) { return number }
      fallthrough
    default:
      throw malformed(
        "'\(key.prefix(200))' is no number",
        "use one, \"NaN\", \"Infinity\", \"-Infinity\" or null; name a parameter param.NAME")
    }
  }

  private func parameter(_ value: JSONValue) throws(ExchangeError) -> ParameterValue {
    switch value {
    case .null: .null
    case .boolean(let flag): .text(flag ? "true" : "false")
    case .string(let text): .text(text)
    case .number(let text):
      if let integer = Int(text) {
        .integer(integer)
      } else {
        FieldValue.number(text).map { .number($0) } ?? .text(text)
      }
    case .array, .object:
      throw malformed("a parameter is an array or object", "write it as a text, or as several parameters")
    }
  }

  private func malformed(_ what: String, _ fix: String) -> ExchangeError {
    .malformed(path: path, line: line, what: what, fix: fix)
  }
}
