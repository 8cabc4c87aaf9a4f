import Comparison
import Foundation
import Plotting
import Reporting
import Testing
import Tracking

@Suite struct RunFiguresTests {
  private func figures(
    _ fixture: Fixture, by: [String]? = nil, metric: RunMetric = .elbo
  ) throws -> RunFigures {
    let comparison = try RunComparison(fixture.runs, by: by, metric: metric)
    return RunFigures(try #require(comparison.contexts.first), grouping: comparison.grouping)
  }

  @Test("a metric that only some groups have is drawn for those, and the note names the others")
  func someGroups() throws {
    var fixture = Fixture.grid(forms: ["joint-entropy"])
    let having = fixture.runs.filter { $0.record.family == "mean-field" }
    fixture.recorded["kl_posterior"] = Dictionary(
      uniqueKeysWithValues: having.map { ($0.record.runID, StepSeries(steps: [0, 1], values: [4, 3])) })
    let figure = try figures(fixture).steps(
      name: "f", metric: "kl_posterior", unit: "nats", source: fixture)
    #expect(figure.lines.map(\.label) == ["beta=1", "beta=4"])
    #expect(figure.note.contains("at mean-field"))
    #expect(figure.note.contains("no kl_posterior of full-rank, beta=1 · full-rank, beta=4"))
    #expect(try !figure.drawing().script.contains("no finite value"))
  }

  @Test("of a large grid the best group that has the metric decides what is shown")
  func largeGrid() throws {
    var fixture = Fixture.grid(betas: [0.25, 0.5, 1, 2, 4])
    let having = fixture.runs.filter { $0.record.form == "joint-entropy" && $0.record.family == "mean-field" }
    fixture.recorded["kl_posterior"] = Dictionary(
      uniqueKeysWithValues: having.map { ($0.record.runID, StepSeries(steps: [0, 1], values: [4, 3])) })
    let figure = try figures(fixture).steps(
      name: "f", metric: "kl_posterior", unit: "nats", source: fixture)
    #expect(figure.lines.count == 5)
    #expect(figure.lines.allSatisfy { $0.runs.count == 5 })
  }

  @Test("runs that diverged are counted, not drawn, unless there is nothing else to see")
  func diverged() throws {
    var fixture = Fixture.grid(families: ["mean-field"], forms: ["joint-entropy"], betas: [1])
    fixture.runs.append(Fixture.run(form: "joint-entropy", seed: 9, elbo: nil))
    fixture.runs.append(Fixture.run(form: "joint-entropy", seed: 10, elbo: -500, suspect: "why"))
    let steps = try figures(fixture).steps(name: "f", metric: "elbo", unit: "nats", source: fixture)
    #expect(steps.lines.map(\.runs.count) == [6])
    #expect(steps.note == "1 diverged run left out; 1 suspect run included")
    #expect(try figures(fixture).intervals(name: "f").note == steps.note)
    fixture.runs = (0..<3).map { Fixture.run(seed: $0, elbo: nil) }
    let all = try figures(fixture).steps(name: "f", metric: "elbo", unit: "nats", source: fixture)
    #expect(all.lines.map(\.runs.count) == [3])
    #expect(all.note == "all runs diverged")
  }

  @Test("the axis counts what a step of each run takes")
  func axes() throws {
    let samples = RunRecord.Parameter(key: "samples", value: .integer(8))
    let data = RunRecord.Parameter(key: "data_count", value: .integer(150))
    let batch = RunRecord.Parameter(key: "minibatch", value: .integer(20))
    func units(_ axis: StepAxis, _ extra: [RunRecord.Parameter]) throws -> [Double] {
      let fixture = Fixture(runs: [Fixture.run(seed: 0, elbo: -500, extra: extra)], steps: 4)
      return try figures(fixture).steps(
        name: "f", metric: "elbo", unit: "nats", axis: axis, source: fixture
      ).lines.flatMap(\.runs).map(\.unitsPerStep)
    }
    #expect(try units(.step, []) == [1])
    // A quarter of a second over 2000 steps.
    #expect(try units(.seconds, []) == [0.25 / 2000])
    #expect(try units(.gradientEvaluations, [samples]) == [8])
    #expect(try units(.likelihoodEvaluations, [samples, data]) == [1200])
    #expect(try units(.likelihoodEvaluations, [samples, data, batch]) == [160])
    // Where it is not known the run has no place.
    #expect(try units(.gradientEvaluations, []) == [])
    #expect(try units(.likelihoodEvaluations, [samples]) == [])
  }

  @Test("the forms are those of the best group's cell, with the gap to the evidence below")
  func forms() throws {
    let fixture = Fixture.grid()
    let figure = try #require(try figures(fixture).forms(name: "f", source: fixture))
    #expect(figure.panels.map(\.yLabel) == ["elbo (nats)", "log_evidence − elbo (nats)"])
    #expect(figure.panels[0].lines.map(\.label) == ["joint-entropy", "reconstruction-kl"])
    #expect(figure.note.contains("at full-rank, beta=1"))
    let (bound, gap) = (figure.panels[0].lines[0].runs[0], figure.panels[1].lines[0].runs[0])
    #expect(zip(bound.values, gap.values).allSatisfy { abs(-496.599 - $0 - $1) < 1e-9 })
  }

  @Test("differences are those of the comparison, with what does not matter shaded")
  func differences() throws {
    let fixture = Fixture.grid(forms: ["joint-entropy"])
    let comparison = try RunComparison(fixture.runs, metric: .elbo)
    let context = try #require(comparison.contexts.first)
    let figure = try #require(RunFigures(context, grouping: comparison.grouping).differences(name: "f"))
    #expect(figure.rows.map(\.mean) == context.comparison.differences.map(\.mean))
    #expect(figure.rows.map(\.points) == context.comparison.differences.map { $0.differences.map(\.value) })
    #expect(figure.region?.values == -0.01...0.01)
    #expect(figure.reference?.value == 0)
    #expect(figure.title.contains("difference to full-rank, beta=1"))
    let one = Fixture(runs: (0..<3).map { Fixture.run(seed: $0, elbo: -500) })
    #expect(try figures(one).differences(name: "f") == nil)
  }

  @Test("a heat map has a cell for every pair: its mean, that nothing ran, or that all diverged")
  func heatMap() throws {
    var runs: [RunSummary] = []
    for (beta, rate, elbo) in [(1.0, 0.1, -30.0), (1, 0.2, -31), (4, 0.1, nil)] as [(Double, Double, Double?)]
    {
      runs += (0..<3).map { Fixture.run(beta: beta, seed: $0, rate: rate, elbo: elbo.map { $0 + 0.1 }) }
    }
    let fixture = Fixture(runs: runs)
    let grouping = try RunGrouping(of: runs)
    #expect(grouping.heatMapKeys(of: runs) == ["beta", "optimizer.adam.learning_rate"])
    let figure = try #require(
      try figures(fixture, by: ["beta", "optimizer.adam.learning_rate"]).heatMap(name: "f"))
    #expect(figure.columns == ["1", "4"] && figure.rows == ["0.1", "0.2"])
    #expect(figure.cells[0].map(\.text) == ["-29.90", "3 of 3 diverged"])
    #expect(figure.cells[1].map(\.text) == ["-30.90", "no run"])
    #expect(figure.note == "3 diverged runs left out")
    #expect(try figures(fixture, by: ["beta"]).heatMap(name: "f") == nil)
  }

