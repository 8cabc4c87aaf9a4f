import Comparison
import Plotting
import Reporting
import Testing
import Tracking

@Suite struct ObjectiveScaleTests {
  /// The objective of every run at its last step.
  private func fixture(_ runs: [RunSummary]) -> Fixture {
    var fixture = Fixture(runs: runs)
    fixture.recorded["objective"] = Dictionary(
      runs.map { ($0.record.runID, StepSeries(steps: [1], values: [-500 - Double($0.record.seed)])) },
      uniquingKeysWith: { first, _ in first })
    return fixture
  }

  private func verdict(_ runs: [RunSummary], by: [String]? = nil, metric: String = "objective") throws
    -> Verdict
  {
    let measurement = try RunMeasurement(named: metric, of: runs, source: fixture(runs))
    return try #require(try RunComparison(runs, by: by, measurement: measurement).contexts.first).comparison
      .verdict
  }

  private func runs(_ family: String, beta: Double, extra: [RunRecord.Parameter] = []) -> [RunSummary] {
    (0..<3).map { Fixture.run(family: family, beta: beta, seed: $0, elbo: -500, extra: extra) }
  }

  @Test("objectives at different β are not compared, and what to do instead is said")
  func betas() throws {
    let mixed = runs("mean-field", beta: 1) + runs("mean-field", beta: 4)
    #expect(
      try verdict(mixed)
        == .notComparable(
          reason:
            "the runs maximise different objectives (beta is 1, 4), whose values are different quantities; "
            + "compare elbo, which is at beta = 1 for all of them, or select one with a filter such as 'beta = 1'"
        ))
    #expect(try verdict(mixed, metric: "elbo") != verdict(mixed))
  }

  @Test("also where β follows from the family, or is averaged over")
  func hidden() throws {
    for by in [nil, ["family"]] {
      let found = try verdict(runs("mean-field", beta: 1) + runs("full-rank", beta: 4), by: by)
      guard case .notComparable(let reason) = found else {
        Issue.record("\(found)")
        continue
      }
      #expect(reason.contains("(beta is 1, 4)"))
    }
  }

  @Test(
    "an option of the objective or of a schedule of β counts too",
    arguments: ["objective.renyi.alpha", "beta.linear.to"])
  func options(key: String) throws {
    let some = [0.5, 2].flatMap { value in
      runs("mean-field", beta: 1, extra: [RunRecord.Parameter(key: key, value: .number(value))]).map { run in
        var run = run
        run.record.runID += "/\(value)"
        run.record.cellID += "/\(value)"
        return run
      }
    }
    guard case .notComparable(let reason) = try verdict(some) else {
      Issue.record("compared")
      return
    }
    #expect(reason.contains("(\(key) is 0.5, 2)"))
    #expect(reason.hasSuffix("such as '\(key) = 0.5'"))
  }

  @Test("objectives of one β are compared")
  func same() throws {
    #expect(
      try verdict(runs("mean-field", beta: 4) + runs("full-rank", beta: 4))
        == .shared(
          GroupKey([Label(key: "family", text: "full-rank")]),
          with: [GroupKey([Label(key: "family", text: "mean-field")])]))
  }

  @Test("a group alone beside runs of other models is told why")
  func alone() throws {
    let runs = ["a", "b"].flatMap { model in (0..<3).map { Fixture.run(seed: $0, model: model, elbo: -1) } }
    let comparison = try RunComparison(runs)
    #expect(
      comparison.contexts.map(\.comparison.verdict)
        == Array(
          repeating: .notComparable(
            reason:
              "there is only one group of it, and runs of another model are of other data or another model and "
              + "are not ranked with it; compare runs that agree in that"), count: 2))
  }

  @Test("a refused comparison has no shares of the variance either")
  func variance() throws {
    let mixed = runs("mean-field", beta: 1) + runs("mean-field", beta: 4)
    let measurement = try RunMeasurement(named: "objective", of: mixed, source: fixture(mixed))
    let comparison = try RunComparison(mixed, measurement: measurement)
    #expect(throws: VarianceObstacle.self) { try comparison.varianceShares(of: comparison.contexts[0]) }
    let grid = Fixture.grid()
    let shares = try RunComparison(grid.runs, by: ["family"])
    #expect(
      try shares.varianceShares(of: shares.contexts[0]).shares.prefix(4).map(\.factors)
        == [["family"], ["form"], ["beta"], ["seed"]])
  }

  @Test(
    "runs of other data are not ranked with each other, and the sentence names what differs",
    arguments: [
      ("data_digest", .text("aa"), .text("bb")), ("data_count", .integer(100), .integer(200)),
    ] as [(String, ParameterValue, ParameterValue)])
  func data(key: String, first: ParameterValue, second: ParameterValue) throws {
    let all = [("mean-field", first), ("full-rank", second)].flatMap { family, value in
      runs(family, beta: 1, extra: [RunRecord.Parameter(key: key, value: value)])
    }
    let comparison = try RunComparison(all)
    #expect(comparison.contexts.count == 2)
    for context in comparison.contexts {
      guard case .notComparable(let reason) = context.comparison.verdict else {
        Issue.record("\(context.comparison.verdict)")
        continue
      }
      #expect(reason.contains("runs of another \(key) are"))
    }
  }
}
