/// Where the data of a learned model come from, and what is done to them before they are modelled.
public struct DataOptions: Sendable, Hashable {
  public var data: String?
  public var validation: String?
  public var test: String?
  public var validationFraction = 0.0
  public var testFraction = 0.0
  public var features: [String]?
  public var standardize = false
  public var divideBy = 1.0
  public var binarize = Binarization.none

  public init() {}
}

/// How intensities in [0, 1] become 0 and 1.
public enum Binarization: String, Summarized {
  case none, threshold, fixed, dynamic

  public var summary: String {
    switch self {
    case .none: "the data as they are"
    case .threshold: "1 where the intensity is above ½"
    case .fixed: "drawn once, the same for every run"
    case .dynamic: "drawn anew at every epoch of the training data, from the run's seed; else fixed"
    }
  }
}

/// The options of a model that reads rows of numbers.
public protocol LearnedModelOptions: Configurable {
  var source: DataOptions { get set }
}

extension Option where Root: LearnedModelOptions {
  /// The options that every learned model has.
  static var dataOptions: [Option<Root>] {
    [
      .array(
        "data", \.source.data, required: true,
        "the training data: CSV or JSON, NPY or IDX, also gzipped"),
      .array("validation", \.source.validation, "data to watch the fit with"),
      .array("test", \.source.test, "data to judge the fit by"),
      .number(
        "validation_fraction", \.source.validationFraction, .decay,
        "share of the training data held out for validation"),
      .number(
        "test_fraction", \.source.testFraction, .decay, "share of the training data held out for testing"),
      .texts("features", \.source.features, "the columns to model; null: all"),
      .boolean(
        "standardize", \.source.standardize, "give every column mean 0 and sd 1 by the training data"),
      .number("divide_by", \.source.divideBy, .positive, "what every number is divided by: 255 for bytes"),
      .choice("binarize", \.source.binarize, "how intensities become 0 and 1"),
    ]
  }
}
