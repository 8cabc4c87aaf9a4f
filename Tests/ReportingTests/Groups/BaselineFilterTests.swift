import Comparison
import Reporting
import Testing
import Tracking

/// Groups that are named by a filter.
@Suite struct BaselineFilterTests {
  private static let names = FilterNames(labels: ["family", "form", "beta"])

  @Test("a baseline is named by a filter on the keys of the groups")
  func baseline() throws {
    let baseline = try FilterExpression(parsing: "family = mean-field and beta = 1", names: Self.names)
    let result = try RunComparison(Fixture.grid(forms: ["joint-entropy"]).runs, baseline: baseline)
    let comparison = try #require(result.contexts.first?.comparison)
    #expect(comparison.baseline?.description == "mean-field, beta=1")
    #expect(
      VerdictText.sentences(comparison).hasPrefix(
        "Against mean-field, beta=1: full-rank, beta=1 is better by 3.80"))
  }

  @Test("a baseline that fits several groups is refused")
  func ambiguousBaseline() throws {
    let baseline = try FilterExpression(parsing: "family = mean-field", names: Self.names)
    let result = try RunComparison(Fixture.grid().runs, baseline: baseline)
    #expect(
      result.contexts.first?.comparison.verdict
        == .notComparable(
          reason: "4 groups match the baseline (mean-field, joint-entropy, beta=1; "
            + "mean-field, reconstruction-kl, beta=1; mean-field, reconstruction-kl, beta=4; …); "
            + "name one that only one group matches, or group by less"))
  }
}
