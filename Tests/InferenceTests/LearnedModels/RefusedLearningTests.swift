import Inference
import Testing

/// Learned models, their data and the rest of a run that cannot work together.
@Suite struct RefusedLearningTests {
  static let arrays: [String: DataArray] = [
    "example.csv": ProbabilisticPCA.example.data,
    "flat.csv": array("flat.csv", width: 2, [1, 5, 2, 5, 4, 5], names: ["x", "flat"]),
    "narrow.csv": array("narrow.csv", width: 3, [1, 2, 3, 4, 5, 6]),
    "thin.csv": array("thin.csv", width: 1, [0, 1, 1]),
    "unnamed.npy": array("unnamed.npy", width: 2, [1, 2, 3, 4, 5, 7]),
    "empty.csv": array("empty.csv", width: 4, []),
    "half.csv": array("half.csv", width: 2, [0, 0.5, 1, 0.25], names: ["p", "q"]),
    "above.csv": array("above.csv", width: 2, [0, 0.5, 1, 1.5], names: ["p", "q"]),
    "bad.csv": DataArray(
      name: "bad.csv", rowCount: 2, width: 2, storage: .numbers([1, 2, .nan, 4]), columnNames: ["x", "y"],
      badCells: [0: DataTable.BadCell(location: "bad.csv:3", text: "n/a")], digest: "bad"),
    "bad.npy": DataArray(
      name: "bad.npy", rowCount: 2, width: 2, storage: .numbers([1, 2, 3, .infinity]),
      badCells: [1: DataTable.BadCell(location: "bad.npy: row 2", text: "inf")], digest: "badn"),
    "wide.idx": images("wide.idx", rows: 2, columns: 3),
    "tall.idx": images("tall.idx", rows: 3, columns: 2),
    "large.idx": images("large.idx", rows: 3, columns: 3),
  ]

  private static func array(_ name: String, width: Int, _ values: [Double], names: [String]? = nil)
    -> DataArray
  {
    DataArray(
      name: name, rowCount: values.count / width, width: width, storage: .numbers(values), columnNames: names,
      digest: name)
  }

  private static func images(_ name: String, rows: Int, columns: Int) -> DataArray {
    DataArray(
      name: name, rowCount: 2, width: rows * columns,
      storage: .bytes((0..<2 * rows * columns).map { UInt8($0 * 13 % 256) }),
      image: DataArray.ImageSize(rows: rows, columns: columns), digest: name)
  }

  /// A run of a model of the example's data, or of others.
  private static func run(_ model: String, _ options: ConfigMapping = [:], _ changes: ConfigMapping = [:])
    -> ConfigMapping
  {
    let data: ConfigMapping = ["data": "example.csv"]
    let run: ConfigMapping = ["model": .mapping([model: .mapping(data.with(options))])]
    return run.with(changes)
  }

  private static let bernoulli: ConfigMapping = ["divide_by": 7, "hidden": [2]]

