import Inference
import Testing

/// Mixtures that are refused before they run.
@Suite struct RefusedMixtureTests {
  private static let rows = DataArray(
    name: "rows.csv", rowCount: 3, width: 2, storage: .numbers([1, 7, 2, 7, 4, 7]), columnNames: ["a", "b"],
    digest: "rows")

  private static func wrong(_ options: ConfigMapping, _ run: ConfigMapping, _ expected: String) -> WrongRun {
    let base: ConfigMapping = [
      "model": .mapping(["gaussian-mixture": .mapping(options.with(["data": "rows.csv"]))]),
      "family": "exact",
      "optimizer": "em",
    ]
    return WrongRun(base.with(run), expected)
  }

  private static func wrong(_ options: ConfigMapping, _ expected: String) -> WrongRun {
    wrong(options, [:], expected)
  }

  private static let given: ConfigMapping = ["features": ["a"], "start": "given", "start_means": [1, 4]]
  private static let prefix = "model.gaussian-mixture."

  static let cases: [WrongRun] = [
    wrong(
      ["features": ["a"], "components": 4],
      prefix + "components is 4, and there are only 3 rows; use at most 3"),
    wrong(
      [:],
      "column 'b' is constant, so the likelihood has no maximum; leave it out with features, or set floor"),
    wrong(
      ["features": ["b"], "covariance": "spherical"],
      "all columns are constant, so the likelihood has no maximum; set floor"),
    wrong(
      ["features": ["a"], "start": "given"],
      prefix
        + "start is 'given', and start_means is not; add start_means: [2 numbers], one component after another"
    ),
    wrong(
      given.with(["start_means": [1]]),
      prefix + "start_means is a list of 1; give 2: 2 components times 1 columns"),
    wrong(
      given.with(["start_variances": [1, 1]]),
      prefix + "start_variances is a list of 2; give 1: one for each column"),
    wrong(
      given.with(["start_weights": [1, 1, 1]]),
      prefix + "start_weights is a list of 3; give 2: one for each component"),
    wrong(
      given.with(["start_variances": [0]]),
      prefix + "start_variances.0 is 0; use a number above 0"),
    wrong(
      given.with(["start": "random"]),
      prefix + "start_means is given, and start is 'random'; set start: given, or remove it"),
    wrong(
      given, ["optimizer": ["em": ["starts": 3]]],
      "optimizer.em.starts is 3, and start: given is always the same; use 1, or start: k-means++"),
    wrong(
      given.with(["floor": 0.1]), ["optimizer": "adam"],
      prefix
        + "floor is 0.1, which bounds an M-step, and gradients take none; use optimizer: em, or remove it"),
    wrong(
      given, ["family": "mean-field", "optimizer": "adam"],
      "'mean-field' cannot be the posterior of a datum of 'gaussian-mixture'; use exact"),
    wrong(
      given, ["beta": 0], "beta is 0, where the exact posterior divides by it; use a number above 0"),
  ]

  @Test("each is refused with what is wrong and how to fix it", arguments: cases)
  func refused(_ run: WrongRun) throws {
    #expect(try run.problems(arrays: ["rows.csv": Self.rows]) == run.expected)
  }

  @Test("a floor or shared variances make constant columns possible")
  func accepted() throws {
    for options: ConfigMapping in [["floor": 0.1], ["covariance": "spherical"]] {
      #expect(try Self.wrong(options, "").problems(arrays: ["rows.csv": Self.rows]).isEmpty)
    }
  }
}
