import Tracking

/// An MLflow store in SQLite: `mlflow.db`, or the file of `--backend-store-uri sqlite:///…`.
///
/// A NaN is a row with `is_nan`, an infinity the greatest number of its sign, as MLflow writes them. A metric that was
/// logged without steps has all its values at step 0: the order of time counts them.
package enum MLflowImport {
  package static func runs(path: String, sweep: String?) throws -> ImportedRuns {
    let database = try PlainDatabase(reading: path)
    try checkTables(of: database)
    var experiments: [Int: String] = [:]
    try database.forEachRow("SELECT experiment_id, name FROM experiments") { row in
      if let id = row[0].integer { experiments[id] = row[1].text }
    }
    var collector = RunCollector(path: path, sweep: sweep ?? "mlflow", repetition: .lastCounts)
    try database.forEachRow(
      "SELECT run_uuid, name, status, start_time, end_time, experiment_id FROM runs WHERE lifecycle_stage = 'active' ORDER BY start_time, run_uuid"
    ) { row in
      guard let id = row[0].text else { throw malformed(path, "a run has no id") }
      let run = try collector.place(of: id, line: nil)
      if let name = row[1].text, !name.isEmpty {
        try collector.checkText(name, "a run", nil)
        collector.change(run) { $0.title = name }
      }
      let experiment = row[5].integer.flatMap { experiments[$0] } ?? "mlflow"
      try collector.checkText(experiment, "an experiment", nil)
      collector.change(run) { run in
        if sweep == nil { run.sweep = experiment }
        run.startedAt = row[3].integer.map { Double($0) / 1000 }
        run.endedAt = row[4].integer.map { Double($0) / 1000 }
        switch row[2].text {
        case "FINISHED": run.status = .finished
        case "FAILED": run.status = .failed
        default:
          run.status = .interrupted
          run.reason = "it was \((row[2].text ?? "UNKNOWN").prefix(40)) in MLflow"
        }
      }
    }
    let known = Set(collector.names)
    try database.forEachRow("SELECT run_uuid, key, value FROM params") { row in
      guard let id = row[0].text, let key = row[1].text, let value = row[2].anyText else {
        throw malformed(path, "a row of params is damaged")
      }
      guard known.contains(id) else { return }
      try collector.set(
        key, to: FieldValue.parameter(value), run: collector.place(of: id, line: nil), line: nil)
    }
    try readMetrics(database, path, known, &collector)
    var imported = ImportedRuns(format: .mlflow)
    imported.runs = try collector.finish()
    if collector.repeated > 0 {
      imported.remarks.append(
        "\(collector.repeated) values were left out: MLflow has later ones at their steps")
    }
    return imported
  }

  private static func readMetrics(
    _ database: PlainDatabase, _ path: String, _ known: Set<String>, _ collector: inout RunCollector
  ) throws {
    // A metric whose values are all at step 0 was logged without steps.
    var timed: Set<[String]> = []
    try database.forEachRow(
      "SELECT run_uuid, key FROM metrics GROUP BY run_uuid, key HAVING max(step) = 0 AND min(step) = 0 AND count(*) > 1"
    ) { row in
      if let id = row[0].text, let key = row[1].text { timed.insert([id, key]) }
    }
    var counts: [[String]: Int] = [:]
    try database.forEachRow(
      "SELECT run_uuid, key, value, is_nan, step, timestamp FROM metrics ORDER BY timestamp"
    ) { row in
      guard let id = row[0].text, let key = row[1].text, let stored = row[2].double,
        let isNaN = row[3].integer,
        var step = row[4].integer, let time = row[5].integer
      else { throw malformed(path, "a row of metrics is damaged") }
      guard known.contains(id) else { return }
      if !timed.isEmpty, timed.contains([id, key]) {
        step = counts[[id, key], default: 0]
        counts[[id, key]] = step + 1
      }
      let value = isNaN != 0 ? .nan : abs(stored) >= largest ? stored * .infinity : stored
      try collector.add(
        value, of: key, step: step, run: collector.place(of: id, line: nil), order: time, line: nil)
    }
  }

  /// MLflow stores an infinity as 1.7976931348623157e308 with its sign (mlflow/store/tracking/sqlalchemy_store.py).
  static let largest = 1.7976931348623157e308

  /// A view or a virtual table of a file that nobody vouches for could do anything when it is read.
  private static func checkTables(of database: PlainDatabase) throws {
    var tables: Set<String> = []
    try database.forEachRow("SELECT name, sql FROM sqlite_master WHERE type = 'table'") { row in
      if let name = row[0].text, row[1].text?.uppercased().hasPrefix("CREATE TABLE") == true {
        tables.insert(name)
      }
    }
    for table in ["experiments", "runs", "metrics", "params"] where !tables.contains(table) {
      throw ExchangeError.malformed(
        path: database.path, line: nil, what: "there is no table '\(table)', as every MLflow store has",
        fix: "name the database of an MLflow tracking store")
    }
  }

  private static func malformed(_ path: String, _ what: String) -> ExchangeError {
    .malformed(path: path, line: nil, what: what, fix: "open the store with MLflow once, or mend the row")
  }
}

extension SQLValue {
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var integer: Int? { if case .integer(let value) = self { value } else { nil } }
  var double: Double? {
    switch self {
    case .number(let value): value
    case .integer(let value): Double(value)
    case .null, .text, .blob: nil
    }
  }
  /// A text; SQLite may keep one of digits as a number where a column has no type.
  var anyText: String? {
    switch self {
    case .text(let text): text
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .null, .blob: nil
    }
  }
}
