import NumericArrays
public import ReverseTape

/// A mixture of K Gaussians, Σ w_k N(m_k, Σ_k).
///
/// An expectation under it is Σ w_k E_k[…], so a step draws from every component and weighs what it finds (stratified sampling;
/// Morningstar et al. 2021, eq. 7): an estimate that is differentiable in the weights, which no draw of a component is. Where single
/// draws of q are wanted, a further normal picks the component of each.
///
/// φ is the base's for each component, then K logits of the weights.
public struct GaussianMixtureFamily: Family {
  public static let name = "mixture"
  public static let summary = "a mixture of Gaussians: several modes, skew and heavier tails"
  public var components = 3
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [
      .integer("components", \.components, 1...1000, "Gaussians that are mixed"),
      .choice("base", \.base, "what each is: independent elements, or correlated ones"),
    ]
  }

  public init() {}

  /// Which component a draw is of jumps with the weights.
  public var hasDifferentiableDraws: Bool { false }

  public func parameterCount(for model: any Model) -> Int {
    components * (base.parameterCount(dimension: model.dimension) + 1)
  }

  /// Normals for a draw of each component, and the one that picks a component.
  public func noiseCount(for model: any Model) -> Int { components * model.dimension + 1 }

  /// Equal weights, every component the start's, their means half a standard deviation apart at random around its mean: in one place
  /// they would stay together.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    let dimension = model.dimension
    let size = base.parameterCount(dimension: dimension)
    let center = (0..<dimension).map { element in
      (0..<components).reduce(0) { $0 + noise[$1 * size + element] } / Double(components)
    }
    var parameters: [Double] = []
    for component in 0..<components {
      var own = base.parameters(near: start, model: model)
      for element in 0..<dimension {
        let sd = start.variances[element].squareRoot()
        own[element] += 0.5 * sd * (noise[component * size + element] - center[element])
      }
      parameters += own
    }
    return parameters + [Double](repeating: 0, count: components)
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("mixture needs parameters and noise") }
    let dimension = model.dimension
    let size = base.parameterCount(dimension: dimension)
    let own = (0..<components).map { parameters[$0 * size..<($0 + 1) * size] }
    let logWeights = parameters[components * size..<parameters.count].logSoftmax()
    let weights = logWeights.exp()

    let gaussians = own.enumerated().map { index, phi in
      base.record(
        phi, noise: noise[index * dimension..<(index + 1) * dimension], dimension: dimension, on: tape)
    }
    /// log q at a draw of a component.
    func logDensity(_ index: Int) -> Traced {
      let terms = own.enumerated().map { other, phi in
        let density =
          other == index
          ? gaussians[index].logDensity
          : base.noise(at: gaussians[index].draw, phi, dimension: dimension).standardNormalLogDensity()
            - gaussians[other].logDeterminant
        return logWeights[other] + density
      }
      return Traced.concatenated(terms).logSumExp()
    }
    let strata = gaussians.enumerated().map { index, gaussian in
      Stratum(
        weight: weights[index], draw: gaussian.draw, logDensity: logDensity(index),
        gaussian: gaussian.moments)
    }
    let isPicked = Self.isPicked(weights, noise[components * dimension])
    func picked(_ value: (Stratum) -> Traced) -> Traced {
      zip(isPicked, strata).map { $0 * value($1) }.reduce(tape.constant(0), +)
    }
    return Variational(
      draw: picked(\.draw), logDensity: picked(\.logDensity), strata: strata)
  }

  /// 1 for the component in whose part of (0, 1), as wide as its weight, Φ of a normal lies, and 0 for the others.
  private static func isPicked(_ weights: Traced, _ normal: Traced) -> [Traced] {
    let uniform = normal.standardNormalCDF()
    var isPast = [uniform.tape.constant(1)]
    for index in 1..<weights.count {
      isPast.append((uniform - weights[0..<index].sum()).mapped(.step))
    }
    return isPast.indices.map { $0 + 1 < isPast.count ? isPast[$0] - isPast[$0 + 1] : isPast[$0] }
  }
}
