import Execution
import Foundation
import Glibc
import Reporting
import Sharing
import Tracking

/// How a sweep stands by what its workers say in the folder that they share.
struct SharedStatus {
  struct Worker {
    var report: WorkerReport
    /// Seconds since it was last heard of, by the clock of the folder's server.
    var age: Double
    var hasLeft: Bool
    var isGone: Bool
    var stepsPerSecond: Double? {
      report.seconds > 0.1 ? Double(report.steps) / report.seconds : nil
    }
  }

  let pool: PoolRecord
  /// All that ever began, in the order of their beginning.
  let workers: [Worker]

  init(of pool: PoolRecord, in folder: PosixFolder) throws {
    self.pool = pool
    let now = Self.serverTime(of: folder)
    workers = try folder.list(PoolNames.workers).compactMap { name in
      let path = PoolNames.folder(of: name) + "/state"
      guard let file = try folder.read(path), let state = WorkerState(file: file),
        let report = WorkerReport(state), let written = Self.changeTime(folder.full(path))
      else { return nil }
      let age = max(0, now - written)
      return Worker(
        report: report, age: age, hasLeft: state.hasLeft, isGone: !state.hasLeft && age > pool.lease)
    }.sorted { ($0.report.startedAt, $0.report.process) < ($1.report.startedAt, $1.report.process) }
  }

  /// What the server's clock says: that of a file that is written now. Where nothing can be written, this machine's.
  private static func serverTime(of folder: PosixFolder) -> Double {
    let name = ".time-" + SharedOptions.token
    defer { unlink(folder.full(name)) }
    try? folder.replace(name, [])
    return changeTime(folder.full(name)) ?? Date().timeIntervalSince1970
  }

  private static func changeTime(_ path: String) -> Double? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return Double(status.st_mtim.tv_sec) + 1e-9 * Double(status.st_mtim.tv_nsec)
  }

  private var working: [Worker] { workers.filter { !$0.hasLeft && !$0.isGone } }

  func count(_ status: RunStatus) -> Int {
    workers.reduce(0) { $0 + ($1.report.published[status.rawValue] ?? 0) }
  }

  private var running: Int { working.reduce(0) { $0 + $1.report.running.count } }
  /// A run that was executed twice counts twice, until it is merged.
  private var ended: Int { min(pool.runs, count(.finished) + count(.failed) + count(.diverged)) }
  private var notStarted: Int { max(0, pool.runs - ended - running) }

  var isDone: Bool { ended == pool.runs && working.isEmpty }

  private var stepsPerSecond: Double { working.compactMap(\.stepsPerSecond).reduce(0, +) }

  /// By the runs that the present workers have ended since they began; nil where nothing is known.
  private var secondsLeft: Double? {
    let rate = working.reduce(0.0) { sum, worker in
      let runs = worker.report.published.values.reduce(0, +)
      return sum + (worker.report.seconds > 1 ? Double(runs) / worker.report.seconds : 0)
    }
    return rate > 0 && ended < pool.runs ? Double(pool.runs - ended) / rate : nil
  }

  private var counts: [(name: String, runs: Int)] {
    [RunStatus.finished, .diverged, .failed].map { ($0.rawValue, count($0)) }
      + [("running", running), ("new", notStarted)]
  }

  private var failures: [FailureReasons.Group] {
    var groups: [String: FailureReasons.Group] = [:]
    for failure in workers.flatMap(\.report.failures) {
      let status = RunStatus(rawValue: failure.status) ?? .failed
      groups[
        failure.status + failure.reason,
        default: .init(status: status, reason: failure.reason, runs: 0, example: failure.example)
      ].runs += failure.runs
    }
    return groups.values.sorted { ($1.runs, $0.reason) < ($0.runs, $1.reason) }
  }
}

// MARK: Texts

extension SharedStatus {
  /// A few lines for a reader.
  var text: String {
    let shown = counts.filter { $0.runs > 0 }.map { "\($0.runs) \($0.name)" }
    var lines = [([pool.sweep + ": " + Words.count(pool.runs, "run")] + shown).joined(separator: ", ")]
    for worker in workers where !worker.hasLeft {
      let report = worker.report
      let job = report.job.map { ", job \($0)" } ?? ""
      let doing =
        worker.isGone
        ? "gone, not heard of for \(Words.duration(worker.age)); others do what it had"
        : Words.count(report.running.count, "run")
          + (worker.stepsPerSecond.map { ", " + Words.rate(steps: $0) } ?? "")
      lines.append("process \(report.process) on \(report.host)\(job): \(doing)")
    }
    let left = workers.count(where: \.hasLeft)
    if left > 0 { lines.append("\(Words.count(left, "worker")) left in good order") }
    if let secondsLeft { lines.append("about \(Words.duration(secondsLeft)) left") }
    if working.isEmpty, ended < pool.runs {
      lines.append("nobody executes it; start workers with wb worker or wb submit")
    }
    if ended == pool.runs { lines.append("every run is in the folder; next: wb collect") }
    let head = lines.map(VisibleText.escaped).joined(separator: "\n")
    return failures.isEmpty ? head : head + "\n\n" + TableFormat.table.render(FailureReasons(failures).table)
  }

  /// The same as a table: for formats that have no sentences.
  var table: Table {
    var table = Table(columns: [Table.Column("item"), Table.Column("value", alignment: .right)])
    table.append([.text("sweep"), .text(pool.sweep)])
    table.append([.text("runs"), .integer(pool.runs)])
    for (name, runs) in counts { table.append([.text(name), .integer(runs)]) }
    table.append([.text("workers"), .integer(working.count)])
    table.append([.text("steps_per_second"), .number(stepsPerSecond, digits: nil)])
    table.append([.text("seconds_left"), secondsLeft.map { .number($0, digits: nil) } ?? .missing])
    return table
  }

  /// One JSON object with everything, ending in a line feed.
  func json() throws -> String {
    struct Document: Encodable {
      struct Worker: Encodable {
        var pid: Int, host: String, job: String?, state: String, secondsAgo: Double, stepsPerSecond: Double?
        var running: [WorkerReport.Running], published: [String: Int], firstRunAfter: Double?, operations: Int
      }
      struct Failure: Encodable {
        var status: String, reason: String, runs: Int, example: String
      }
      var sweep: String, runs: Int, counts: [String: Int], workers: [Worker], stepsPerSecond: Double
      var secondsLeft: Double?, failures: [Failure]
    }
    let document = Document(
      sweep: pool.sweep, runs: pool.runs,
      counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.runs) }),
      workers: workers.map { worker in
        .init(
          pid: worker.report.process, host: worker.report.host, job: worker.report.job,
          state: worker.hasLeft ? "left" : worker.isGone ? "gone" : "working", secondsAgo: worker.age,
          stepsPerSecond: worker.stepsPerSecond, running: worker.report.running,
          published: worker.report.published, firstRunAfter: worker.report.firstRunAfter,
          operations: worker.report.operations)
      },
      stepsPerSecond: stepsPerSecond, secondsLeft: secondsLeft,
      failures: failures.map {
        .init(status: $0.status.rawValue, reason: $0.reason, runs: $0.runs, example: $0.example)
      })
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}
