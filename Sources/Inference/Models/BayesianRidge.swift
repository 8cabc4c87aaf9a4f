import Foundation
import NumericArrays
public import ReverseTape

/// y ~ N(X w, 1/noise_precision), w ~ N(0, 1/weight_precision), with Gamma priors on both precisions (MacKay 1992, "Bayesian
/// interpolation"; Bishop 2006, §10.3 with the noise unknown as well).
public struct BayesianRidge: ConditionallyConjugate {
  public struct Options: RegressionOptions {
    public var data: String?
    public var target: String?
    public var features: [String]?
    public var intercept = false
    public var standardize = false
    public var weightShape = 1.0
    public var weightRate = 1.0
    public var noiseShape = 1.0
    public var noiseRate = 1.0
    public static var options: [Option<Self>] {
      Option.regressionOptions + [
        .number(
          "weight_shape", \.weightShape, .positive, "shape of the Gamma prior of the weights' precision"),
        .number("weight_rate", \.weightRate, .positive, "rate of that prior"),
        .number("noise_shape", \.noiseShape, .positive, "shape of the Gamma prior of the noise's precision"),
        .number("noise_rate", \.noiseRate, .positive, "rate of that prior"),
      ]
    }
    public init() {}
  }

  public static let name = "bayesian-ridge"
  public static let summary =
    "linear regression with unknown precisions of the noise and of the weights; evidence by quadrature"
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.data = "example"
    options.target = "y"
    (options.weightShape, options.noiseRate) = (2, 0.5)
    return (options, .regressionExample(y: [1.1, 0.2, -0.7, 2.3, 0.4, -1.6, 0.9, 0.1]))
  }

  public let latents: [Latent]
  public let rows: RowData?
  public let evidence: Evidence?
  let weightPrior: GammaPrior
  let noisePrior: GammaPrior
  let squares: RegressionSquares

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let data = try RegressionData(options, table: data.tables["data"], standardizesResponse: true)
    let count = data.design.columns
    latents = [
      Latent("weights", count: count), Latent("weight_precision", .positive),
      Latent("noise_precision", .positive),
    ]
    rows = RowData(
      rowCount: data.response.count,
      columns: [
        RowData.Column(name: "features", width: count, values: data.design.elements),
        RowData.Column(name: "target", width: 1, values: data.response),
      ])
    weightPrior = GammaPrior(shape: options.weightShape, rate: options.weightRate)
    noisePrior = GammaPrior(shape: options.noiseShape, rate: options.noiseRate)
    do {
      squares = try RegressionSquares(design: data.design, response: data.response)
      evidence = Evidence(logValue: try squares.logEvidence(weights: weightPrior, noise: noisePrior))
    } catch {
      throw SettingsProblem(
        path: [], what: "log p(y) cannot be computed (\(error))",
        fix: "set standardize: true, or use larger shapes and rates")
    }
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    let (log, precision) = (statistics.log("noise_precision"), statistics.value("noise_precision"))
    let count: Double
    let distance: Traced
    if rows.isMinibatch {
      count = Double(rows.count)
      distance = statistics.squaredDistance("weights", from: rows["target"], through: rows["features"])
    } else {
      count = Double(observationCount)
      distance =
        statistics.squaredDistance(
          "weights", from: log.tape.constant(squares.target), through: log.tape.constant(squares.design))
        + squares.residual
    }
    return (0.5 * count) * (log - LogDensity.logTwoPi) - 0.5 * precision * distance
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    let (log, precision) = (statistics.log("weight_precision"), statistics.value("weight_precision"))
    let count = squares.design.columns
    let length = statistics.squaredDistance(
      "weights", from: log.tape.constant([Double](repeating: 0, count: count)),
      through: log.tape.constant(.identity(count)))
    return (0.5 * Double(count)) * (log - LogDensity.logTwoPi) - 0.5 * precision * length
      + weightPrior.logDensity(log: log, value: precision)
      + noisePrior.logDensity(
        log: statistics.log("noise_precision"), value: statistics.value("noise_precision"))
  }
}

/// Gamma(shape, rate) of a positive latent.
struct GammaPrior: Hashable, Sendable {
  var shape: Double
  var rate: Double

  /// shape log rate − log Γ(shape).
  var constant: Double { shape * Foundation.log(rate) - SpecialFunctions.logGamma(shape) }

  /// On the constrained scale, of z and log z or of their expectations.
  func logDensity(log: Traced, value: Traced) -> Traced { (shape - 1) * log - rate * value + constant }
}

/// |y − X w|² = residual + |target − design w|², with one row of the design a weight.
struct RegressionSquares: Sendable {
  /// |y − X ŵ|² at the least squares ŵ.
  let residual: Double
  /// `[features]`.
  let target: [Double]
  /// `[features, features]`.
  let design: Matrix
  private let rowCount: Int
  /// The eigenvalues of XᵀX.
  private let eigenvalues: [Double]

  init(design x: Matrix, response y: [Double]) throws {
    let eigen = try (x.transposed * x).symmetricEigen()
    let axes = eigen.vectors.transposed
    // An eigenvalue below the rounding of the largest is of a direction that the rows do not see.
    let floor = Double(x.columns) * 0x1p-52 * (eigen.values.last ?? 0)
    eigenvalues = eigen.values.map { $0 > floor ? $0 : 0 }
    let peak = zip(axes * (x.transposed * y), eigenvalues).map { $1 > 0 ? $0 / $1 : 0 }
    let scales = eigenvalues.map { $0.squareRoot() }
    target = zip(scales, peak).map(*)
    design = Matrix.diagonal(scales) * axes
    residual = zip(y, x * (axes.transposed * peak)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    rowCount = y.count
  }

  /// log p(y) in nats: the weights and, at a given ratio r of the two precisions, the noise's are integrated out in closed form, log r by
  /// quadrature.
  ///
  /// Given τ and α = r τ, y ~ N(0, (I + X Xᵀ / r) / τ): |I + X Xᵀ / r| = Π (1 + λ / r), and the quadratic form is residual
  /// + Σ target² r / (r + λ). What is left is a gamma integral over τ.
  func logEvidence(weights: GammaPrior, noise: GammaPrior) throws -> Double {
    let power = 0.5 * Double(rowCount) + weights.shape + noise.shape
    let constant =
      weights.constant + noise.constant + SpecialFunctions.logGamma(power)
      - 0.5 * Double(rowCount) * LogDensity.logTwoPi
    // Where one term of the last logarithm, or of the determinant, takes the place of another. Beyond, the integrand falls at least like the
    // power shape or rowCount / 2 + shape of r.
    let turns =
      [(noise.rate + 0.5 * residual) / weights.rate] + eigenvalues.filter { $0 > 0 }
    let (first, last) = (
      Foundation.log(turns.min() ?? 1) - 40 / min(1, weights.shape + 0.5 * Double(turns.count - 1)),
      Foundation.log(turns.max() ?? 1) + 40 / min(1, 0.5 * Double(rowCount) + noise.shape)
    )
    return try Quadrature.logIntegral(from: first, to: last) { logRatio in
      let ratio = exp(logRatio)
      var form = noise.rate + weights.rate * ratio + 0.5 * residual
      var sum = constant + weights.shape * logRatio
      for (value, part) in zip(eigenvalues, target) {
        sum -= 0.5 * log1p(value / ratio)
        form += 0.5 * part * part * ratio / (ratio + value)
      }
      return sum - power * Foundation.log(form)
    }
  }
}
