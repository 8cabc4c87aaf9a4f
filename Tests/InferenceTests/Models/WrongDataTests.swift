import Inference
import Testing

/// Observations and tables that a model cannot use.
@Suite struct WrongDataTests {
  static let tables: [String: DataTable] = [
    "t.csv": DataTable(
      name: "t.csv",
      columns: [
        DataTable.Column(name: "x1", values: [0.5, -1.2, 0.3]),
        DataTable.Column(name: "flat", values: [2, 2, 2]),
        DataTable.Column(name: "y", values: [0, 1, 2]),
        DataTable.Column(
          name: "bad", values: [1, .nan, 2],
          firstBadCell: DataTable.BadCell(location: "t.csv:3", text: "n/a")),
        DataTable.Column(name: "sigma", values: [1, 0, 2]),
      ], digest: "t"),
    "empty.csv": DataTable(
      name: "empty.csv",
      columns: [DataTable.Column(name: "x1", values: []), DataTable.Column(name: "y", values: [])],
      digest: "empty"),
  ]

  private static func normal(_ options: ConfigMapping) -> ConfigMapping {
    ["model": ["conjugate-normal": .mapping(options)]]
  }

  private static func regression(_ changes: ConfigMapping) -> ConfigMapping {
    let options: ConfigMapping = ["data": "t.csv", "target": "y"]
    return ["model": ["bayesian-linear-regression": .mapping(options.with(changes))]]
  }

  static let wrong: [WrongRun] = [
    WrongRun(
      normal([:]),
      "there are no observations; add observations: [1, 0, …], or data: FILE and target: COLUMN"),
    WrongRun(
      normal(["observations": [1], "data": "t.csv", "target": "y"]),
      "both observations and data are given; remove one of them"),
    WrongRun(
      normal(["data": "t.csv"]),
      "option 'target' is missing; name a column of t.csv: x1, flat, y, bad, sigma"),
    WrongRun(
      normal(["data": "t.csv", "target": "x2"]),
      "unknown column 'x2'; did you mean 'x1'? valid: x1, flat, y, bad, sigma"),
    WrongRun(
      normal(["data": "t.csv", "target": "bad"]),
      "t.csv:3: column 'bad' holds 'n/a'; every cell of a used column must be a finite number"),
    WrongRun(normal(["data": "no.csv", "target": "y"]), "no table 'no.csv'; none is expected here"),
    WrongRun(normal(["data": "empty.csv", "target": "y"]), "empty.csv has no rows; give at least one"),
    WrongRun(
      normal(["observations": [1], "noise_sd": 1e-200]),
      "the posterior is singular; use less extreme sds (the matrix is not positive definite: pivot 0 is 0.0)"),
    WrongRun(
      ["model": ["beta-bernoulli": ["observations": [0, 2]]]],
      "observation 2 is 2; a Bernoulli observation is 0 or 1"),
    WrongRun(
      ["model": ["gamma-poisson": ["observations": [1, 0.5]]]],
      "observation 2 is 0.5; a count is an integer from 0"),
    WrongRun(
      ["model": ["gamma-poisson": ["observations": [-1]]]],
      "observation 1 is -1; a count is an integer from 0"),
    WrongRun(
      ["model": "bayesian-linear-regression"],
      "option 'data' is missing; add data: … (a table (CSV or JSON, also gzipped))",
      "option 'target' is missing; add target: … (the column that is explained)"),
    WrongRun(
      regression(["features": ["x1", "y"]]), "the target 'y' is among the features; remove it"),
    WrongRun(
      regression(["features": ["x1", "x1"]]), "feature 'x1' is named twice; name each column once"),
    WrongRun(
      regression(["features": []]), "there are no features; name a column, or set intercept: true"),
    WrongRun(
      regression(["features": "x1"]),
      "model.bayesian-linear-regression.features is text; use a list of names"),
    WrongRun(
      regression(["features": ["x1", "flat"], "standardize": true]),
      "column 'flat' is constant; leave it out of features, or set standardize: false"),
    WrongRun(
      regression(["standardize": 1]),
      "model.bayesian-linear-regression.standardize is an integer; use true or false"),
    WrongRun(
      regression([:]),
      "t.csv:3: column 'bad' holds 'n/a'; every cell of a used column must be a finite number"),
    WrongRun(
      regression(["data": "empty.csv", "standardize": true]), "empty.csv has no rows; give at least one"),
    WrongRun(
      ["model": ["logistic-regression": ["data": "t.csv", "target": "y", "features": ["x1"]]]],
      "row 3 of the target is 2; code the two outcomes as 0 and 1"),
    WrongRun(
      ["model": ["correlated-gaussian": ["dimension": 3, "correlation": -0.5]]],
      "model.correlated-gaussian.correlation is -0.5; use a number above -0.5 and below 1 for 3 variables"),
    WrongRun(
      ["model": ["eight-schools": ["data": "empty.csv"]]],
      "unknown column 'sigma'; use one of x1, y"),
    WrongRun(
      ["model": ["eight-schools": ["data": "t.csv"]]],
      "t.csv has no rows or a sigma that is not positive; give one row a school, with sigma above 0"),
  ]

  @Test("data that a model cannot use are refused, with where and why", arguments: wrong)
  func refused(_ wrong: WrongRun) throws {
    #expect(try wrong.problems(tables: Self.tables) == wrong.expected)
  }

  @Test("observations may come from a column of a table")
  func column() throws {
    let inline = try settings(["model": ["conjugate-normal": ["observations": [0, 1, 2]]]])
    let read = try settings(Self.normal(["data": "t.csv", "target": "y"]), tables: Self.tables)
    #expect(read.model.evidence == inline.model.evidence)
    #expect(read.configuration["model"]?.asMapping?["conjugate-normal"]?.asMapping?["data_digest"] == "t")
  }
}
