import NumericArrays

/// Coordinate ascent on the ELBO: each factor of q in turn is set to its optimum given the others, q_i ∝ exp E_{q_-i}[log p(x, z)] (Bishop
/// 2006, eq. 10.9; Blei, Kucukelbir & McAuliffe 2017, eq. 17), where that is known in closed form.
///
/// A run's steps are factors that are set, one after another in the order of z. The bound is exact and does not fall.
public struct CoordinateAscent: Optimizer {
  public static let name = "coordinate-ascent"
  public static let summary = "each factor of q set to its optimum in turn (CAVI, Blei et al. 2017)"
  public var tolerance = 1e-12
  public static var options: [Option<Self>] {
    [
      .number(
        "tolerance", \.tolerance, .nonNegative,
        "ends the run when a pass over all factors gains less, relative to the bound")
    ]
  }

  public init() {}

  /// The factors of a q that it can set; nil where it cannot.
  ///
  /// - Parameter beta: of p(z) p(x|z)^(1/β), at 1 alone where the factors are those of a Gaussian posterior.
  func factors(of family: any Family, _ model: any Model, start: [Double], beta: Double) -> (any Factors)? {
    if let model = model as? any DiscreteModel, family is any DiscreteFamily {
      return StateFactors(model.states, logits: start, beta: beta)
    }
    if let model = model as? any ConditionallyConjugate, family is ConjugateFamily {
      return ConjugateFactors(model, start: start, beta: beta)
    }
    guard let posterior = model.posterior, posterior.closedTerms == nil, !model.isDiscrete else { return nil }
    let places: [[Int]]
    switch family {
    case is MeanField: places = (0..<model.dimension).map { [$0] }
    case let family as BlockDiagonal: places = family.places(in: model)
    default: return nil
    }
    let nearest = family.parameters(
      near: posterior.moments, model: model, noise: [Double](repeating: 0, count: start.count))
    return GaussianFactors(posterior.moments, places: places, start: start, nearest: nearest)
  }
}

/// The factors of a q, each with an optimum in closed form given the others.
protocol Factors {
  var count: Int { get }
  /// Sets a factor to its optimum.
  mutating func set(_ index: Int)
  /// φ of the family.
  var parameters: [Double] { get }
}