  static let combinations: [WrongRun] = [
    WrongRun(
      run("linear-vae", [:], ["optimizer": "natural-gradient"]),
      "'natural-gradient' moves the location and scale of latents, and 'linear-vae' has parameters to learn; use another "
        + "optimizer"),
    WrongRun(
      run("linear-vae", [:], ["optimizer": "dadvi"]),
      "'dadvi' keeps the draws of latents, and 'linear-vae' has parameters to learn; use another optimizer"),
    WrongRun(
      run("linear-vae", [:], ["optimizer": "raabbvi"]),
      "'raabbvi' compares Gaussians of latents, and 'linear-vae' has parameters to learn; use another optimizer"
    ),
    WrongRun(
      run("linear-vae", [:], ["optimizer": "pathfinder"]),
      "'pathfinder' finds a Gaussian for latents, and 'linear-vae' has parameters to learn; use another optimizer"
    ),
    WrongRun(
      run("ppca", [:], ["family": "delta"]),
      "'delta' cannot be the posterior of a datum of 'ppca'; use mean-field or full-rank or minimum-rate or exact"
    ),
    WrongRun(
      run("linear-vae", [:], ["family": "low-rank"]),
      "'low-rank' cannot be the posterior of a datum of 'linear-vae'; use mean-field or full-rank or minimum-rate or exact"
    ),
    WrongRun(
      run("vae", bernoulli, ["family": "exact"]),
      "'exact' cannot be the posterior of a datum of 'vae'; use mean-field or full-rank or minimum-rate"),
    WrongRun(
      run("vae", bernoulli.with(["prior": "vamp"]), ["family": "full-rank"]),
      "family is 'full-rank', and the vamp prior is made of mean-field posteriors; use family: mean-field, or "
        + "prior: standard-normal"),
    WrongRun(
      run("vae", bernoulli, ["optimizer": "em"]),
      "em needs a tractable posterior, which 'vae' has not; use another optimizer, such as adam"),
    WrongRun(
      run("ppca", [:], ["optimizer": "em"]),
      "family is 'mean-field', and em sets q to the exact posterior; use family: exact, or another optimizer"),
    WrongRun(
      run("ppca", [:], ["optimizer": "em", "family": "exact", "precision": "float32"]),
      "precision is float32, and em works in float64; remove precision"),
    WrongRun(
      run("ppca", [:], ["family": "exact", "beta": 0]),
      "beta is 0, where the exact posterior divides by it; use a number above 0"),
    WrongRun(
      run("ppca", [:], ["family": "exact", "beta": ["linear": [:]]]),
      "beta is 0, where the exact posterior divides by it; use a number above 0"),
    WrongRun(
      run("ppca", [:], ["form": "evidence-gap", "beta": 0]),
      "beta is 0, where evidence-gap divides by it; use a number above 0"),
    WrongRun(
      run("vae", bernoulli, ["form": "evidence-gap"]),
      "evidence-gap cannot be optimised for 'vae': its posterior is not tractable; use joint-entropy or "
        + "reconstruction-kl, or one of \(tractable)"),
    WrongRun(
      run("vae", bernoulli, ["expectations": "exact"]),
      "'vae' with 'mean-field' has no closed forms throughout; use expectations: sampled"),
    WrongRun(
      run("ppca", [:], ["minibatch": 13]), "minibatch is 13; use at most 12, the number of rows"),
    WrongRun(
      run("ppca", ["test_fraction": 0.25], ["minibatch": 10]),
      "minibatch is 10; use at most 9, the number of rows"),
    WrongRun(
      run("ppca", [:], ["initial": "prior"]), "'ppca' starts where its own options say; remove initial"),
    WrongRun(
      run(
        "vae", bernoulli, ["initial": ["scale": 0.3], "optimizer": "em", "family": "exact", "minibatch": 99]),
      "minibatch is 99; use at most 12, the number of rows",
      "'exact' cannot be the posterior of a datum of 'vae'; use mean-field or full-rank or minimum-rate",
      "em needs a tractable posterior, which 'vae' has not; use another optimizer, such as adam",
      "'vae' starts where its own options say; remove initial"),
    WrongRun(
      ["model": "banana", "optimizer": "em"],
      "'em' learns parameters, and 'banana' has none; use another optimizer, or one of "
        + learnedTractable.joined(separator: ", ")),
    WrongRun(
      ["model": "banana", "evaluate": ["every": 10]],
      "'banana' has no parameters to learn, so there is nothing to evaluate; remove evaluate"),
  ]

  @Test("what cannot be combined is refused, with what can", arguments: combinations)
  func refusedCombination(_ wrong: WrongRun) throws {
    let found = try wrong.problems(arrays: Self.arrays)
    #expect(found == wrong.expected)
  }

