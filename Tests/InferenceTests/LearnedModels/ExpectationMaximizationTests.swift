import Inference
import Testing

@Suite struct ExpectationMaximizationTests {
  private static func climb(_ changes: ConfigMapping) -> ConfigMapping {
    let run: ConfigMapping = ["family": "exact", "optimizer": "em", "steps": 60]
    return run.with(changes)
  }

  @Test("every half step raises the objective, in every form and at every β", arguments: tractableCases)
  func monotone(_ model: LearnedCase) throws {
    for form in Form.allCases {
      for beta in [0.5, 1, 4] {
        let label = "\(form) β \(beta)"
        let run = Self.climb(["form": .text(form.rawValue), "beta": .number(beta)])
        let (steps, result) = fit(try model.settings(run))
        #expect(result.suspect == nil, "\(label): \(result.suspect ?? "")")
        #expect(steps.map(\.step) == Array(0...result.steps), "\(label)")
        for (before, after) in zip(steps, steps.dropFirst()) {
          #expect(
            after.objective >= before.objective - 1e-9 * abs(before.objective),
            "\(label): step \(after.step) fell from \(before.objective) to \(after.objective)")
        }
        let (first, last) = (try #require(steps.first), try #require(steps.last))
        #expect(last.objective > first.objective, "\(label)")
        #expect(try #require(result.largestResidual) <= 1e-9, "\(label)")
        #expect(steps.allSatisfy { $0.beta == beta && $0.gradNorm == nil }, "\(label)")
      }
    }
  }

  @Test(
    "after every E-step kl_posterior is 0 at β = 1; an M-step leaves it positive", arguments: tractableCases)
  func divergence(_ model: LearnedCase) throws {
    let (steps, _) = fit(try model.settings(Self.climb([:])))
    #expect(steps.count > 4)
    for step in steps {
      let divergence = try #require(step.terms.klPosterior)
      let evidence = try #require(step.terms.logEvidence)
      if step.step % 2 == 1 {
        #expect(abs(divergence) <= 1e-9 * max(1, abs(evidence)), "step \(step.step): \(divergence)")
        #expect(abs(step.elbo - evidence) <= 1e-9 * max(1, abs(evidence)), "step \(step.step)")
      }
    }
    #expect(try #require(steps[2].terms.klPosterior) > 1e-6)
    // An E-step leaves the evidence alone, and the evidence never falls.
    for (before, after) in zip(steps, steps.dropFirst()) {
      let (a, b) = (try #require(before.terms.logEvidence), try #require(after.terms.logEvidence))
      if after.step % 2 == 1 { #expect(a == b, "step \(after.step)") }
      #expect(b >= a - 1e-9 * abs(a), "step \(after.step)")
    }
  }

  @Test("the forms climb the same path", arguments: tractableCases)
  func forms(_ model: LearnedCase) throws {
    for beta in [0.5, 1, 4] {
      let paths = try Form.allCases.map { form in
        fit(
          try model.settings(Self.climb(["form": .text(form.rawValue), "beta": .number(beta), "steps": 21]))
        ).steps
      }
      for path in paths.dropFirst() {
        #expect(path.count == paths[0].count)
        for (a, b) in zip(path, paths[0]) {
          #expect(
            abs(a.objective - b.objective) <= 1e-9 * max(1, abs(b.objective)), "β \(beta) step \(a.step)")
          #expect(abs(a.elbo - b.elbo) <= 1e-9 * max(1, abs(b.elbo)), "β \(beta) step \(a.step)")
        }
      }
    }
  }

  @Test(
    "the first and the last step are recorded, and the path is the same whichever are",
    arguments: ["ppca", "gaussian-mixture"], [1, 2, 7, 1000])
  func recording(_ name: String, _ every: Int) throws {
    let model = irisModel(name)
    let run = Self.climb(["steps": 2000, "optimizer": ["em": ["tolerance": 1e-8]]])
    let all = fit(try model.settings(run))
    let some = fit(try model.settings(run.with(["record": ["every": .integer(every)]])))
    #expect(some.result.ending == .finished && some.result.suspect == nil)
    #expect(some.result.steps < 2000 && some.result.steps == all.result.steps)
    #expect(
      some.steps.map(\.step) == all.steps.map(\.step).filter { $0 % every == 0 || $0 == all.result.steps })
    #expect(some.result.parameters == all.result.parameters)
    #expect(some.result.yardstick == all.result.yardstick)
  }

  @Test("no more half steps are made than asked for, and none gives the start", arguments: [0, 1, 2, 3])
  func steps(_ count: Int) throws {
    let (steps, result) = fit(try irisModel("ppca").settings(Self.climb(["steps": .integer(count)])))
    #expect(steps.map(\.step) == Array(0...count))
    #expect(result.steps == count && result.ending == .finished)
  }

  @Test("a caller stops a climb, which is then interrupted")
  func interrupted() throws {
    let plan = FitPlan(try irisModel("ppca").settings(Self.climb([:])))
    let result = plan.run(seed: 0, record: { _ in }, shouldStop: { true })
    #expect(result.ending == .interrupted && result.yardstick == nil)
  }

