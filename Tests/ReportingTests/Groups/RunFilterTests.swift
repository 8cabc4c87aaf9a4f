import Comparison
import Reporting
import Testing

@Suite struct RunFilterTests {
  let runs = Fixture.grid().runs + [Fixture.run(family: "low-rank", seed: 0, elbo: nil)]

  static let filters: [(filter: String, count: Int)] = [
    ("", 41), ("family = full-rank", 20), ("family in [full-rank, low-rank] and beta <= 1", 11),
    ("status = diverged", 1), ("elbo > -498", 10), ("elbo is null", 1), ("suspect is null", 41),
    ("optimizer.adam.learning_rate = 5e-2 and seed = 3", 8),
    ("sweep = three-elbos and not form = joint-entropy", 21),
  ]

  @Test("a filter selects by columns, parameters and results", arguments: filters)
  func selection(filter: String, count: Int) throws {
    #expect(try RunFilter.select(runs, filter).count == count)
  }

  @Test("a name that no run has is refused with the nearest one")
  func unknown() {
    let error = #expect(throws: FilterError.self) { try RunFilter.select(runs, "optimiser = adam") }
    #expect(error?.description.contains("did you mean 'optimizer'?") == true)
  }

  @Test("a baseline is named by a filter on the keys of the groups")
  func baseline() throws {
    let baseline = try FilterExpression(parsing: "family = mean-field and beta = 1")
    let result = try RunComparison(Fixture.grid(forms: ["joint-entropy"]).runs, baseline: baseline)
    let comparison = try #require(result.contexts.first?.comparison)
    #expect(comparison.baseline?.description == "mean-field, beta=1")
    #expect(
      VerdictText.sentences(comparison).hasPrefix(
        "Against mean-field, beta=1: full-rank, beta=1 is better by 3.80"))
  }

  @Test("a baseline that fits several groups is refused")
  func ambiguousBaseline() throws {
    let baseline = try FilterExpression(parsing: "family = mean-field")
    let result = try RunComparison(Fixture.grid().runs, baseline: baseline)
    #expect(
      result.contexts.first?.comparison.verdict
        == .notComparable(reason: "4 groups match the baseline; name one that only one group matches"))
  }
}
