import Testing
import Tracking

@Suite struct WritingTests {
  @Test("a NaN term comes back as NaN and an absent one as nil")
  func nanAndAbsent() throws {
    let sample = try SampleStore()
    var step = StepRecord.sample(3, elbo: .nan)
    step.terms.klPrior = .infinity
    step.gradNorm = -.infinity
    step.beta = .nan
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(2), step])),
    ])
    let steps = try sample.store.steps(of: "r1")
    #expect(steps.map(\.step) == [2, 3])
    #expect(steps.first == .sample(2))
    let read = try #require(steps.last)
    #expect(read.terms.elbo?.isNaN == true)
    #expect(read.beta?.isNaN == true)
    #expect(read.terms.klPosterior == nil)
    #expect(read.terms.klPrior == .infinity)
    #expect(read.gradNorm == -.infinity)
  }

  @Test("every column of a step keeps its own NaN", arguments: 0..<10)
  func nanPerColumn(column: Int) throws {
    let sample = try SampleStore()
    var values = [Double?](repeating: nil, count: 10)
    values[column] = .nan
    let step = StepRecord(
      step: 0,
      terms: BoundTerms(
        elbo: values[0], reconstruction: values[1], klPrior: values[2], klPosterior: values[3],
        logJoint: values[4], entropy: values[5], logEvidence: values[6]),
      objective: values[7], beta: values[8], gradNorm: values[9])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .steps(runID: "r1", .sample([step])),
    ])
    let read = try #require(try sample.store.steps(of: "r1").first)
    // NaN differs from itself: compare as text.
    #expect("\(read)" == "\(step)")
    #expect(
      try sample.store.query("SELECT count(*), count(value) FROM points").rows == [
        [.integer(1), .integer(0)]
      ])
  }

  @Test("an outcome comes back as it was, NaN and absent terms included")
  func outcome() throws {
    let sample = try SampleStore(runs: ["r1", "r2", "r3"])
    var diverged = RunOutcome(
      status: .diverged, steps: 7, seconds: .nan, suspect: "kl_prior -1 at step 3", reason: "NaN at step 7",
      largestResidual: .nan)
    diverged.yardstick = BoundTerms(elbo: .nan, klPrior: .infinity)
    diverged.logEvidenceStandardError = .nan
    let outcomes = [
      "r1": RunOutcome.finished, "r2": diverged, "r3": RunOutcome(status: .failed, steps: 0, seconds: 0.5),
    ]
    for (run, outcome) in outcomes {
      try sample.store.write([
        .started(runID: run, attempt: sample.attempt, at: 1), .ended(runID: run, outcome, at: 2),
      ])
    }
    for run in try sample.store.runs() {
      let outcome = try #require(outcomes[run.record.runID])
      #expect("\(try #require(run.outcome))" == "\(outcome)")
      #expect(run.status == outcome.status)
      #expect(run.startedAt == 1)
      #expect(run.endedAt == 2)
    }
  }

  @Test("points of other metrics come back, NaN included")
  func points() throws {
    let sample = try SampleStore()
    let points = [PointRecord(step: 0, value: .nan), PointRecord(step: 10, value: 0.25)]
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(0)])),
      .steps(runID: "r1", .sample([.sample(1, elbo: nil)])),
      .points(runID: "r1", metric: "ess", points),
    ])
    #expect("\(try sample.store.series(of: "ess", runID: "r1"))" == "\(points)")
    #expect(try sample.store.series(of: "elbo", runID: "r1") == [PointRecord(step: 0, value: -12.5)])
    #expect(try sample.store.series(of: "none", runID: "r1") == [])
    #expect(
      try sample.store.query("SELECT * FROM points WHERE metric = 'ess'").rows == [
        [.text("r1"), .text("ess"), .integer(0), .null],
        [.text("r1"), .text("ess"), .integer(10), .number(0.25)],
      ])
  }

  @Test("a run started again loses its steps and outcome, and keeps its attempts")
  func restart() throws {
    let sample = try SampleStore()
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(0), .sample(1)])),
      .points(runID: "r1", metric: "ess", [PointRecord(step: 0, value: 1)]),
      .ended(runID: "r1", RunOutcome(status: .failed, steps: 2, seconds: 1, reason: "out of memory"), at: 2),
    ])
    var record = AttemptRecord.sample
    record.wbVersion = "0.2.0"
    let second = try sample.store.beginAttempt(record)
    try sample.store.write([
      .started(runID: "r1", attempt: second, at: 3), .steps(runID: "r1", .sample([.sample(0)])),
    ])
    #expect(try sample.store.steps(of: "r1") == [.sample(0)])
    #expect(try sample.store.series(of: "ess", runID: "r1") == [])
    let run = try sample.store.run("r1")
    #expect(run.status == .running)
    #expect(run.startedAt == 3)
    #expect(run.endedAt == nil)
    #expect(run.outcome == nil)
    let attempts = try sample.store.attempts(of: "r1")
    #expect(attempts.map(\.number) == [1, 2])
    #expect(attempts.map(\.record) == [.sample, record])
    #expect(attempts.map(\.status) == [.failed, .running])
    #expect(attempts.map(\.reason) == ["out of memory", nil])
  }

  @Test("a batch is applied wholly or not at all")
  func atomic() throws {
    let sample = try SampleStore()
    let path = sample.store.path
    let failure = #expect(throws: StoreError.self) {
      try sample.store.write([
        .started(runID: "r1", attempt: sample.attempt, at: 1), .steps(runID: "r1", .sample([.sample(0)])),
        .steps(runID: "r1", .sample([.sample(0)])),
      ])
    }
    #expect(
      failure?.description
        == "\(path) refuses a row (step 0 does not come after step 0, which is recorded already)")
    #expect(try sample.store.statuses(of: ["r1"]) == [:])
  }

  @Test("only a running run records")
  func notRunning() throws {
    let sample = try SampleStore()
    func error(_ event: StoreEvent) -> String? {
      #expect(throws: StoreError.self) { try sample.store.write([event]) }?.description
    }
    let steps = StoreEvent.steps(runID: "r1", .sample([.sample(0)]))
    #expect(error(steps) == "run r1 cannot record: it was never started; start it first")
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .ended(runID: "r1", .finished, at: 2),
    ])
    #expect(error(steps) == "run r1 cannot record: it is finished; start it first")
    #expect(
      error(.ended(runID: "r0", .finished, at: 2))
        == "\(sample.store.path) has no run 'r0'; 'wb ls' lists its runs")
  }

  /// Steps of which no two values are the same, nor one a binary32.
  private func varying(_ steps: Range<Int>) -> [StoreEvent] {
    steps.map { step in
      let value = Double(step) + 0.1
      let terms = BoundTerms(elbo: value, reconstruction: value, klPrior: value, entropy: value)
      return StepRecord(step: step, terms: terms, objective: value, beta: value, gradNorm: value)
    }.batched().flatMap(\.blocks).map { .steps(runID: "r1", $0) }
  }

  @Test("a full disk keeps what was committed before, and the store goes on once there is room")
  func full() throws {
    var settings = StoreSettings.fixed()
    settings.maximumPages = 100
    let sample = try SampleStore(settings: settings)
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .steps(runID: "r1", .sample([.sample(0)])),
    ])
    let failure = #expect(throws: StoreError.self) {
      try sample.store.write(varying(1..<10_000))
    }
    #expect(
      failure?.description
        == "the disk that holds \(sample.store.path) is full; what was stored before is safe: free some space, "
        + "then 'wb run' resumes")
    #expect(try sample.store.steps(of: "r1") == [.sample(0)])
    try sample.store.write([.steps(runID: "r1", .sample([.sample(1)]))])
    #expect(try sample.store.steps(of: "r1").count == 2)
  }
}
