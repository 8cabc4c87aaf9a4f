import Exchange
import Foundation
import Testing
import Tracking

/// Files of other tools.
@Suite(.serialized) struct ImportFuzzTests {
  private static let numbers = [
    "0", "-1.5", "NaN", "Infinity", "1e400", "1e-400", "0x10", "٣", "1_000", "99999999999999999999", "", "-0",
  ]

  /// What is accepted is in order, has sound names, and reads back from lines of JSON as it is.
  static func check(_ imported: ImportedRuns) throws {
    var lines = ""
    for run in imported.runs {
      guard !run.name.isEmpty, !run.name.utf8.contains(0) else { throw Silence("the name of a run") }
      lines += try json([
        "run": run.name,
        "params": Dictionary(uniqueKeysWithValues: run.parameters.map { ($0.key, value($0.value)) }),
      ])
      for (metric, points) in run.series {
        guard !metric.isEmpty, !metric.utf8.contains(0), !points.isEmpty else {
          throw Silence("the metric \(metric)")
        }
        guard points.allSatisfy({ (0...1 << 50).contains($0.step) }),
          zip(points, points.dropFirst()).allSatisfy({ $0.step < $1.step })
        else { throw Silence("steps out of order") }
        for point in points {
          lines += try json([
            "run": run.name, "step": point.step, "metrics": [metric: value(.number(point.value))],
          ])
        }
      }
    }
    guard !lines.isEmpty else { return }
    let again = try JSONLinesImport.runs(Array(lines.utf8), path: "again", name: "again", sweep: "s")
    for (run, other) in zip(imported.runs, again.runs) {
      guard run.name == other.name, run.series.keys == other.series.keys,
        run.parameters.sorted(by: { $0.key < $1.key }).map(\.key)
          == other.parameters.sorted(by: { $0.key < $1.key }).map(\.key)
      else { throw Silence("names read back as others: \(lines)") }
      for (metric, points) in run.series {
        let bits = { (points: [PointRecord]) in
          points.map {
            [$0.step, $0.value.isNaN ? 1 : Int(bitPattern: UInt(truncatingIfNeeded: $0.value.bitPattern))]
          }
        }
        guard bits(points) == bits(other.series[metric] ?? []) else {
          throw Silence("values read back as others: \(lines)")
        }
      }
    }
    guard imported.runs.count == again.runs.count else { throw Silence("runs are missing: \(lines)") }
  }

  private static func json(_ object: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
  }

  /// A value as JSON has it; a number as its shortest text, which Foundation might write otherwise.
  private static func value(_ value: ParameterValue) -> Any {
    switch value {
    case .null: NSNull()
    case .integer(let value): value
    case .number(let value):
      value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
    case .text(let text): text
    }
  }

  private static func accepts(_ body: () throws(ExchangeError) -> ImportedRuns) throws -> Bool {
    let imported: ImportedRuns
    do throws(ExchangeError) {
      imported = try body()
    } catch {
      guard error.description.hasPrefix("file:") else { throw Silence("no place: \(error)") }
      return false
    }
    try check(imported)
    return true
  }

  private static let tables = [
    "run,step,elbo,loss,param.lr,seed\na,0,-1.5,2,0.1,1\na,1,NaN,,0.1,1\n\"b\"\"\n\",0,inf,3,x,\n",
    "run_id,metric,step,value\r\na,loss,0,1\r\na,loss,1,'=2\r\na,'=x,2,3\r\n", "step,elbo\n0,1\n1,2\n2,3\n",
  ]

  @Test("comma-separated values")
  func csv() throws {
    let words =
      Self.numbers + [
        ",", "\n", "\r\n", "\r", "\"", "\"\"", "step", "run", "param.", "status", "'", "=1+1", "\0",
        "\u{FEFF}", "metric", "value",
      ]
    try Fuzz.run("csv", share: 0.16) { random in
      let bytes = random.text(Self.tables, words: words)
      return try Self.accepts { () throws(ExchangeError) in
        try CSVImport.runs(bytes, path: "file", name: "file", sweep: "s")
      }
    }
  }

  private static let lines = [
    "{\"run\": \"a\", \"step\": 0, \"elbo\": -1.5, \"loss\": \"NaN\", \"param.lr\": 0.1}\n{\"run\": \"a\", \"step\": 1, \"metrics\": {\"elbo\": 1e3}}\n",
    "{\"run_id\": \"b\", \"params\": {\"x\": 1, \"y\": \"\\u00e9\\ud83d\\ude00\", \"z\": null, \"w\": true}, \"status\": \"failed\", \"results\": {\"elbo\": -1}}\n{\"run_id\": \"b\", \"step\": 2, \"loss\": 1}\n",
  ]

  @Test("lines of JSON")
  func jsonl() throws {
    let words =
      Self.numbers + [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "\n", "\"step\"",
        "\"run\"", "\"params\"", "\"metrics\"",
        "{\"a\":", "[[", "\0",
      ]
    try Fuzz.run("jsonl", share: 0.16) { random in
      let bytes = random.text(Self.lines, words: words)
      return try Self.accepts { () throws(ExchangeError) in
        try JSONLinesImport.runs(bytes, path: "file", name: "file", sweep: "s")
      }
    }
  }

  @Test("event files of TensorBoard, also with checks that agree with what was changed")
  func tensorboard() throws {
    let message: [UInt8] =
      [0x09, 0, 0, 0, 0, 0, 0, 0, 0x40, 0x10, 3, 0x2A, 13, 0x0A, 11, 0x0A, 4] + Array("loss".utf8) + [
        0x15, 0, 0, 0, 0x3F,
      ]
    let tensor: [UInt8] =
      [0x10, 4, 0x2A, 18, 0x0A, 16, 0x0A, 4] + Array("loss".utf8) + [
        0x42, 8, 0x08, 1, 0x2A, 4, 0, 0, 0x80, 0x3E,
      ]
    let words = ["\u{0A}", "\u{10}", "*", "B", "\u{08}\u{01}", "\u{7F}", "\u{15}", "loss", "\0"]
    try Fuzz.run("tensorboard", share: 0.16) { random in
      var bytes: [UInt8] = []
      for _ in 0..<(1 + random.below(4)) {
        let valid = random.pick([message, tensor])
        TFRecord.append(random.below(3) == 0 ? valid : random.mutate(valid, words: words), to: &bytes)
      }
      if random.below(4) == 0 { bytes = random.mutate(bytes, words: words) }
      return try Self.accepts { () throws(ExchangeError) in
        try TensorBoardImport.runs(bytes, path: "file", name: "file", sweep: "s")
      }
    }
  }
}
