import Testing
import Tracking

@Suite struct MetricTests {
  /// Three started runs: r1 and r2 with points and steps, r3 with nothing.
  private func sample() throws -> SampleStore {
    let sample = try SampleStore(runs: ["r1", "r2", "r3"])
    func points(_ values: [Double]) -> [PointRecord] {
      values.enumerated().map { PointRecord(step: 10 * $0, value: $1) }
    }
    try sample.store.write(
      ["r1", "r2", "r3"].map { .started(runID: $0, attempt: sample.attempt, at: 1) } + [
        .points(runID: "r1", metric: "test_elbo", points([-9, -5, -7])),
        .points(runID: "r2", metric: "test_elbo", points([-4, .nan])),
        .points(runID: "r2", metric: "nll", points([3])),
        .steps(runID: "r1", .sample([.sample(0, elbo: -3), .sample(1, elbo: -2)])),
        .steps(runID: "r1", .sample([.sample(2, elbo: nil)])),
        .steps(runID: "r2", .sample([.sample(0, elbo: 8), .sample(1, elbo: .nan)])),
      ])
    return sample
  }

  /// Of runs at work, and of the same runs once they have ended.
  private func stores() throws -> [Store] {
    let ended = try sample()
    try ended.store.write(["r1", "r2", "r3"].map { .ended(runID: $0, .finished, at: 2) })
    return [try sample().store, ended.store]
  }

  @Test("the last value of a metric is that of the last step which has one")
  func last() throws {
    for store in try stores() {
      let points = try store.summaries(of: "test_elbo", runIDs: ["r1", "r2", "r3", "unknown"])
      #expect(Set(points.keys) == ["r1", "r2"])
      #expect(points["r1"]?.last == -7)
      #expect(points["r2"]?.last.isNaN == true)
      let steps = try store.summaries(of: "elbo", runIDs: ["r1", "r2", "r3"])
      #expect(Set(steps.keys) == ["r1", "r2"])
      #expect(steps["r1"]?.last == -2)
      #expect(steps["r2"]?.last.isNaN == true)
      #expect(try store.summaries(of: "no such metric", runIDs: ["r1"]).isEmpty)
      #expect(try store.summaries(of: "test_elbo", runIDs: []).isEmpty)
    }
  }

  @Test("a summary is over all steps, its extremes without NaN")
  func whole() throws {
    for store in try stores() {
      let points = try store.summaries(of: "test_elbo", runIDs: ["r1", "r2"])
      #expect(
        points["r1"]
          == MetricSummary(
            count: 3, firstStep: 0, lastStep: 20, minimum: -9, maximum: -5, mean: -7, last: -7,
            firstNonFiniteStep: nil))
      #expect(points["r2"]?.maximum == -4)
      #expect(points["r2"]?.mean.isNaN == true)
      #expect(points["r2"]?.firstNonFiniteStep == 10)
      let steps = try store.summaries(of: "elbo", runIDs: ["r1", "r2"])
      #expect(steps["r1"]?.count == 2, "step 2 has none")
      #expect(steps["r1"]?.lastStep == 1)
      #expect(steps["r2"]?.maximum == 8)
    }
  }

  @Test("the recorded metrics are those of the runs asked for")
  func names() throws {
    let store = try sample().store
    #expect(try store.recordedMetrics(ofRuns: ["r1", "r3"]) == ["test_elbo"])
    #expect(try store.recordedMetrics(ofRuns: ["r1", "r2"]) == ["nll", "test_elbo"])
    #expect(try store.recordedMetrics(ofRuns: ["r3"]).isEmpty)
  }

  @Test("any number of runs is asked for at once, whatever their ids hold")
  func manyRuns() throws {
    let ids = (0..<2000).map { "it's \"run\" \($0)" }
    let sample = try SampleStore(runs: ids)
    try sample.store.write(
      ids.flatMap { id in
        [
          StoreEvent.started(runID: id, attempt: sample.attempt, at: 1),
          .points(runID: id, metric: "nll", [PointRecord(step: 3, value: 1.5)]),
        ]
      })
    #expect(try sample.store.summaries(of: "nll", runIDs: ids).count == 2000)
    try sample.store.write(ids.dropLast().map { .ended(runID: $0, .finished, at: 2) })
    #expect(try sample.store.summaries(of: "nll", runIDs: ids).count == 2000, "of one that runs, too")
    #expect(try sample.store.summaries(of: "nll", runIDs: Array(ids.prefix(3))).count == 3)
  }
}
