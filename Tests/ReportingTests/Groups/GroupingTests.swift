import Comparison
import Inference
import Reporting
import Testing
import Tracking

@Suite struct GroupingTests {
  private func parameter(_ key: String, _ value: ParameterValue) -> RunRecord.Parameter {
    RunRecord.Parameter(key: key, value: value)
  }

  @Test("the keys that vary are found in order, without the seed and without what follows from others")
  func varying() {
    let runs = ["mean-field", "low-rank"].flatMap { family in
      [1.0, 4].flatMap { beta in
        (0..<2).map { seed in
          Fixture.run(
            family: family, beta: beta, seed: seed, elbo: 1,
            extra: family == "low-rank" ? [parameter("family.low-rank.rank", .integer(2))] : [])
        }
      }
    }
    #expect(RunKeys.varying(in: runs) == ["family", "beta"])
    #expect(RunKeys.varying(in: []) == [])
  }

  @Test("model and data make contexts; a reparameterization does not")
  func contexts() throws {
    func run(_ key: String, _ value: String) -> RunSummary {
      Fixture.run(seed: 0, elbo: 1, extra: [parameter(key, .text(value))])
    }
    let data = try RunGrouping(of: [run("model.x.data", "a.csv"), run("model.x.data", "b.csv")])
    #expect(data.contextKeys == ["model.x.data"])
    #expect(data.by == [])
    let centered = try RunGrouping(of: [run("model.x.centered", "true"), run("model.x.centered", "false")])
    #expect(centered.contextKeys == [])
    #expect(centered.by == ["model.x.centered"])
  }

  @Test(
    "sizes of a learned model share a context; its data and likelihood do not, even where they follow from a size"
  )
  func learnedContexts() throws {
    func run(_ latents: Int, _ likelihood: String) -> RunSummary {
      Fixture.run(
        seed: 0, model: "vae", elbo: 1,
        extra: [
          parameter("model.vae.latents", .integer(latents)),
          parameter("model.vae.likelihood", .text(likelihood)),
          parameter("data_count", .integer(100)), parameter("latents", .integer(latents)),
        ])
    }
    let sizes = try RunGrouping(of: [run(2, "bernoulli"), run(10, "bernoulli")])
    #expect(sizes.contextKeys == [])
    #expect(sizes.by == ["model.vae.latents"])
    let densities = try RunGrouping(of: [run(2, "bernoulli"), run(10, "gaussian")])
    #expect(densities.contextKeys == ["model.vae.likelihood"])
  }

  @Test("groups by chosen keys average over the others, paired by them")
  func averaged() throws {
    let runs = Fixture.grid().runs
    let grouping = try RunGrouping(of: runs, by: ["family"])
    #expect(grouping.averagedKeys == ["form", "beta"])
    let results = GroupComparison.compare(
      grouping.observations(of: runs, metric: .elbo), metric: RunMetric.elbo.metric)
    #expect(results[0].groups.map(\.runs) == [20, 20])
    #expect(results[0].groups.map(\.seeds) == [5, 5])
    #expect(results[0].differences[0].pairs == 5)
  }

  @Test("an unknown key is refused with the nearest one and what the runs differ in")
  func unknownKey() {
    let error = #expect(throws: GroupingError.self) {
      try RunGrouping(of: Fixture.grid().runs, by: ["famly"])
    }
    #expect(
      error?.description
        == "no run has a parameter 'famly'; did you mean 'family'?; the runs differ in family, form, beta")
  }

  @Test("every metric has a value and a direction", arguments: RunMetric.allCases)
  func metrics(metric: RunMetric) {
    let run = Fixture.run(seed: 1, elbo: -500, standardError: 0.02)
    let values: [RunMetric: Double] = [
      .elbo: -500, .reconstruction: -488, .klPrior: 12, .klPosterior: 500 - 496.599, .logEvidence: -496.599,
      .seconds: 0.25, .steps: 2000,
    ]
    #expect(
      metric.value(of: run).map { abs($0 - (values[metric] ?? .nan)) < 1e-9 } ?? (values[metric] == nil))
    #expect(metric.metric.name == metric.rawValue)
    #expect((metric.standardError(of: run) != nil) == (metric == .elbo))
  }

  @Test("a point mass is unbounded by elbo and an ordinary run by seconds")
  func pointMass() throws {
    let runs = [Fixture.run(family: "delta", seed: 0, elbo: 1), Fixture.run(seed: 0, elbo: 1)]
    let grouping = try RunGrouping(of: runs)
    #expect(grouping.observations(of: runs, metric: .elbo).map(\.isBound) == [false, true])
    #expect(grouping.observations(of: runs, metric: .seconds).map(\.isBound) == [true, true])
  }

  @Test("the listing of groups and of differences")
  func tables() throws {
    let fixture = Fixture.grid(forms: ["joint-entropy"])
    let grouping = try RunGrouping(of: fixture.runs)
    let comparison = try #require(
      GroupComparison.compare(
        grouping.observations(of: fixture.runs, metric: .elbo), metric: RunMetric.elbo.metric
      ).first)
    let groups = TableFormat.markdown.render(ComparisonTables.groups(comparison))
    #expect(groups.split(separator: "\n").count == 6)
    let header = groups.prefix { $0 != "\n" }.split(separator: "|").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(
      header == [
        "family", "beta", "n", "mean", "sd", "95 % low", "95 % high", "div.", "susp.", "IQM", "median",
        "best",
        "worst",
      ])
    let differences = TableFormat.csv.render(ComparisonTables.differences(comparison))
    #expect(
      differences.hasPrefix(
        "family,beta,difference,difference_low,difference_high,standing,pairs,p_holm,probability_of_improvement,"
          + "further_seeds,effect_size,p\r\n"))
    #expect(differences.contains("full-rank,4,-3.3"))
  }

  private struct NoTables: TableSource {
    private static let problem = SettingsProblem(path: [], what: "there are no files", fix: "name none")
    func table(at path: String) throws(SettingsProblem) -> DataTable { throw Self.problem }
    func array(at path: String) throws(SettingsProblem) -> DataArray { throw Self.problem }
    func bytes(at path: String) throws(SettingsProblem) -> LoadedFile { throw Self.problem }
  }

  @Test("the families without a bound are the registered samplers")
  func samplers() throws {
    let families = Catalog.components(of: .family).map(\.name)
    // Discrete families are refused with continuous latents.
    let samplers = families.filter { family in
      let resolver = SettingsResolver(tables: NoTables())
      return (try? resolver.resolve(["model": ConfigValue.text("banana"), "family": .text(family)]))?.family
        is any PosteriorSampler
    }
    #expect(samplers.count > 4)
    #expect(Set(samplers) == RunSummary.samplers)
  }
}
