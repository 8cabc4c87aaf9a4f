import Foundation
import GRDB
import Testing
import Tracking

/// Two stores become one.
@Suite struct MergeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.file("\(name).sqlite") }

  /// How a run ends in ``make(_:_:)``.
  private enum End {
    case none
    case running(ProcessIdentity)
    case ended(RunStatus)
  }

  private static let gone = ProcessIdentity(pid: 99_999_999, start: 1, bootID: "another boot")

  /// A store of one sweep with runs of random bits: those of one seed are the same in every store.
  ///
  /// - Parameters:
  ///   - short: the runs that have the first two blocks alone.
  ///   - changed: a value of the metric `loss` that is another than it would be.
  private func make(
    _ name: String, _ runs: [(id: String, end: End)], seed: UInt64 = 1, steps: Int = 9000,
    short: Set<String> = [], changed: (id: String, point: PointRecord)? = nil
  ) throws {
    for process in [ProcessIdentity.current, Self.gone] {
      var settings = StoreSettings.fixed()
      settings.process = process
      let store = try Store(path: path(name), mode: .writing, settings: settings)
      try store.register(.sample(), runs: runs.map { .sample($0.id) })
      let attempt = try store.beginAttempt(.sample)
      for (id, end) in runs {
        var random = RandomBits(state: seed &+ UInt64(id.utf8.reduce(0) { 31 * Int($0 % 1000) + Int($1) }))
        var events: [StoreEvent] = [.started(runID: id, attempt: attempt, at: 1)]
        // The cadence changes, terms come and go, and a block is short.
        for (first, stride, count) in [(0, 1, 4096), (4096, 1, 700), (steps, 10, 100)] {
          events.append(
            .steps(runID: id, StepBlock(random.batch(firstStep: first, stride: stride, count: count))))
        }
        var points = (0..<5000).map { PointRecord(step: $0, value: random.double()) }
        if let changed, changed.id == id { points[changed.point.step] = changed.point }
        if short.contains(id) {
          events.removeLast()
        } else {
          events.append(.points(runID: id, metric: "loss", points))
          events.append(.points(runID: id, metric: "it's \"é\"", [PointRecord(step: 7, value: .nan)]))
        }
        switch end {
        case .none: continue
        case .running(let owner):
          if owner == process { try store.write(events) }
        case .ended(let status):
          guard process == .current else { continue }
          var outcome = RunOutcome.finished
          outcome.status = status
          outcome.steps = steps + 990
          try store.write(events + [.ended(runID: id, outcome, at: 2)])
        }
      }
      try store.close()
    }
  }

  private func merge(_ other: String, into name: String) throws -> MergeReport {
    let store = try Store(path: path(name), mode: .writing)
    let report = try store.merge(ForeignStore(path: path(other)))
    try store.close()
    #expect(try Store.examine(path: path(name), thoroughly: true).filter { $0.gravity == .damage } == [])
    return report
  }

  /// All that the public views and the attempts say.
  private func content(_ name: String) throws -> [[SQLValue]] {
    let store = try Store(path: path(name), mode: .reading)
    return try [
      "SELECT * FROM runs ORDER BY run_id", "SELECT * FROM params ORDER BY run_id, key",
      "SELECT * FROM points WHERE metric IN (SELECT name FROM metric) ORDER BY run_id, metric, step",
      "SELECT run_id, number, wb_version, command, pid, run_attempt.* FROM run JOIN run_attempt USING (run) JOIN attempt USING (attempt) ORDER BY 1, 2",
      "SELECT sweep.name, source, overrides, position, run_id FROM sweep JOIN sweep_run USING (sweep) JOIN run USING (run)",
    ].flatMap { try store.query($0).rows }
  }

  private func bits(_ name: String, _ id: String) throws -> [StepBits] {
    StepBits.all(try Store(path: path(name), mode: .reading).batches(of: id))
  }

  @Test("a store merged into none is the same store, to the bit, and merged again it changes nothing")
  func whole() throws {
    try make(
      "a", [("r1", .ended(.finished)), ("r2", .ended(.diverged)), ("r3", .none), ("r4", .ended(.failed))])
    let a = try Store(path: path("a"), mode: .writing)
    try a.tag(["r1"], with: ["best", "étude"])
    try a.note("it's \"good\"\nreally", on: "r1")
    try a.remove(["r4"])
    try a.close()
    let report = try merge("a", into: "b")
    #expect(report.new == ["r1", "r2", "r3", "r4"] && report.runs == 4 && report.newSweeps == 1)
    #expect(try content("a") == content("b"))
    for id in ["r1", "r2", "r4"] {
      #expect(try bits("a", id) == bits("b", id))
      let values = try ["a", "b"].map {
        try Store(path: path($0), mode: .reading).series(of: "loss", runID: id)
      }
      #expect(
        values[0].map { $0.value.isNaN ? 0 : $0.value.bitPattern }
          == values[1].map { $0.value.isNaN ? 0 : $0.value.bitPattern })
      #expect(values[0].count == 5000)
    }
    let before = try content("b")
    let again = try merge("a", into: "b")
    #expect(again.new.isEmpty && again.same == ["r1", "r2", "r3"] && again.removed == ["r4"])
    #expect(again.remarked == 0 && again.newSweeps == 0)
    #expect(try content("b") == before)
  }

  @Test("a run that has ended there and not here is taken, and its attempts count on")
  func taken() throws {
    try make(
      "a",
      [
        ("r1", .ended(.finished)), ("r2", .ended(.finished)), ("r3", .ended(.finished)),
        ("r4", .ended(.finished)),
      ])
    try make(
      "b",
      [("r1", .ended(.interrupted)), ("r2", .ended(.failed)), ("r3", .running(Self.gone)), ("r4", .none)],
      seed: 2)
    let report = try merge("a", into: "b")
    #expect(report.taken.map(\.before) == [.interrupted, .failed, .running])
    #expect(report.new == ["r4"])
    for id in ["r1", "r2", "r3", "r4"] {
      #expect(try bits("a", id) == bits("b", id))
      let attempts = try Store(path: path("b"), mode: .reading).attempts(of: id)
      #expect(attempts.map(\.number) == (id == "r4" ? [1] : [1, 2]))
      #expect(attempts.last?.status == .finished && attempts.first?.status != .running)
    }
    // The other way round nothing is to be taken: theirs are the unfinished ones.
    try make("c", [("r1", .ended(.interrupted)), ("r2", .ended(.failed))], seed: 2)
    #expect(try merge("c", into: "a").kept == ["r1", "r2"])
  }

  @Test("runs that both have ended with different numbers are reported with the first of them, and stay")
  func different() throws {
    try make("a", [("r1", .ended(.finished)), ("r2", .ended(.finished)), ("r3", .ended(.finished))])
    try make(
      "b",
      [
        ("r1", .ended(.finished)), ("r2", .ended(.finished)), ("r3", .ended(.finished)),
        ("r5", .ended(.finished)),
      ], changed: (id: "r1", point: PointRecord(step: 17, value: 7)))
    let database = try DatabaseQueue(path: path("b"))
    try database.write { database in
      try database.execute(sql: "UPDATE outcome SET elbo = -12.25 WHERE run = 2")
    }
    try database.close()
    let before = try content("a").count
    let report = try merge("b", into: "a")
    #expect(report.same == ["r3"] && report.new == ["r5"])
    #expect(report.conflicts.map(\.runID) == ["r1", "r2"])
    let ours = try Store(path: path("a"), mode: .reading).series(of: "loss", runID: "r1")[17].value
    #expect(
      report.conflicts.map(\.difference) == [
        .value(metric: "loss", step: 17, ours: ours, theirs: 7),
        .result(metric: "elbo", ours: -12.5, theirs: -12.25),
      ])
    #expect(try content("a").count > before)
    #expect(try Store(path: path("a"), mode: .reading).run("r2").outcome?.yardstick?.elbo == -12.5)
  }

  @Test("of runs that are finished in neither store the one that came further is taken")
  func further() throws {
    try make("a", [("r1", .ended(.interrupted)), ("r2", .ended(.interrupted))])
    try make("b", [("r1", .ended(.failed)), ("r2", .ended(.interrupted))], short: ["r1"])
    #expect(try merge("b", into: "a").kept == ["r1"])
    let report = try merge("a", into: "b")
    #expect(report.taken.map(\.runID) == ["r1"] && report.same == ["r2"])
    #expect(try bits("a", "r1") == bits("b", "r1"))
    #expect(try merge("a", into: "b").same == ["r1", "r2"])
    // Other numbers where both have some are no shorter beginning of the same run.
    try make("c", [("r1", .ended(.interrupted))], seed: 2)
    #expect(try merge("c", into: "a").conflicts.map(\.runID) == ["r1"])
  }

  @Test("steps are compared one by one, however they are cut into blocks")
  func blocks() throws {
    let steps = (0..<5000).map { StepRecord.sample($0, elbo: Double($0) * 0.1) }
    for (name, sizes) in [("a", [5000]), ("b", [1, 3000, 1999]), ("c", [5000])] {
      let store = try Store(path: path(name), mode: .writing, settings: .fixed())
      try store.register(.sample(), runs: [.sample("r1")])
      let attempt = try store.beginAttempt(.sample)
      try store.write([.started(runID: "r1", attempt: attempt, at: 1)])
      var rest = steps[...]
      if name == "c" { rest[4321].terms.elbo = 3 }
      for size in sizes {
        try store.write(rest.prefix(size).batched().flatMap(\.blocks).map { .steps(runID: "r1", $0) })
        rest = rest.dropFirst(size)
      }
      var outcome = RunOutcome.finished
      outcome.steps = 4999
      try store.write([.ended(runID: "r1", outcome, at: 2)])
      try store.close()
    }
    #expect(try merge("b", into: "a").same == ["r1"])
    let report = try merge("c", into: "b")
    #expect(
      report.conflicts.map(\.difference) == [.value(metric: "elbo", step: 4321, ours: 4321 * 0.1, theirs: 3)])
  }

  @Test("what a living process executes is left out; what a dead one left is interrupted")
  func running() throws {
    try make("a", [("r1", .running(.current)), ("r2", .running(Self.gone)), ("r3", .ended(.finished))])
    let report = try merge("a", into: "b")
    #expect(report.live.map(\.runID) == ["r1"] && report.new == ["r2", "r3"])
    let store = try Store(path: path("b"), mode: .reading)
    #expect(try store.runs().map(\.status) == [.interrupted, .finished])
    #expect(try store.run("r2").outcome?.reason == "process 99999999 on laptop ended without finishing it")
    #expect(try bits("a", "r2") == bits("b", "r2"))
    #expect(try store.standings(of: ["r1"]) == [nil])
  }

  @Test("a preview says what merging would do, and changes nothing")
  func preview() throws {
    try make("a", [("r1", .ended(.finished)), ("r2", .ended(.finished))])
    try make("b", [("r1", .ended(.failed)), ("r2", .ended(.finished))])
    let before = try content("b")
    let other = try ForeignStore(path: path("a"))
    let report = try other.preview(into: Store(path: path("b"), mode: .reading))
    #expect(report.taken.map(\.runID) == ["r1"] && report.same == ["r2"])
    #expect(try content("b") == before)
    #expect(try other.preview(into: nil).new == ["r1", "r2"])
  }

  @Test("a store cannot be merged into itself, by whatever name")
  func itself() throws {
    try make("a", [("r1", .ended(.finished))])
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("a"))
    for name in ["a", "link"] {
      #expect(throws: StoreError.mergeIntoItself(path: path("a"))) {
        try Store(path: path("a"), mode: .writing).merge(ForeignStore(path: path(name)))
      }
    }
  }
}