  @Test("parallel coordinates have an axis per key and a line per group with a value, the best on top")
  func parallel() throws {
    let fixture = Fixture.grid()
    let figure = try #require(try figures(fixture).parallel(name: "f"))
    #expect(figure.axes.map(\.label) == ["family", "form", "beta"])
    #expect(figure.axes[0].ticks.map(\.label) == ["full-rank", "mean-field"])
    #expect(figure.lines.count == 8)
    #expect(figure.lines.last?.value == figure.lines.map(\.value).max())
  }

  @Test("a profile counts the gap of every run to the best one, and runs that diverged as never near")
  func profile() throws {
    var fixture = Fixture(runs: [-30.0, -31, -33].enumerated().map { Fixture.run(seed: $0, elbo: $1) })
    fixture.runs.append(Fixture.run(seed: 3, elbo: nil))
    let figure = try #require(try figures(fixture).profile(name: "f"))
    #expect(figure.lines.map(\.gaps) == [[0, 1, 3]])
    #expect(figure.lines.map(\.runs) == [4])
    #expect(figure.note.contains("1 diverged or failed run counts as never near"))
    #expect(try figures(fixture, metric: .entropy).profile(name: "f") == nil)
  }

  @Test("marginals are measured in standard deviations of the reference, where there is one")
  func marginals() throws {
    var fixture = Fixture(
      runs: (0..<2).flatMap { seed in
        ["mean-field", "exact"].map { Fixture.run(family: $0, seed: seed, elbo: -500 - Double(seed)) }
      })
    func record(_ metric: String, _ value: (RunSummary) -> Double) {
      fixture.recorded[metric] = Dictionary(
        uniqueKeysWithValues: fixture.runs.map {
          ($0.record.runID, StepSeries(steps: [0], values: [value($0)]))
        })
    }
    let all = try figures(fixture, by: ["family"])
    #expect(try all.marginals(name: "f", reference: nil, source: fixture) == nil)
    record("posterior_mean[mu]") { $0.record.family == "exact" ? 4 : 5 + Double($0.record.seed) }
    record("posterior_sd[mu]") { $0.record.family == "exact" ? 2 : 1 }
    let plain = try #require(try all.marginals(name: "f", reference: nil, source: fixture))
    #expect(plain.groups.sorted() == ["exact", "mean-field"] && plain.reference == nil)
    #expect(plain.note.contains("no reference"))
    let exact = GroupKey([Label(key: "family", text: "exact")])
    let scaled = try #require(try all.marginals(name: "f", reference: exact, source: fixture))
    #expect(scaled.groups == ["mean-field"] && scaled.rows.map(\.label) == ["mu"])
    // (5.5 − 4) / 2 and 1 / 2.
    #expect(scaled.rows[0].marginals == [.init(mean: 0.75, sd: 0.5)])
    // Draws from the posterior are the reference where none is named.
    fixture.runs += [Fixture.run(family: "nuts", seed: 0, elbo: -499)]
    record("posterior_mean[mu]") { $0.record.family == "nuts" ? 3 : 5 }
    record("posterior_sd[mu]") { $0.record.family == "nuts" ? 4 : 1 }
    let sampled = try #require(
      try figures(fixture, by: ["family"]).marginals(name: "f", reference: nil, source: fixture))
    #expect(sampled.groups.sorted() == ["exact", "mean-field"])
    #expect(sampled.rows[0].marginals == [.init(mean: 0.5, sd: 0.25), .init(mean: 0.5, sd: 0.25)])
    // A reference of the model's own: what the runs recorded of their distance to it.
    record("posterior_mean_error[mu]") { $0.record.family == "exact" ? 0 : 0.5 + Double($0.record.seed) }
    record("posterior_sd_error[mu]") { $0.record.family == "exact" ? 0 : -0.25 }
    let known = try #require(try all.marginals(name: "f", reference: nil, source: fixture))
    let place = try #require(known.groups.firstIndex(of: "mean-field"))
    #expect(known.rows[0].marginals[place] == .init(mean: 1, sd: 0.75))
    #expect(known.reference?.values == -1...1 && !known.note.contains("no reference"))
  }
}
