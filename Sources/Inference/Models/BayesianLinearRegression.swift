import Foundation
import NumericArrays
public import ReverseTape

/// y ~ N(X w, noise_sd²) with known noise, w ~ N(0, prior_sd²) (Bishop 2006, §3.3).
public struct BayesianLinearRegression: Model {
  public struct Options: RegressionOptions {
    public var data: String?
    public var target: String?
    public var features: [String]?
    public var intercept = false
    public var standardize = false
    public var noiseSD = 1.0
    public var priorSD = 1.0
    public static var options: [Option<Self>] {
      Option.regressionOptions + [
        .number("noise_sd", \.noiseSD, .positive, "sd of the target around the regression"),
        .number("prior_sd", \.priorSD, .positive, "sd of the prior on every weight"),
      ]
    }
    public init() {}
  }

  public static let name = "bayesian-linear-regression"
  public static let summary = "linear regression with known noise; everything is exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.data = "example"
    options.target = "y"
    return (options, .regressionExample(y: [1.1, 0.2, -0.7, 2.3, 0.4, -1.6, 0.9, 0.1]))
  }

  public let latents: [Latent]
  public let rows: RowData?
  let noiseSD: Double
  let prior: GaussianPrior
  /// `[rows, features]`.
  let design: Matrix
  private let gaussian: GaussianPosterior

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let data = try RegressionData(options, table: data.tables["data"], standardizesResponse: true)
    try self.init(
      design: data.design, response: data.response, noiseSD: options.noiseSD, priorSD: options.priorSD)
  }

  init(design x: Matrix, response y: [Double], noiseSD: Double, priorSD: Double) throws(SettingsProblem) {
    design = x
    latents = [Latent("weights", count: x.columns)]
    self.noiseSD = noiseSD
    prior = GaussianPrior(mean: 0, sd: priorSD)
    rows = RowData(
      rowCount: y.count,
      columns: [
        RowData.Column(name: "features", width: x.columns, values: x.elements),
        RowData.Column(name: "target", width: 1, values: y),
      ])
    let precision = 1 / (noiseSD * noiseSD)
    let count = Double(y.count)
    // In the eigenbasis of XᵀX both the prior's and the likelihood's precision are diagonal.
    do {
      let eigen = try (x.transposed * x).symmetricEigen()
      let axes = eigen.vectors.transposed
      // An eigenvalue below the rounding of the largest is of a direction that the rows do not see.
      let floor = Double(x.columns) * 0x1p-52 * (eigen.values.last ?? 0)
      let values = eigen.values.map { $0 > floor ? $0 : 0 }
      let peak = zip(axes * (x.transposed * y), values).map { $1 > 0 ? $0 / $1 : 0 }
      let residuals = zip(y, x * (axes.transposed * peak)).map { $0 - $1 }
      gaussian = try GaussianPosterior(
        axes: axes, priorMean: values.map { _ in 0 },
        priorPrecision: values.map { _ in 1 / (priorSD * priorSD) },
        curvature: values.map { precision * $0 }, peak: peak,
        maximum: -count * (0.5 * LogDensity.logTwoPi + Foundation.log(noiseSD))
          - 0.5 * precision * residuals.reduce(0) { $0 + $1 * $1 })
    } catch {
      throw SettingsProblem(
        path: [], what: "the posterior is numerically singular (\(error))",
        fix: "set standardize: true, or use a smaller prior_sd")
    }
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    guard rows.isMinibatch else { return gaussian.logLikelihood(draw.unconstrained) }
    let fitted = rows["features"].times(draw["weights"])
    return LogDensity.normal(rows["target"], mean: fitted, sd: noiseSD).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced { prior.logDensity(draw["weights"]) }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    guard rows.isMinibatch else { return gaussian.expectedLogLikelihood(q) }
    let features = rows["features"]
    let spread = (-0.5 / (noiseSD * noiseSD)) * q.variances(along: features).sum()
    return LogDensity.normal(rows["target"], mean: features.times(q.mean), sd: noiseSD).sum() + spread
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { prior.expectedLogDensity(q) }
  public func priorDivergence(_ q: GaussianMoments) -> Traced? { prior.divergence(q) }
  public var evidence: Evidence? { Evidence(logValue: gaussian.logEvidence) }
  public var posterior: (any TractablePosterior)? { gaussian }
  public var priorMoments: GaussianStart? { prior.moments(dimension: dimension) }
}

extension BayesianLinearRegression: ConditionallyConjugate {
  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    guard rows.isMinibatch else { return gaussian.logLikelihood(statistics, of: "weights") }
    let squares = statistics.squaredDistance("weights", from: rows["target"], through: rows["features"])
    return (-0.5 / (noiseSD * noiseSD)) * squares
      - Double(rows.count) * (0.5 * LogDensity.logTwoPi + Foundation.log(noiseSD))
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    prior.logDensity(statistics, of: "weights", count: dimension)
  }
}

extension ModelData {
  /// Eight rows of two features and a target `y`, for the examples of the regressions.
  static func regressionExample(y: [Double]) -> ModelData {
    var data = ModelData()
    data.tables["data"] = DataTable(
      name: "example",
      columns: [
        .init(name: "x1", values: [0.5, -1.2, 0.3, 1.8, -0.4, -1.1, 0.9, 0.2]),
        .init(name: "x2", values: [1.0, 0.4, -1.3, 0.6, 0.8, -0.9, -0.2, 0.1]),
        .init(name: "y", values: y),
      ], digest: "example")
    return data
  }
}
