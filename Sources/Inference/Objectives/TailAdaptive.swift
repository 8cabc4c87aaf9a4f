public import ReverseTape

/// The tail-adaptive f-divergence (Wang, Liu & Liu 2018, algorithm 1): the path gradients of log w, each with the power ρ of the
/// fraction of the term's K weights that are not below its own, over their sum. The divergence itself has no value: what is recorded
/// is Σ ρ log w / Σ ρ.
public struct TailAdaptive: WeightObjective {
  public static let name = "tail-adaptive"
  public static let summary = "an f-divergence that adapts to the tail of the weights (Wang, Liu & Liu 2018)"
  public var power = -1.0
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] {
    [
      .number(
        "power", \.power, Bounds(lower: -2, upper: 0),
        "exponent of the tail probability; -1 as published, 0 is the ELBO"),
      .samplesPerTerm(\.samplesPerTerm),
    ]
  }

  public init() {}

  public var estimators: [any Estimator.Type] { [StickingTheLanding.self] }
  public var dependsOnBeta: Bool { false }

  public func estimate(_ weights: ImportanceTerms) -> Traced {
    (coefficients(weights.held) * weights.logWeights).sumRows()
  }

  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? { coefficients(weights) }

  private func coefficients(_ weights: ImportanceTerms) -> Traced {
    let count = weights.samples
    let size = weights.termCount * count
    // Each draw k beside each draw j of its term.
    let pairs = (0..<size).flatMap { place in (0..<count).map { (place, place / count * count + $0) } }
    let shape = Shape(size, count)
    let own = weights.logWeights.gathered(pairs.map(\.0), shape)
    let others = weights.logWeights.gathered(pairs.map(\.1), shape)
    let notBelow = (1 - (own - others).mapped(.step)).sumRows() * (1 / Double(count))
    let powers = notBelow.power(weights.tape.constant(power)).reshaped(weights.logWeights.shape)
    return powers / weights.spread(powers.sumRows())
  }
}
