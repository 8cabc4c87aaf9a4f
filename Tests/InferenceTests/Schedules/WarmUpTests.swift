import Inference
import Testing

/// Schedules that outlast their runs.
@Suite struct WarmUpTests {
  private func left(_ value: ConfigValue, after steps: [Int]) throws -> [Int?] {
    let beta = try settings(["model": "banana", "beta": value]).beta
    return steps.map { beta.warmUpLeft(after: $0) }
  }

  @Test("the steps that are left of each schedule")
  func schedules() throws {
    #expect(try left(4, after: [0, 100]) == [nil, nil])
    for name in ["linear", "sigmoid"] {
      #expect(
        try left(.mapping([name: ["from": 0, "to": 1, "steps": 100]]), after: [0, 1, 99, 100, 500])
          == [100, 99, 1, 0, 0])
      #expect(try left(.mapping([name: ["from": 1, "to": 1, "steps": 100]]), after: [0, 50]) == [0, 0])
    }
    // Ramps of 30 of every 60 steps, and plateaus.
    #expect(
      try left(["cyclical": ["period": 60, "ramp": 0.5]], after: [0, 29, 30, 59, 60, 61, 89, 90, 120])
        == [30, 1, 0, 0, 0, 29, 1, 0, 0])
  }

  @Test("every schedule of the registry is at its end once nothing is left")
  func ends() throws {
    for schedule in Catalog.components(of: .betaSchedule).map(\.name) {
      let beta = try settings(["model": "banana", "beta": .text(schedule)]).beta
      let first = try #require((0...2000).first { beta.warmUpLeft(after: $0) == 0 })
      #expect(
        first > 0 && abs(beta.value(at: first) - 1) < 1e-12 && beta.value(at: first - 1) < 1, "\(schedule)")
    }
  }

  @Test("the run says before it starts what is left, and records it when it ends")
  func warning() throws {
    let short = try settings([
      "model": "banana", "steps": 30, "beta": ["linear": ["from": 0.5, "to": 1, "steps": 100]],
    ])
    #expect(
      short.warmUpWarnings == [
        "warning: beta still has 70 steps to go when the 30 of the run are over, and ends at 0.65; use steps: 100 or more, or a "
          + "shorter schedule"
      ])
    let point = learn(short).points.filter { $0.metric == RunSettings.warmUpMetric }
    #expect(point == [MetricPoint("warm_up_left", step: 30, 70)])
    let long = try settings(["model": "banana", "steps": 30, "beta": ["linear": ["steps": 30]]])
    #expect(long.warmUpWarnings.isEmpty)
    #expect(learn(long).points.last { $0.metric == RunSettings.warmUpMetric }?.value == 0)
    let constant = try settings(["model": "banana", "steps": 30])
    #expect(constant.warmUpWarnings.isEmpty)
    #expect(!learn(constant).points.contains { $0.metric == RunSettings.warmUpMetric })
    #expect(
      try settings(["model": "banana", "steps": 0, "beta": ["linear": ["steps": 30]]]).warmUpWarnings.isEmpty)
  }

  @Test("so does a capacity, and EM says it of the steps that it made")
  func others() throws {
    let model = LearnedCase.example(LinearVAE.self)
    let capacity = try model.settings([
      "steps": 10, "objective": ["capacity": ["capacity": ["linear": ["to": 4, "steps": 40]]]],
    ])
    #expect(
      capacity.warmUpWarnings == [
        "warning: objective.capacity.capacity still has 30 steps to go when the 10 of the run are over, and ends at 1; use "
          + "steps: 40 or more, or a shorter schedule"
      ])
    #expect(learn(capacity).points.last { $0.metric == RunSettings.warmUpMetric }?.value == 30)
    let climb = try LearnedCase.example(ProbabilisticPCA.self).settings([
      "family": "exact", "optimizer": ["em": ["tolerance": 0]], "steps": 6,
      "beta": ["linear": ["from": 0.5, "to": 1, "steps": 8]],
    ])
    #expect(learn(climb).points.last { $0.metric == RunSettings.warmUpMetric }?.value == 2)
  }
}