  static let data: [WrongRun] = [
    WrongRun(
      ["model": "ppca"],
      "option 'data' is missing; add data: … (the training data: CSV or JSON, NPY or IDX, also gzipped)"),
    WrongRun(run("ppca", ["data": "no.csv"]), "no array 'no.csv'; none is expected here"),
    WrongRun(run("ppca", ["data": "empty.csv"]), "empty.csv has no rows; give at least one"),
    WrongRun(run("ppca", ["test": "empty.csv"]), "empty.csv has no rows; give at least one"),
    WrongRun(
      run("ppca", ["data": "bad.csv"]),
      "bad.csv:3: column 'x' holds 'n/a'; every number must be finite; choose the columns with features"),
    WrongRun(
      run("ppca", ["data": "bad.npy"]),
      "bad.npy: row 2: column 2 holds 'inf'; every number must be finite; choose the columns with features"),
    WrongRun(
      run("ppca", ["data": "flat.csv", "validation": "bad.npy"]),
      "bad.npy: row 2: column 2 holds 'inf'; every number must be finite; choose the columns with features"),
    WrongRun(
      run("ppca", ["features": ["a", "sepal"]]), "unknown column 'sepal'; use one of a, b, c, d"),
    WrongRun(
      run("ppca", ["features": []]), "model.ppca.features is empty; name at least one column"),
    WrongRun(
      run("ppca", ["data": "unnamed.npy", "features": ["a"]]),
      "the columns of unnamed.npy have no names; remove features"),
    WrongRun(
      run("ppca", ["validation": "narrow.csv"]),
      "narrow.csv has rows of 3 numbers, and the training data of 4 numbers; give data of one size"),
    WrongRun(
      run("ppca", ["test": "thin.csv"]),
      "thin.csv has rows of 1 number, and the training data of 4 numbers; give data of one size"),
    WrongRun(
      run("vae", ["data": "wide.idx", "divide_by": 255, "test": "large.idx"]),
      "large.idx has rows of 3 × 3 numbers, and the training data of 2 × 3 numbers; give data of one size"),
    WrongRun(
      run("vae", ["data": "wide.idx", "divide_by": 255, "validation": "tall.idx"]),
      "tall.idx has rows of 3 × 2 numbers, and the training data of 2 × 3 numbers; give data of one size"),
    WrongRun(
      run("ppca", ["data": "flat.csv", "standardize": true]),
      "column 'flat' of flat.csv is constant; leave it out of features, or remove standardize"),
    WrongRun(
      run("ppca", ["test": "example.csv", "test_fraction": 0.2]),
      "test data and a fraction are both given; remove one of them"),
    WrongRun(
      run("ppca", ["validation": "example.csv", "validation_fraction": 0.2]),
      "validation data and a fraction are both given; remove one of them"),
    WrongRun(
      run("ppca", ["test_fraction": 0.01]),
      "of 12 rows the fractions leave a part without any; use fractions that give every part rows"),
    WrongRun(
      run("ppca", ["test_fraction": 0.5, "validation_fraction": 0.5]),
      "of 12 rows the fractions leave a part without any; use fractions that give every part rows"),
    WrongRun(
      run("ppca", ["latents": 5]),
      "model.ppca.latents is 5, and a datum has only 4 numbers; use at most 4"),
    WrongRun(
      run("linear-vae", ["data": "thin.csv"]),
      "model.linear-vae.latents is 2, and a datum has only 1 numbers; use at most 1"),
    WrongRun(
      run("factor-analysis", ["data": "flat.csv", "latents": 1]),
      "column 'flat' is constant, so its noise variance has no maximum; leave it out with features"),
    WrongRun(
      run("vae", ["data": "flat.csv", "likelihood": "gaussian", "noise": "per-column"]),
      "column 'flat' is constant, so its noise variance has no maximum; use noise: shared or fixed, or leave it "
        + "out with features"),
    WrongRun(
      run("vae", ["data": "above.csv"]),
      "row 2, column 'q' is 1.5, and a Bernoulli likelihood takes numbers from 0 to 1; set divide_by to the "
        + "largest value (255 for bytes), or use likelihood: gaussian"),
    WrongRun(
      run("vae", ["data": "half.csv", "test": "above.csv"]),
      "row 2, column 'q' is 1.5, and a Bernoulli likelihood takes numbers from 0 to 1; set divide_by to the "
        + "largest value (255 for bytes), or use likelihood: gaussian"),
    WrongRun(
      run("vae", ["data": "wide.idx"]),
      "row 1, column 2 is 13, and a Bernoulli likelihood takes numbers from 0 to 1; set divide_by to the "
        + "largest value (255 for bytes), or use likelihood: gaussian"),
  ]

  @Test("data that a model cannot learn from are refused, with what helps", arguments: data)
  func refusedData(_ wrong: WrongRun) throws {
    let found = try wrong.problems(arrays: Self.arrays)
    #expect(found == wrong.expected)
  }

  @Test("what is refused is near to what is not")
  func accepted() throws {
    let runs: [ConfigMapping] = [
      Self.run("ppca", [:], ["minibatch": 12]), Self.run("ppca", ["latents": 4]),
      Self.run("ppca", ["data": "flat.csv"]), Self.run("vae", ["data": "half.csv", "test": "half.csv"]),
      Self.run("vae", ["data": "above.csv", "likelihood": "gaussian", "noise": "per-column"]),
      Self.run("vae", ["data": "flat.csv", "likelihood": "gaussian"]),
      Self.run(
        "vae", ["data": "flat.csv", "likelihood": "gaussian", "noise": "per-column", "features": ["x"]]),
      Self.run("vae", ["data": "wide.idx", "divide_by": 255, "test": "wide.idx"]),
      Self.run("ppca", [:], ["beta": 0]), Self.run("ppca", ["test_fraction": 0.1]),
    ]
    for run in runs { #expect(try WrongRun(run).problems(arrays: Self.arrays) == []) }
  }

  @Test("a registry's claim of tractable posteriors is what its models have", arguments: LearnedCase.all)
  func claims(_ model: LearnedCase) throws {
    let family: ConfigValue = model.accepted(["family": "exact"]) == nil ? "mean-field" : "exact"
    let built = try model.settings(["family": family]).learning.model
    #expect((built.tractable != nil) == type(of: built).hasTractablePosterior)
    #expect((built.tractable != nil) == (family == "exact"))
  }
}
