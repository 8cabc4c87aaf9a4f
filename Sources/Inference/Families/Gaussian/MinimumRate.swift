import Foundation
public import ReverseTape

/// Independent Gaussians whose KL to N(0, 1) cannot fall below δ nats for each latent: their scales are bounded from above.
///
/// With 0 < s < s_δ, where ½ (s_δ² − 1 − log s_δ²) = δ and s_δ < 1, the KL ½ (m² + s² − 1 − log s²) of N(m, s²) is above δ whatever m.
/// That is the minimum rate of δ-VAEs (Razavi, van den Oord, Poole & Vinyals 2019, "Preventing posterior collapse with δ-VAEs", §2) for
/// independent latents, by the scale alone. It is not the paper's own model, whose latents are a sequence with a first-order
/// autoregressive prior.
///
/// φ is location `[D]`, then `[D]` numbers a with the scale s = s_δ / (1 + exp(−a)).
public struct MinimumRate: EncodedFamily {
  public static let name = "minimum-rate"
  public static let summary = "independent Gaussians with at least δ nats of KL to N(0, 1) in every latent"
  public var nats = 0.1
  public static var options: [Option<Self>] {
    [.number("nats", \.nats, .positive, "δ, the least KL of every latent of a datum")]
  }

  public init() {}

  public var hasIndependentLatents: Bool { true }

  /// The rate is held against a prior that inferred models need not have.
  public func obstacle(with model: any Model) -> SettingsProblem? {
    SettingsProblem(
      path: ["family"],
      what:
        "'\(Self.name)' is for latents of data with the prior N(0, I), and those of '\(model.modelName)' are "
        + "inferred",
      fix: "use family: mean-field")
  }

  public func parameterCount(for model: any Model) -> Int { parameterCount(dimension: model.dimension) }
  public func noiseCount(for model: any Model) -> Int { model.dimension }
  public func coefficientsPerLatent(for model: any Model) -> Int? { 1 }
  public func parameterCount(dimension: Int) -> Int { 2 * dimension }

  /// The member of the same locations whose scales are nearest.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    let largest = Foundation.exp(logLargestScale)
    return start.mean
      + start.precisionDiagonal.map { precision in
        let share = min(precision.squareRoot() > 0 ? 1 / (precision.squareRoot() * largest) : 1, 0.99)
        return Foundation.log(share / (1 - share))
      }
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("minimum-rate needs parameters and noise") }
    return record(parameters, noise: noise, dimension: model.dimension, on: tape)
  }

  public func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> Variational {
    let location = parameters[0..<dimension]
    // log s = log s_δ − log (1 + exp(−a)).
    let logScale = logLargestScale - (-parameters[dimension..<2 * dimension]).softplus()
    let scale = logScale.exp()
    let logScaleSum = logScale.sum()
    return Variational(
      draw: location + scale * noise,
      logDensity: noise.standardNormalLogDensity() - logScaleSum,
      gaussian: GaussianMoments(
        mean: location, variance: scale.square(), logDeterminant: 2 * logScaleSum, covariance: .diagonal))
  }

  /// log s_δ: the root t < 0 of ½ (exp(2 t) − 1) − t = δ, by bisection to the last bit.
  package var logLargestScale: Double {
    // At t = −δ − ½ the left side is above δ.
    var (low, high) = (-nats - 0.5, 0.0)
    while true {
      let middle = 0.5 * (low + high)
      if middle <= low || middle >= high { return low }
      if 0.5 * Foundation.expm1(2 * middle) - middle >= nats { low = middle } else { high = middle }
    }
  }
}
