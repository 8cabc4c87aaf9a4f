public import ReverseTape

/// Independent latents that are 0 or 1. φ is the logit of each, `[D]`.
public struct Bernoulli: DiscreteFamily {
  public static let name = "bernoulli"
  public static let summary = "independent latents that are 0 or 1"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard model.latents.contains(where: { $0.support != .binary }) else { return nil }
    return SettingsProblem(
      path: ["family"],
      what: "'\(Self.name)' is of latents that are 0 or 1, and not all of '\(model.modelName)' are",
      fix: model.isDiscrete ? "use family: \(Categorical.name)" : "use family: \(MeanField.name)")
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let logits = parameters, let noise else {
      preconditionFailure("bernoulli needs parameters and noise")
    }
    // A logistic variate, by its quantile function at Φ(ε).
    let logistic = noise.logStandardNormalCDF() - (-noise).logStandardNormalCDF()
    let means = logits.sigmoid()
    let others = (-logits).sigmoid()
    let both = Traced.concatenated([others, means])
    func logDensity(_ z: Traced) -> Traced { (z * logits - logits.softplus()).sum() }
    let draw = (logits + logistic).mapped(.step)
    return Variational(
      draw: draw, logDensity: logDensity(draw), entropy: (logits.softplus() - logits * means).sum(),
      density: logDensity,
      discrete: DiscreteMarginals(
        means: means, factors: (0..<logits.count).map { both.gathered([$0, logits.count + $0]) }
      ) { temperature in ((logits + logistic) * (1 / temperature)).sigmoid() })
  }
}
