import Foundation
import Testing
import Tracking

/// Long runs go on from their checkpoints.
@Suite struct UnfinishedTests {
  /// A second or so in all, with a checkpoint every few milliseconds.
  private static let sweep = """
    name: unfinished
    checkpoint_seconds: 0.02
    run:
      model: eight-schools
      samples: 8
      steps: 60000
      record: {every: 61}
    sweep:
      family: [mean-field, full-rank]
      optimizer: [adam, {adam: {schedule: cosine, average: 0.9, clip_norm: 10}}]
    seeds: 2
    """

  private static let suffix = ".unfinished.safetensors"

  private static let whole = Result {
    let bench = try Workbench(sweep: sweep)
    try bench.done("run", "sweep.yaml", "checkpoint_seconds=0")
    #expect(!bench.exists("wb.checkpoints"))
    return try ViewContent(try bench.store())
  }

  /// The runs that have a checkpoint.
  private func unfinished(_ bench: Workbench) throws -> [String] {
    guard bench.exists("wb.checkpoints") else { return [] }
    return try bench.files(in: "wb.checkpoints").keys.filter {
      $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".")
    }
    .map { String($0.dropLast(Self.suffix.count)) }.sorted()
  }

  /// A sweep that was killed when some runs had a checkpoint; what they recorded first is marked.
  private func killed() throws -> Workbench {
    let bench = try Workbench(sweep: Self.sweep)
    let run = try bench.start(["run", "sweep.yaml"])
    try bench.wait(for: "a checkpoint") { _ in try !unfinished(bench).isEmpty }
    Thread.sleep(forTimeInterval: 0.05)
    run.send(SIGKILL)
    #expect(try run.wait().code == 128 + SIGKILL)
    #expect(try !unfinished(bench).isEmpty)
    try bench.sqlite("wb.sqlite", "UPDATE block SET beta = 0.125 WHERE first_step = 0")
    return bench
  }

  /// A sweep that a signal has reached in time: where all cores are busy, its runs may have ended before.
  private func stopped(by signal: Int32) throws -> Workbench {
    while true {
      let bench = try Workbench(sweep: Self.sweep)
      let run = try bench.start(["run", "sweep.yaml", "checkpoint_seconds=1000"])
      try bench.waitForFirstStep()
      run.send(signal)
      let code = try run.wait().code
      if code == 75 { return bench }
      try #require(code == 0)
    }
  }

  /// The runs whose first steps are still those that were marked.
  private func marked(_ bench: Workbench) throws -> [String] {
    try bench.store().query("SELECT run_id FROM steps WHERE step = 0 AND beta = 0.125 ORDER BY run_id").rows
      .compactMap { if case .text(let id) = $0[0] { id } else { nil } }
  }

  @Test("killed again and again, a sweep ends with the same bits")
  func kills() throws {
    let bench = try Workbench(sweep: Self.sweep)
    var kills = 0
    var found = 0
    for round in 0..<12 {
      let run = try bench.start(["run", "sweep.yaml", "-j", "\(1 + round % 2)"])
      // On a busy machine the first checkpoint may be late.
      if round == 0 { try bench.wait(for: "a checkpoint") { _ in try !unfinished(bench).isEmpty } }
      Thread.sleep(forTimeInterval: 0.05 + 0.017 * Double(round % 5))
      run.send(SIGKILL)
      if try run.wait().code == 128 + SIGKILL { kills += 1 }
      found = max(found, try unfinished(bench).count)
    }
    #expect(kills > 0 && found > 0)
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0)
    #expect(!ended.errors.contains("starts again"), "\(ended.errors)")
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
    #expect(!bench.exists("wb.checkpoints"))
  }

  @Test("a run goes on from its checkpoint: what it recorded before stays")
  func goesOn() throws {
    let bench = try killed()
    let saved = try unfinished(bench)
    try bench.done("run", "sweep.yaml")
    // Their blocks, joined with later ones, cannot be told from those: kills() compares what is recorded.
    #expect(try marked(bench) == saved)
  }

  @Test(
    "a damaged checkpoint, and one of another run, is ignored with a warning, and the run starts again",
    arguments: ["cut short", "a flipped bit", "another run's", "empty"])
  func damaged(how: String) throws {
    let bench = try killed()
    let saved = try unfinished(bench)
    let names = saved.map { "wb.checkpoints/\($0)\(Self.suffix)" }
    let files = try names.map { try Data(contentsOf: bench.folder.appending(path: $0)) }
    for (index, name) in names.enumerated() {
      var data = files[index]
      switch how {
      case "cut short": data = data.prefix(data.count - 8)
      case "a flipped bit": data[data.count - 20] ^= 4
      case "empty": data = Data()
      default: data = files[(index + 1) % files.count]
      }
      try data.write(to: bench.folder.appending(path: name))
    }
    // Where there is one alone, no other can take its place.
    if how == "another run's", saved.count == 1 { return }
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 0)
    for id in saved {
      #expect(ended.errors.contains("wb: run \(id) starts again: the checkpoint "), "\(ended.errors)")
    }
    #expect(try marked(bench).isEmpty)
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
    #expect(!bench.exists("wb.checkpoints"))
  }

  @Test("--force starts again whatever a checkpoint says")
  func force() throws {
    let bench = try killed()
    try bench.done("run", "sweep.yaml")
    try bench.sqlite("wb.sqlite", "UPDATE block SET beta = 0.125 WHERE first_step = 0")
    try bench.done("run", "sweep.yaml", "--force")
    #expect(try marked(bench).isEmpty)
  }

  @Test(
    "Ctrl-C writes the checkpoints of what is under way: that goes on, to the same bits",
    arguments: [SIGINT, SIGTERM], [true, false])
  func interrupted(signal: Int32, isMarked: Bool) throws {
    let bench = try stopped(by: signal)
    let interrupted = try bench.store().runs().filter { $0.status == .interrupted }.map(\.record.runID)
    #expect(!interrupted.isEmpty)
    let saved = try unfinished(bench)
    #expect(!saved.isEmpty)
    #expect(Set(saved).isSubset(of: interrupted))
    if isMarked { try bench.sqlite("wb.sqlite", "UPDATE block SET beta = 0.125 WHERE first_step = 0") }
    try bench.done("run", "sweep.yaml")
    if isMarked {
      #expect(Set(try marked(bench)).isSuperset(of: saved))
    } else {
      #expect(try ViewContent(try bench.store()) == Self.whole.get())
    }
  }

  @Test("learned models and EM go on too")
  func learned() throws {
    let whole = try Workbench(sweep: SampleSweep.learned)
    let bench = try Workbench(sweep: SampleSweep.learned)
    try whole.done("run", "sweep.yaml")
    for milliseconds in [0, 300, 250, 350] {
      let run = try bench.start(["run", "sweep.yaml", "checkpoint_seconds=0.03"])
      if milliseconds == 0 { try bench.wait(for: "a checkpoint") { _ in try !unfinished(bench).isEmpty } }
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      run.send(milliseconds == 250 ? SIGINT : SIGKILL)
      _ = try run.wait()
    }
    try bench.done("run", "sweep.yaml")
    #expect(try ViewContent(try whole.store()) == ViewContent(try bench.store()))
    #expect(try whole.files(in: "wb.checkpoints") == bench.files(in: "wb.checkpoints"))
  }
}
