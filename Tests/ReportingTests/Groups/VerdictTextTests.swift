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
        == "full-rank has a higher elbo than mean-field, by 2.10 nats (95 % interval 1.85 to 2.35, 3 paired seeds). "
        + "With 3 pairs the intervals alone decide: too few for the sign-flip test to reach 0.05."
    )
  }

  @Test("two groups that cannot be told apart")
  func undecided() throws {
    // The differences have mean -0.1 and sd 1.01489: (1.96 × 1.01489 / (0.1 - 0.01))² = 488.5, less the three that are there.
    #expect(
      try sentences(runs("mean-field", [-3, -1, -2]) + runs("full-rank", [-2, -2, -2.3]))
        == "Between mean-field and full-rank no difference above 0.01 nats can be told: -0.1 nats "
        + "(95 % interval -2.6 to 2.4, 3 paired seeds). About 486 more seeds would be expected to tell.")
  }

  @Test("two groups that are equivalent")
  func equivalent() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -1, -2]) + runs("full-rank", [-3, -1, -2]))
        == "full-rank and mean-field are equivalent: they differ in elbo by at most 0.01 nats.")
  }

  @Test("groups with too few seeds, and a best group that lost runs")
  func tooFew() throws {
    #expect(
      try sentences(runs("mean-field", [-3, -3]) + runs("full-rank", [-1, -1, nil]))
        == "Too few seeds in common with full-rank to judge: mean-field. "
        + "Of the 3 runs of full-rank, 1 diverged (95 % interval of the rate 6 to 79 %).")
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
      try sentences(both, metric: .seconds).contains("are equivalent: they differ in seconds by at most 0 s"))
  }

  @Test("an interval that tells a difference where the test of many groups does not")
  func untested() throws {
    // Ten differences of which 8 of 1,024 flips of signs reach as far, to both sides: p = 16 / 1024, and times ten 0.1563.
    let differences = [0.9, -0.3, 0.8, 1.2, 0.5, 0.4, -0.2, 1.1, 0.7, 0.3]
    let text = try sentences(
      runs("best", differences.map { $0 - 5 })
        + (0..<10).flatMap { runs("family-\($0)", differences.map { _ in -5 }) })
    #expect(text.contains(" The interval tells one, the sign-flip test does not (p Holm 0.1562). About "))
  }

  @Test("Monte Carlo error that more seeds cannot lift is named")
  func monteCarlo() throws {
    let text = try sentences(
      runs("a", [-3, -3.1, -3.2], standardError: 1) + runs("b", [-3.2, -3.3, -3.3], standardError: 1))
    #expect(
      text.hasSuffix(
        " The Monte Carlo error of the final evaluation alone keeps that undecided, however many seeds."))
  }
}
