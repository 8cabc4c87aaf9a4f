import Foundation
import Reporting
import SweepConfig
import Tracking

/// How a sweep stands, from the store alone: whoever executes it.
struct SweepStatus {
  struct Process {
    var id: Int
    var host: String
    var runs: Int
    /// Since the process began; nil where it is too young to say.
    var stepsPerSecond: Double?
  }

  struct Rung {
    /// As `rung 2 of 4, steps 300`.
    var name: String
    var runs: Int
    var ended: Int
  }

  struct Best {
    var cellID: String
    /// What tells the cell from others, as `key=value`.
    var name: String
    var elbo: Double
    var runs: Int
  }

  let sweep: SweepSummary
  let runs: [RunSummary]
  let activity: SweepActivity
  let processes: [Process]
  let failures: [FailureReasons.Group]
  let best: Best?
  /// Of a sweep with halving: the rungs that have begun; empty of any other.
  let rungs: [Rung]
  /// nil where nobody executes it, or nothing is known.
  let secondsLeft: Double?

  /// - Parameter now: seconds since 1970.
  init(of sweep: SweepSummary, in store: Store, now: Double) throws {
    self.sweep = sweep
    let abandoned: Set<String>
    activity = try store.activity(inSweep: sweep.record.name)
    abandoned = Set(activity.abandoned)
    runs = try store.runs(in: sweep.record.name).map { run in
      var run = run
      if abandoned.contains(run.record.runID) { run.status = .interrupted }
      return run
    }
    let activity = activity
    processes = activity.processes.map { process in
      let own = activity.runs.filter { $0.attempt == process.attempt }
      let steps = process.endedSteps + own.reduce(0) { $0 + ($1.lastStep ?? 0) }
      let seconds = now - process.startedAt
      return Process(
        id: process.processID, host: process.host, runs: own.count,
        stepsPerSecond: seconds > 0.1 ? Double(steps) / seconds : nil)
    }
    failures = FailureReasons(runs).groups
    best = Self.best(among: runs)
    rungs = Self.rungs(of: sweep, runs)
    secondsLeft = Self.secondsLeft(
      sweep, runs, activity, rate: processes.compactMap(\.stepsPerSecond).reduce(0, +))
  }

  func count(_ status: RunStatus) -> Int { runs.count { $0.status == status } }

  var notStarted: Int { sweep.runs - runs.count }

  /// Whether every run has ended.
  var isDone: Bool { notStarted == 0 && count(.running) == 0 && count(.interrupted) == 0 }

  var stepsPerSecond: Double { processes.compactMap(\.stepsPerSecond).reduce(0, +) }

  /// The cell with the highest mean yardstick; nil where models, data or a point without density forbid a ranking.
  private static func best(among runs: [RunSummary]) -> Best? {
    var cells: [(run: RunSummary, sum: Double, count: Int)] = []
    var places: [String: Int] = [:]
    for run in runs {
      guard let elbo = run.outcome?.yardstick?.elbo, run.status == .finished, elbo.isFinite else { continue }
      if let place = places[run.record.cellID] {
        cells[place].sum += elbo
        cells[place].count += 1
      } else {
        places[run.record.cellID] = cells.count
        cells.append((run, elbo, 1))
      }
    }
    func model(_ run: RunSummary) -> [RunRecord.Parameter] {
      run.record.parameters.filter { $0.key == "model" || $0.key.hasPrefix("model.") }
    }
    guard let first = cells.first, cells.allSatisfy({ $0.run.hasBound }) else { return nil }
    let expected = model(first.run)
    guard cells.allSatisfy({ model($0.run) == expected }),
      let best = cells.max(by: { $0.sum / Double($0.count) < $1.sum / Double($1.count) })
    else { return nil }
    let keys = RunKeys.varying(in: runs)
    let name = keys.compactMap { key in
      best.run.value(of: key).map { "\(KeyTitle.short(key, among: keys))=\($0.plainText)" }
    }.joined(separator: " ")
    return Best(
      cellID: best.run.record.cellID, name: name, elbo: best.sum / Double(best.count), runs: best.count)
  }

  private static func rungs(of sweep: SweepSummary, _ runs: [RunSummary]) -> [Rung] {
    guard let halving = Sweep.halving(of: sweep.record.source, overrides: sweep.record.overrides) else {
      return []
    }
    return halving.budgets.indices.compactMap { rung in
      let own = runs.filter { $0.value(of: halving.parameter) == .integer(halving.budgets[rung]) }
      if own.isEmpty { return nil }
      return Rung(
        name: "rung \(rung + 1) of \(halving.budgets.count), \(halving.name(ofRung: rung))", runs: own.count,
        ended: own.count { ![.running, .interrupted].contains($0.status) })
    }
  }

