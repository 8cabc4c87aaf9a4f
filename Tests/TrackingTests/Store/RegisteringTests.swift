import Testing
import Tracking

@Suite struct RegisteringTests {
  @Test("registering twice changes nothing")
  func idempotent() throws {
    let sample = try SampleStore(runs: [])
    let runs = ["r2", "r1", "r3"].map { RunRecord.sample($0) }
    #expect(try sample.store.register(.sample(), runs: runs) == 3)
    let before = try dump(sample.store)
    #expect(try sample.store.register(.sample(), runs: runs) == 0)
    #expect(try dump(sample.store) == before)
  }

  private func dump(_ store: Store) throws -> [[[SQLValue]]] {
    try ["sweep", "run", "sweep_run", "parameter", "cell", "cell_parameter"].map {
      try store.query("SELECT * FROM \($0)").rows
    }
  }

  @Test("a run that is there already is left alone and belongs to the second sweep too")
  func shared() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    try sample.store.write(["r1", "r2"].map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    var other = RunRecord.sample("r2", sweep: "second")
    other.model = "other"
    #expect(try sample.store.register(.sample("second"), runs: [other]) == 0)
    let runs = try sample.store.runs(in: "second")
    #expect(runs.map(\.record.runID) == ["r2"])
    #expect(runs.map(\.record.sweep) == ["second"])
    #expect(runs.map(\.record.model) == ["gaussian"])
    #expect(try sample.store.runs().map(\.record.sweep) == ["three-elbos", "three-elbos"])
    #expect(
      try sample.store.query("SELECT sweep FROM runs").rows == [
        [.text("three-elbos")], [.text("three-elbos")],
      ])
  }

  @Test("runs come back in the order of registration, with every value of their record")
  func order() throws {
    let sample = try SampleStore(runs: ["r9", "r1", "r5"])
    try sample.store.write(["r5", "r1", "r9"].map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    #expect(try sample.store.runs(in: "three-elbos").map(\.record) == ["r9", "r1", "r5"].map { .sample($0) })
  }

  @Test("a sweep registered again takes the new text and keeps its runs")
  func sweepText() throws {
    let sample = try SampleStore()
    var sweep = SweepRecord.sample()
    sweep.source = "name: three-elbos # edited\n"
    sweep.overrides = ["beta=1", "seeds=\"3\""]
    try sample.store.register(sweep, runs: [.sample("r2")])
    let sweeps = try sample.store.sweeps()
    #expect(sweeps.map(\.record) == [sweep])
    #expect(sweeps.map(\.runs) == [2])
  }
}
