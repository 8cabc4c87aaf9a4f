import Tracking

/// What stands beside a file of values.
extension CSVImport {
  /// A file that says more of the runs.
  package struct Companion: Sendable {
    package var bytes: [UInt8]
    package var path: String

    package init(bytes: [UInt8], path: String) {
      self.bytes = bytes
      self.path = path
    }
  }

  /// A file of parameters: `run_id,key,value`, and `type` where texts are to be told from numbers.
  static func read(parameters file: Companion, _ collector: inout RunCollector) throws(ExchangeError) {
    var rows = CSVRows(file.bytes, path: file.path)
    let header = try rows.next() ?? []
    let isRun = { (name: String) in name == "run" || name == "run_id" }
    guard let run = header.firstIndex(where: isRun), let key = header.firstIndex(of: "key"),
      let value = header.firstIndex(of: "value")
    else { throw rows.malformed("the columns are not run_id, key and value", "begin with a line of those") }
    let type = header.firstIndex(of: "type")
    while let row = try rows.next() {
      guard row.count == header.count else {
        throw rows.malformed(
          "the row has \(row.count) fields, and the first line \(header.count)", "give every row as many")
      }
      let text = FieldValue.withoutMark(row[value])
      let parameter: ParameterValue? =
        switch type.map({ row[$0] }) {
        case nil: FieldValue.parameter(text)
        case "text": .text(text)
        case "null": .null
        case "integer": Int(text).map { .integer($0) }
        case "number": FieldValue.number(text).map { .number($0) }
        default: nil
        }
      guard let parameter else {
        throw rows.malformed("the value is not of the type that it says", "use text, integer, number or null")
      }
      let place = try collector.place(of: FieldValue.withoutMark(row[run]), line: rows.line)
      let name = FieldValue.withoutMark(row[key])
      try collector.set(name, to: parameter, run: place, line: rows.line)
    }
  }

  /// A file of runs as `wb export` writes it: their seeds, status, times and results are read, of other columns none.
  static func read(runs file: Companion, _ collector: inout RunCollector) throws(ExchangeError) {
    var rows = CSVRows(file.bytes, path: file.path)
    let header = try rows.next() ?? []
    guard let id = header.firstIndex(of: "run_id") else {
      throw rows.malformed("there is no column 'run_id'", "begin with a line of columns")
    }
    while let row = try rows.next() {
      guard row.count == header.count else {
        throw rows.malformed(
          "the row has \(row.count) fields, and the first line \(header.count)", "give every row as many")
      }
      let place = try collector.place(of: FieldValue.withoutMark(row[id]), line: rows.line)
      var terms = BoundTerms()
      for (column, text) in zip(header, row) where !text.isEmpty {
        switch column {
        case "seed":
          guard let seed = integer(text) else { throw rows.malformed("the seed is no integer", "use one") }
          try collector.set("seed", to: .integer(seed), run: place, line: rows.line)
        case "status":
          guard let status = RunStatus(rawValue: text) else {
            throw rows.malformed(
              "the status is '\(text.prefix(200))'", "use finished, diverged, failed or interrupted")
          }
          // Nobody executes it here.
          collector.change(place) { $0.status = status == .running ? .interrupted : status }
        case "reason":
          let reason = FieldValue.withoutMark(text)
          try collector.checkText(reason, "a run", rows.line)
          collector.change(place) { $0.reason = reason }
        case "started_at", "ended_at", "elbo", "elbo_se", "reconstruction", "kl_prior", "kl_posterior",
          "log_joint",
          "entropy", "log_evidence":
          guard let number = FieldValue.number(text) else {
            throw rows.malformed("\(column) is no number", "use one, NaN, Infinity or nothing")
          }
          switch column {
          case "started_at": collector.change(place) { $0.startedAt = number.isFinite ? number : nil }
          case "ended_at": collector.change(place) { $0.endedAt = number.isFinite ? number : nil }
          case "elbo_se": collector.change(place) { $0.elboStandardError = number }
          default: terms.set(column, to: number)
          }
        default: break
        }
      }
      if terms != BoundTerms() { collector.change(place) { $0.results = terms } }
    }
  }
}

extension BoundTerms {
  /// Sets the term of a name; there is nothing to set for any other name.
  mutating func set(_ name: String, to value: Double?) {
    switch name {
    case "elbo": elbo = value
    case "reconstruction": reconstruction = value
    case "kl_prior": klPrior = value
    case "kl_posterior": klPosterior = value
    case "log_joint": logJoint = value
    case "entropy": entropy = value
    case "log_evidence": logEvidence = value
    default: break
    }
  }
}
