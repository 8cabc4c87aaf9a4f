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

  @Test("the last value of a metric is that of the last step which has one")
  func last() throws {
    let store = try sample().store
    let points = try store.lastValues(of: "test_elbo", runIDs: ["r1", "r2", "r3", "unknown"])
    #expect(Set(points.keys) == ["r1", "r2"])
    #expect(points["r1"] == -7)
    #expect(points["r2"]?.isNaN == true)
    let steps = try store.lastValues(of: "elbo", runIDs: ["r1", "r2", "r3"])
    #expect(Set(steps.keys) == ["r1", "r2"])
    #expect(steps["r1"] == -2)
    #expect(steps["r2"]?.isNaN == true)
    #expect(try store.lastValues(of: "no such metric", runIDs: ["r1"]).isEmpty)
    #expect(try store.lastValues(of: "test_elbo", runIDs: []).isEmpty)
  }

  @Test("the largest value of a metric is over all steps, without NaN")
  func largest() throws {
    let store = try sample().store
    #expect(try store.largestValues(of: "test_elbo", runIDs: ["r1", "r2", "r3"]) == ["r1": -5, "r2": -4])
    #expect(try store.largestValues(of: "elbo", runIDs: ["r1", "r2", "r3"]) == ["r1": -2, "r2": 8])
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
    #expect(try sample.store.lastValues(of: "nll", runIDs: ids).count == 2000)
  }
}
