import Comparison
import Reporting
import Testing
import Tracking

@Suite struct VerdictTextTests {
  private func sentences(_ runs: [RunSummary], metric: RunMetric = .elbo) throws -> String {
    let comparison = try RunComparison(runs, metric: metric)
    return VerdictText.sentences(try #require(comparison.contexts.first?.comparison))
  }

  private func runs(_ family: String, _ values: [Double?], standardError: Double? = nil) -> [RunSummary] {
    values.enumerated().map {
      Fixture.run(family: family, seed: $0, elbo: $1, standardError: standardError, evidence: nil)
    }
  }

  @Test("two groups that differ")
  func better() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -3.1, -3.2]) + runs("full-rank", [-1, -1, -1]))
        == "full-rank has a higher elbo than mean-field, by 2.10 nats (95 % interval 1.85 to 2.35, 3 paired seeds)."
    )
  }

  @Test("two groups that cannot be told apart")
  func undecided() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -1, -2]) + runs("full-rank", [-2, -2, -2.3]))
        == "Between mean-field and full-rank no difference above 0.01 nats can be told: -0.1 nats "
        + "(95 % interval -2.6 to 2.4, 3 paired seeds).")
  }

  @Test("two groups that are alike")
  func alike() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -1, -2]) + runs("full-rank", [-3, -1, -2]))
        == "full-rank and mean-field are alike: they differ in elbo by at most 0.01 nats.")
  }

  @Test("groups with too few seeds, and a best group that lost runs")
  func tooFew() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -3]) + runs("full-rank", [-1, -1, nil]))
        == "Too few seeds in common with full-rank to judge: mean-field. "
        + "Of the 3 runs of full-rank, 1 diverged or failed.")
  }

  @Test("one group alone has its level and no verdict")
  func alone() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -3.1, -3.2]))
        == "No comparison can be made: there is only one group. Its mean elbo is -3.10 nats "
        + "(95 % interval -3.35 to -2.85, over 3 seeds).")
  }

  @Test("lower is better for seconds, and nothing is better for the entropy")
  func directions() throws {
    let both = runs("mean-field", [-3, -3.1, -3.2]) + runs("full-rank", [-1, -1, -1])
    #expect(try sentences(both, metric: .klPrior).contains("says what a run is like, not how good it is"))
    #expect(
      try sentences(both, metric: .seconds).contains("are alike: they differ in seconds by at most 0 s"))
  }
}
