import Foundation
import Testing
import Tracking

/// A folder with a sweep whose model is a script for `/bin/sh`.
struct ProgramBench {
  let bench: Workbench

  /// - Parameters:
  ///   - options: further options of the command, as YAML: `prefix: "wb: "`.
  ///   - rest: the rest of the sweep file.
  init(_ script: String, argv: String = "[/bin/sh, fit.sh]", options: String = "", _ rest: String = "") throws
  {
    bench = try Workbench()
    try bench.write(script + "\n", to: "fit.sh")
    try bench.write(
      """
      name: programs
      run:
        model: {command: {argv: \(argv)\(options.isEmpty ? "" : ", " + options)}}
      \(rest)
      """, to: "sweep.yaml")
  }

  func rows(_ sql: String) throws -> [[String]] {
    try bench.store().query(sql).rows.map { row in
      row.map { value in
        switch value {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .text(let text): text
        case .blob: "blob"
        }
      }
    }
  }

  /// The only run's status and reason.
  var ending: (status: String, reason: String) {
    get throws {
      let row = try rows("SELECT status, reason FROM runs")[0]
      return (row[0], row[1])
    }
  }
}

/// Whether a process runs whose command line holds a text.
func isRunning(_ text: String) -> Bool {
  let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.filter { Int($0) != nil } ?? []
  return ids.contains { id in
    let line = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") ?? Data()
    return String(decoding: line, as: UTF8.self).contains(text)
  }
}
