public import ReverseTape

/// A component of a mixture, with a draw of its own.
public struct Stratum {
  /// The component's share in q, a shared scalar.
  public var weight: Traced
  /// z `[D]` of the component.
  public var draw: Traced
  /// log q(z) of the whole mixture there, a scalar.
  public var logDensity: Traced
  public var gaussian: GaussianMoments
}

/// Estimates and closed forms of expectations under q. Those of a mixture are the weighted sums over its strata, a stratified estimate
/// that is differentiable in the weights; those of another q are at its draw.
extension Variational {
  /// What is to be averaged over the draws for the expectation of f(z); nil where q has no draw.
  func expectation(_ value: (Traced) -> Traced) -> Traced? {
    strata.isEmpty ? draw.map(value) : total { $0.weight * value($0.draw) }
  }

  /// The same of log q(z); nil where q has no density or no draw.
  var expectedLogDensity: Traced? {
    strata.isEmpty ? logDensity : total { $0.weight * $0.logDensity }
  }

  /// The expectation of what has a closed form for a Gaussian; nil where it has none, or q is not made of Gaussians.
  func closedExpectation(_ closed: (GaussianMoments) -> Traced?) -> Traced? {
    if strata.isEmpty { return gaussian.flatMap(closed) }
    let values = strata.compactMap { stratum in closed(stratum.gaussian).map { stratum.weight * $0 } }
    return values.count == strata.count ? values.dropFirst().reduce(values[0], +) : nil
  }

  private func total(_ value: (Stratum) -> Traced) -> Traced {
    strata.dropFirst().reduce(value(strata[0])) { $0 + value($1) }
  }
}