  /// By the steps that are left: what no process has begun is taken to be as long as the mean of the others.
  private static func secondsLeft(
    _ sweep: SweepSummary, _ runs: [RunSummary], _ activity: SweepActivity, rate: Double
  ) -> Double? {
    guard rate > 0 else { return nil }
    func planned(_ run: RunSummary) -> Double {
      if case .integer(let steps) = run.value(of: "steps") { Double(steps) } else { 0 }
    }
    var done: [String: Int] = [:]
    for run in activity.runs { done[run.runID] = run.lastStep }
    var left = 0.0
    for run in runs where [.running, .interrupted].contains(run.status) {
      left += max(0, planned(run) - Double(done[run.record.runID] ?? 0))
    }
    let mean = runs.isEmpty ? 0 : runs.reduce(0) { $0 + planned($1) } / Double(runs.count)
    return (left + mean * Double(sweep.runs - runs.count)) / rate
  }
}

extension ParameterValue {
  /// The value as it is read.
  var plainText: String {
    switch self {
    case .null: "null"
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .text(let text): text
    }
  }
}

// MARK: Texts

extension SweepStatus {
  /// The statuses in the order of a report; runs that nobody has begun are `new`.
  private var counts: [(name: String, runs: Int)] {
    [RunStatus.finished, .diverged, .failed, .running, .interrupted].map { ($0.rawValue, count($0)) }
      + [("new", notStarted)]
  }

  /// A few lines for a reader.
  var text: String {
    let shown = counts.filter { $0.runs > 0 }.map { "\($0.runs) \($0.name)" }
    var lines = [
      ([sweep.record.name + ": " + Words.count(sweep.runs, "run")] + shown).joined(separator: ", ")
    ]
    for process in processes {
      let rate = process.stepsPerSecond.map { ", " + Words.rate(steps: $0) } ?? ""
      lines.append(
        "process \(process.id) on \(process.host): \(Words.count(process.runs, "run"))\(rate)")
    }
    for rung in rungs {
      lines.append("\(rung.name): \(rung.ended) of \(Words.count(rung.runs, "begun run")) ended")
    }
    if let secondsLeft { lines.append("about \(Words.duration(secondsLeft)) left") }
    if processes.isEmpty, !isDone { lines.append("nobody executes it; wb run executes what is missing") }
    if let best {
      let name = best.name.isEmpty ? "the only cell" : best.name
      let runs = best.runs > 1 ? ", the mean of \(best.runs) runs" : ""
      lines.append("best cell so far: \(name), elbo \(String(format: "%.5g", best.elbo))\(runs)")
    }
    let head = lines.map(VisibleText.escaped).joined(separator: "\n")
    return failures.isEmpty ? head : head + "\n\n" + TableFormat.table.render(FailureReasons(runs).table)
  }

  /// The same as a table: for formats that have no sentences.
  var table: Table {
    var table = Table(columns: [Table.Column("item"), Table.Column("value", alignment: .right)])
    table.append([.text("sweep"), .text(sweep.record.name)])
    table.append([.text("runs"), .integer(sweep.runs)])
    for (name, runs) in counts { table.append([.text(name), .integer(runs)]) }
    table.append([.text("processes"), .integer(processes.count)])
    table.append([.text("steps_per_second"), .number(stepsPerSecond, digits: nil)])
    table.append([.text("seconds_left"), secondsLeft.map { .number($0, digits: nil) } ?? .missing])
    table.append([.text("best_cell"), best.map { .text($0.cellID) } ?? .missing])
    table.append([.text("best_elbo"), best.map { .number($0.elbo, digits: nil) } ?? .missing])
    return table
  }

  /// One JSON object with everything, ending in a line feed.
  func json() throws -> String {
    struct Document: Encodable {
      struct Process: Encodable {
        var pid: Int, host: String, runs: Int, stepsPerSecond: Double?
      }
      struct Running: Encodable {
        var runId: String, pid: Int, host: String, step: Int?
      }
      struct Failure: Encodable {
        var status: String, reason: String, runs: Int, example: String
      }
      struct Best: Encodable {
        var cellId: String, name: String, elbo: Double, runs: Int
      }
      var sweep: String, runs: Int, counts: [String: Int], processes: [Process], running: [Running]
      struct Rung: Encodable {
        var name: String, runs: Int, ended: Int
      }
      var stepsPerSecond: Double, secondsLeft: Double?, failures: [Failure], best: Best?, rungs: [Rung]
    }
    let owners = Dictionary(activity.processes.map { ($0.attempt, $0) }) { first, _ in first }
    let document = Document(
      sweep: sweep.record.name, runs: sweep.runs,
      counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.runs) }),
      processes: processes.map {
        .init(pid: $0.id, host: $0.host, runs: $0.runs, stepsPerSecond: $0.stepsPerSecond)
      },
      running: activity.runs.map { run in
        let owner = owners[run.attempt]
        return .init(
          runId: run.runID, pid: owner?.processID ?? 0, host: owner?.host ?? "", step: run.lastStep)
      },
      stepsPerSecond: stepsPerSecond, secondsLeft: secondsLeft,
      failures: failures.map {
        .init(status: $0.status.rawValue, reason: $0.reason, runs: $0.runs, example: $0.example)
      },
      best: best.map { .init(cellId: $0.cellID, name: $0.name, elbo: $0.elbo, runs: $0.runs) },
      rungs: rungs.map { .init(name: $0.name, runs: $0.runs, ended: $0.ended) })
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}
