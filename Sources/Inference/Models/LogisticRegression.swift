import Foundation
import NumericArrays
public import ReverseTape

/// y ~ Bernoulli(1 / (1 + exp(−X w))) with y in {0, 1}, w ~ N(0, prior_sd²).
public struct LogisticRegression: Model {
  public struct Options: RegressionOptions {
    public var data: String?
    public var target: String?
    public var features: [String]?
    public var intercept = false
    public var standardize = false
    public var priorSD = 1.0
    public static var options: [Option<Self>] {
      Option.regressionOptions + [
        .number("prior_sd", \.priorSD, .positive, "sd of the prior on every weight")
      ]
    }
    public init() {}
  }

  public static let name = "logistic-regression"
  public static let summary = "binary outcomes explained by features; standardize leaves the target alone"
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.data = "example"
    options.target = "y"
    return (options, .regressionExample(y: [1, 0, 0, 1, 1, 0, 1, 0]))
  }

  public let latents: [Latent]
  public let rows: RowData?
  let prior: GaussianPrior
  /// Whether each row's outcome is 1.
  private let outcomes: [Bool]

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let data = try RegressionData(options, table: data.tables["data"], standardizesResponse: false)
    if let bad = data.response.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw SettingsProblem(
        path: ["target"], what: "row \(bad + 1) of the target is \(data.response[bad].shortest)",
        fix: "code the two outcomes as 0 and 1")
    }
    latents = [Latent("weights", count: data.design.columns)]
    prior = GaussianPrior(mean: 0, sd: options.priorSD)
    outcomes = data.response.map { $0 == 1 }
    // With s = ±1 for y = 1 or 0, log p(y given w) = −softplus(−s x·w): one product and no cancellation.
    let width = data.design.columns
    let signed = data.design.elements.indices.map { index in
      data.response[index / width] == 1 ? -data.design.elements[index] : data.design.elements[index]
    }
    rows = RowData(
      rowCount: data.response.count,
      columns: [RowData.Column(name: "negated_margins", width: width, values: signed)])
  }

  /// The model of outcomes drawn at `weights`: 1 where a row's uniform number is below σ(x · w).
  init(_ model: Self, weights: [Double], _ uniforms: [Double]) {
    (latents, prior) = (model.latents, model.prior)
    let width = weights.count
    var outcomes = model.outcomes
    let columns = model.rows?.columns.map { column in
      var column = column
      for (row, uniform) in uniforms.enumerated() {
        let range = row * width..<(row + 1) * width
        let signed = zip(column.values[range], weights).reduce(0) { $0 + $1.0 * $1.1 }
        let margin = model.outcomes[row] ? -signed : signed
        outcomes[row] = uniform < 1 / (1 + exp(-margin))
        guard outcomes[row] != model.outcomes[row] else { continue }
        for index in range { column.values[index] = -column.values[index] }
      }
      return column
    }
    rows = columns.map { RowData(rowCount: uniforms.count, columns: $0) }
    self.outcomes = outcomes
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    -rows["negated_margins"].times(draw["weights"]).softplus().sum()
  }

  /// Each row's margin is Gaussian under q, so each term is a logistic-normal integral.
  public func finalExpectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    let features = rows["negated_margins"]
    return -Traced.meanSoftplus(mean: features.times(q.mean), variance: q.variances(along: features)).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced { prior.logDensity(draw["weights"]) }
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { prior.expectedLogDensity(q) }
  public func priorDivergence(_ q: GaussianMoments) -> Traced? { prior.divergence(q) }
  public var priorMoments: GaussianStart? { prior.moments(dimension: dimension) }
}
