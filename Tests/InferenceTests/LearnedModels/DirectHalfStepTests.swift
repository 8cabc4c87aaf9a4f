import Inference
import NumericArrays
import Testing

@Suite struct DirectHalfStepTests {
  /// Three full covariances on iris.
  private static func settings(_ form: Form, _ run: ConfigMapping) throws -> RunSettings {
    let model = LearnedCase(
      testDescription: "",
      configuration: [
        "gaussian-mixture": ["data": .text(iris.name), "components": 3, "covariance": "full"]
      ], arrays: [iris.name: iris])
    return try model.settings(
      run.with(["family": "exact", "optimizer": "em", "form": .text(form.rawValue)]))
  }

  /// The half steps of six iterations by kernels and by programs, both at the θ that the kernels climb to.
  private func compare(_ settings: RunSettings, beta: (Int) -> Double) throws {
    let task = settings.learning
    let tractable = try #require(task.model.tractable)
    #expect(tractable.direct != nil)
    let evaluators = [true, false].map { allowsDirect in
      HalfStepPrograms(task, settings, allowsDirect: allowsDirect)
        .evaluator(minibatch: settings.minibatch, seed: 4, team: Team())
    }
    var checks = [true, false].map { _ in IdentityCheck(identities: 3, draws: 1, precision: .float64) }
    func expectEqual(_ records: [HalfStepRecord], _ step: Int) {
      let terms = zip(records, checks.indices).map { record, index in
        record.terms(step: step, beta: beta(step), check: &checks[index])
      }
      // Sums of 150 rows, each of numbers below 1e3 that some 100 roundings make: 150 · 1e3 · 100 · 2⁻⁵³ = 2e-9.
      func expectClose(_ name: String, _ value: Double?, _ expected: Double?) {
        #expect((value == nil) == (expected == nil), "step \(step): \(name)")
        guard let value, let expected else { return }
        #expect(abs(value - expected) <= 2e-9, "step \(step): \(name) is \(value), not \(expected)")
      }
      expectClose("elbo", terms[0].elbo, terms[1].elbo)
      expectClose("objective", terms[0].objective, terms[1].objective)
      for term in Term.allCases { expectClose(term.rawValue, terms[0].terms[term], terms[1].terms[term]) }
    }
    var theta = try task.model.initialParameters(
      task.data.training, noise: NoiseStream(seed: 4, purpose: .initial), start: 0)
    var posterior = HalfStepState.Posterior(theta: theta, inverseTemperature: 0)
    var statistics: [Double] = []
    for step in 0...12 {
      if step % 2 == 1 {
        posterior = HalfStepState.Posterior(theta: theta, inverseTemperature: 1 / beta(step))
      } else if step > 0 {
        theta = try tractable.maximized(statistics, current: theta)
      }
      let state = HalfStepState(
        theta: theta, posterior: posterior, beta: beta(step), batch: max(0, step - 1) / 2)
      if step % 2 == 1 {
        let expectations = evaluators.map { $0.expect(state, isRecorded: true) }
        expectEqual(try expectations.map { try #require($0.record) }, step)
        statistics = expectations[0].statistics
        #expect(expectations[1].statistics.count == statistics.count)
        for (value, expected) in zip(statistics, expectations[1].statistics) {
          // Averages of numbers below 100.
          #expect(abs(value - expected) <= 1e-12, "step \(step): \(value), not \(expected)")
        }
      } else {
        expectEqual(evaluators.map { $0.hold(state) }, step)
      }
    }
    for check in checks {
      #expect(check.violation == nil)
      #expect(check.checked > 0)
    }
    #expect(checks[0].checked == checks[1].checked)
  }

  @Test(
    "every recorded term is that of the program, at the start and after E- and M-steps",
    arguments: Form.allCases, [0.5, 1, 4])
  func allRows(_ form: Form, _ beta: Double) throws {
    try compare(Self.settings(form, [:])) { _ in beta }
  }

  @Test("and so with minibatches, and where β changes", arguments: Form.allCases)
  func minibatches(_ form: Form) throws {
    try compare(Self.settings(form, ["minibatch": 70])) { _ in 1 }
    try compare(Self.settings(form, ["minibatch": 70])) { 1 + 0.25 * Double($0) }
    try compare(Self.settings(form, [:])) { 1 + 0.25 * Double($0) }
  }

  @Test("what is recorded does not depend on which other steps are", arguments: [1, 4], [nil, 70])
  func everySoOften(_ beta: Int, _ minibatch: Int?) throws {
    let runs = try [1, 2, 3, 7].map { every in
      var run: ConfigMapping = [
        "beta": .integer(beta), "steps": 14, "record": ["every": .integer(every)],
      ]
      if let minibatch { run = run.with(["minibatch": .integer(minibatch)]) }
      return fit(try Self.settings(.evidenceGap, run))
    }
    #expect(runs[0].steps.map(\.step) == Array(0...14))
    for run in runs.dropFirst() {
      #expect(run.result.parameters == runs[0].result.parameters)
      #expect(run.steps.map(\.bits) == run.steps.map { runs[0].steps[$0.step].bits })
    }
  }
}
