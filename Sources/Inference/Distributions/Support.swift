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

  /// The constrained value of `u`, elementwise.
  public func constrain(_ u: Traced) -> Traced {
    switch self {
    case .real: u
    case .positive: u.exp()
    case .interval(let lower, let upper): lower + (upper - lower) * u.sigmoid()
    }
  }

  /// log |dx/du| at `u`, elementwise; nil for the identity.
  public func logJacobian(_ u: Traced) -> Traced? {
    switch self {
    case .real: nil
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
    }
  }
}
