/// The options of a mixture of Gaussians.
public struct GaussianMixtureOptions: LearnedModelOptions {
  public var source = DataOptions()
  public var components = 2
  public var covariance = MixtureCovariance.full
  public var start = MixtureStart.kMeans
  public var startMeans: [Double]?
  public var startVariances: [Double]?
  public var startWeights: [Double]?
  public var floor: Double?

  public static var options: [Option<Self>] {
    Option.dataOptions + [
      .integer("components", \.components, 1...10_000, "number of components K"),
      .choice("covariance", \.covariance, "what the components' covariances may be, and which they share"),
      .choice("start", \.start, "where the components start"),
      .numbers(
        "start_means", \.startMeans, .any,
        "the means of start: given, one component after another: K times a number for each column"),
      .numbers(
        "start_variances", \.startVariances, .positive,
        "the variances of start: given, a number for each column; null: those of the data"),
      .numbers("start_weights", \.startWeights, .positive, "the weights of start: given; null: equal ones"),
      .number(
        "floor", \.floor, .positive,
        "the smallest eigenvalue that em leaves a covariance; null: a component that collapses ends the run"),
    ]
  }
  public init() {}
}

/// What the covariances of a mixture may be.
public enum MixtureCovariance: String, CaseIterable, Sendable {
  /// Each component has its own.
  case full
  /// All components share one.
  case tied
  /// Each component has its own variance for each column.
  case diagonal
  /// Each component has one variance for all columns.
  case spherical
}

/// Where the components of a mixture start.
public enum MixtureStart: String, CaseIterable, Sendable {
  /// At the clusters of k-means, seeded by k-means++.
  case kMeans = "k-means++"
  /// At the averages of the data under random responsibilities.
  case random
  /// Where the options say.
  case given
}
