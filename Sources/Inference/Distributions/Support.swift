import Foundation
public import ReverseTape

/// Where a parameter lives, and the smooth bijection from the whole real line onto it.
///
/// Families approximate posteriors on the unconstrained scale; a density on the constrained scale gains the
/// log-Jacobian (Kucukelbir et al. 2017, eq. 3).
public enum Support: Hashable, Sendable {
  /// The whole line; the identity.
  case real
  /// x > 0; x = exp(u).
  case positive
  /// lower < x < upper; x = lower + (upper − lower) / (1 + exp(−u)).
  case interval(lower: Double, upper: Double)
  /// 0 or 1: one number.
  case binary
  /// One of several values: as many numbers, of which one is 1 and the others are 0.
  case category(of: Int)

  /// How many values there are; nil of a continuum.
  var valueCount: Int? {
    switch self {
    case .real, .positive, .interval: nil
    case .binary: 2
    case .category(let count): count
    }
  }

  /// How many numbers of z say a value.
  var numberCount: Int {
    if case .category(let count) = self { count } else { 1 }
  }

  /// The constrained value of `u`, elementwise; what is discrete is not transformed.
  public func constrain(_ u: Traced) -> Traced {
    switch self {
    case .real, .binary, .category: u
    case .positive: u.exp()
    case .interval(let lower, let upper): lower + (upper - lower) * u.sigmoid()
    }
  }

  /// log |dx/du| at `u`, elementwise; nil for the identity.
  public func logJacobian(_ u: Traced) -> Traced? {
    switch self {
    case .real, .binary, .category: nil
    case .positive: u
    // log σ(u) + log(1 − σ(u)) = −softplus(−u) − softplus(u).
    case .interval(let lower, let upper):
      Foundation.log(upper - lower) - u.softplus() - (-u).softplus()
    }
  }

  /// How the support reads in listings.
  public var description: String {
    switch self {
    case .real: "real"
    case .positive: "positive, by exp"
    case .interval(let lower, let upper): "from \(lower.shortest) to \(upper.shortest), by the logistic"
    case .binary: "0 or 1"
    case .category(let count): "one of \(count) values, a number for each"
    }
  }
}