  @Test(
    "of several starts the best is recorded, and where each of them ended is told", arguments: tractableCases)
  func starts(_ model: LearnedCase) throws {
    let run = Self.climb(["steps": 5, "optimizer": ["em": ["starts": 6]]])
    let (steps, points, result) = learn(try model.settings(run), seed: 2)
    let ends = points.filter { $0.metric == "start_objective" }
    #expect(ends.map(\.step) == Array(0..<6))
    #expect(Set(ends.map(\.value)).count > 1)
    let best = try #require(ends.max { $0.value < $1.value })
    let chosen = try #require(points.first { $0.metric == "chosen_start" })
    #expect(chosen.value == Double(best.step))
    #expect(try #require(steps.last).objective == best.value)
    #expect(result.ending == .finished)
    // The first of several starts is the only one of one.
    let alone = learn(try model.settings(run.with(["optimizer": "em"])), seed: 2)
    #expect(alone.steps.last?.objective == ends[0].value)
    #expect(!alone.points.contains { $0.metric == "start_objective" || $0.metric == "chosen_start" })
  }

  @Test("minibatches of all rows climb the path of the whole data up to the statistics' average")
  func wholeMinibatch() throws {
    // The first M-step takes the statistics as they are: rows in another order.
    let whole = fit(try irisModel("ppca").settings(Self.climb(["steps": 2])))
    let batch = fit(try irisModel("ppca").settings(Self.climb(["steps": 2, "minibatch": 150])))
    for (a, b) in zip(whole.result.parameters, batch.result.parameters) { #expect(abs(a - b) < 1e-10) }
  }

  @Test("stepwise EM nears the maximum, and is not suspect for objectives that fall by chance")
  func stepwise() throws {
    for seed: UInt64 in 0..<3 {
      let losses = try [1000, 16_000].map { steps in
        let run = Self.climb(["steps": .integer(steps), "minibatch": 30, "record": ["every": 500]])
        let result = fit(try irisModel("ppca").settings(run), seed: seed).result
        #expect(result.ending == .finished && result.suspect == nil, "\(result.suspect ?? "")")
        #expect(result.steps == steps)
        return IrisMaximumTests.maximum - (try #require(result.yardstick).elbo)
      }
      // After 8,000 minibatches the statistics move by 8000^−0.6 ≈ 1/220 of each: averages of 440 · 30 rows and more,
      // off by √(150 / 13,200) ≈ 0.1 standard errors. Half a nat is one standard error of one parameter.
      #expect(losses[1] >= -1e-9 && losses[1] < 0.5, "seed \(seed): \(losses)")
      #expect(losses[1] < losses[0] / 2, "seed \(seed): \(losses)")
    }
  }

  @Test("a noise variance without a maximum ends as diverged, with the reason and what helps")
  func degenerate() throws {
    // The third column is the sum of the others: two latents explain everything.
    let rows = (0..<20).flatMap { index -> [Double] in
      let (a, b) = (Double(index % 7), Double((index * index) % 11))
      return [a, b, a + b]
    }
    let data = DataArray(name: "sums.csv", rowCount: 20, width: 3, storage: .numbers(rows), digest: "sums")
    for name in ["ppca", "factor-analysis", "linear-vae"] {
      let model = LearnedCase(
        testDescription: name, configuration: .mapping([name: ["data": "sums.csv"]]),
        arrays: [data.name: data])
      let (steps, result) = fit(
        try model.settings(Self.climb(["steps": 20_000, "optimizer": ["em": ["tolerance": 0]]])))
      guard case .diverged(let reason) = result.ending else {
        Issue.record(
          "\(name) ended as \(result.ending) after \(result.steps) at \(steps.last?.objective ?? .nan)")
        continue
      }
      #expect(reason.hasPrefix("step \(result.steps + 1): the noise variance "), "\(name): \(reason)")
      #expect(
        reason.hasSuffix(
          ", less than 1e-8 of the data's; use fewer latents, a beta of at least 1, or leave out columns that are "
            + "constant or follow from others"),
        "\(name): \(reason)")
      #expect(result.yardstick == nil && result.suspect == nil, "\(result.suspect ?? "")")
      #expect(steps.last?.step == result.steps)
    }
  }

  @Test("below β = 1 a noise of its own for each column has no maximum, and that is said")
  func unbounded() throws {
    // A latent for one column alone, W² = λ − βψ: the objective holds −½ (1 − β) log ψ of that column, which grows as
    // ψ falls by half with every iteration at β = ½.
    let run = Self.climb(["beta": 0.5, "steps": 400])
    let (steps, result) = fit(try irisModel("factor-analysis").settings(run))
    guard case .diverged(let reason) = result.ending else {
      Issue.record("ended as \(result.ending) at \(steps.last?.objective ?? .nan)")
      return
    }
    #expect(reason.contains("the noise variance of column "))
    #expect(result.suspect == nil)
    #expect(fit(try irisModel("factor-analysis").settings(run.with(["beta": 1]))).result.ending == .finished)
  }
}
