import Tracking

/// Comma-separated values: a row a step with a column a metric, or a row a value (`run,metric,step,value`).
package enum CSVImport {
  /// Which columns are no metrics.
  private enum Role: Hashable {
    case run, step, metric, value, seed, status
    case parameter(String)
    case series(String)

    init(_ name: String, isLong: Bool) {
      switch name {
      case "run", "run_id": self = .run
      case "step": self = .step
      case "seed": self = .seed
      case "status": self = .status
      case "metric" where isLong: self = .metric
      case "value" where isLong: self = .value
      case _ where name.hasPrefix("param."): self = .parameter(String(name.dropFirst("param.".count)))
      default: self = .series(name)
      }
    }
  }

  /// - Parameters:
  ///   - parameters: a file of parameters (`run_id,key,value`), where there is one.
  ///   - runs: a file of runs, as `wb export` writes it, where there is one.
  ///   - name: the run of a file without a column of runs.
  package static func runs(
    _ bytes: [UInt8], path: String, parameters: Companion? = nil, runs: Companion? = nil, name: String,
    sweep: String
  ) throws(ExchangeError) -> ImportedRuns {
    var collector = RunCollector(path: path, sweep: sweep, repetition: .refused)
    var rows = CSVRows(bytes, path: path)
    guard let header = try rows.next() else {
      throw .malformed(
        path: path, line: nil, what: "the file is empty",
        fix: "begin with a line of columns, such as run,step,elbo")
    }
    let names = header.map(FieldValue.withoutMark)
    let isLong = names.contains("metric") && names.contains("value")
    let roles = names.map { Role($0, isLong: isLong) }
    for (index, role) in roles.enumerated() where roles[..<index].contains(role) {
      throw rows.malformed("there are two columns '\(names[index].prefix(200))'", "keep one")
    }
    guard roles.contains(.step) else {
      throw rows.malformed("there is no column 'step'", "add one that counts the steps of each run from 0")
    }
    let hasValues = isLong || roles.contains { if case .series = $0 { true } else { false } }
    guard hasValues else { throw rows.malformed("there is no column of a metric", "add one, such as elbo") }
    while let row = try rows.next() {
      guard row.count == roles.count else {
        throw rows.malformed(
          "the row has \(row.count) fields, and the first line \(roles.count)", "give every row as many")
      }
      try read(row, roles, isLong: isLong, name, rows, &collector)
    }
    if let parameters { try read(parameters: parameters, &collector) }
    if let runs { try read(runs: runs, &collector) }
    var imported = ImportedRuns(format: .csv)
    imported.runs = try collector.finish()
    return imported
  }

  private static func read(
    _ row: [String], _ roles: [Role], isLong: Bool, _ name: String, _ rows: CSVRows,
    _ collector: inout RunCollector
  ) throws(ExchangeError) {
    func field(_ role: Role) -> String? { roles.firstIndex(of: role).map { row[$0] } }
    let line = rows.line
    let run = try collector.place(of: FieldValue.withoutMark(field(.run) ?? name), line: line)
    guard let step = field(.step).flatMap(integer) else {
      throw rows.malformed("the step is '\(field(.step)?.prefix(200) ?? "")'", "use an integer")
    }
    for (role, text) in zip(roles, row) where !text.isEmpty {
      switch role {
      case .run, .step, .metric, .value: break
      case .seed:
        guard let seed = integer(text) else {
          throw rows.malformed("the seed is '\(text.prefix(200))'", "use an integer")
        }
        try collector.set("seed", to: .integer(seed), run: run, line: line)
      case .status:
        guard let status = RunStatus(rawValue: text), status != .running else {
          throw rows.malformed(
            "the status is '\(text.prefix(200))'", "use finished, diverged, failed or interrupted")
        }
        collector.change(run) { $0.status = status }
      case .parameter(let key):
        try collector.set(key, to: FieldValue.parameter(FieldValue.withoutMark(text)), run: run, line: line)
      case .series(let metric):
        if isLong {
          throw rows.malformed(
            "column '\(metric.prefix(200))' is none of a row a value",
            "use run, metric, step, value and param.NAME")
        }
        try collector.add(number(text, rows), of: metric, step: step, run: run, order: line, line: line)
      }
    }
    if isLong, let metric = field(.metric), let value = field(.value), !value.isEmpty {
      try collector.add(
        number(value, rows), of: FieldValue.withoutMark(metric), step: step, run: run, order: line, line: line
      )
    }
  }

  private static func number(_ text: String, _ rows: CSVRows) throws(ExchangeError) -> Double {
    guard let number = FieldValue.number(text) else {
      throw rows.malformed("'\(text.prefix(200))' is no number", "use one, NaN, Infinity or nothing")
    }
    return number
  }

  /// Also an integer with a fraction of zeros, as tables of floats have it.
  static func integer(_ text: String) -> Int? {
    Int(text) ?? FieldValue.number(text).flatMap { Int(exactly: $0) }
  }
}
