/// The Gaussian that a fit starts near: a given one, or one that is fitted to the model.
public enum FitStart: Sendable {
  case given(GaussianStart)
  case fitted(FittedStart)

  func gaussian(for family: any Family) -> GaussianStart {
    switch self {
    case .given(let gaussian): gaussian
    case .fitted(let fitted): fitted.gaussian(for: family)
    }
  }

  /// The one that is given: samplers, and optimizers that search for a Gaussian themselves, start there.
  var given: GaussianStart {
    guard case .given(let gaussian) = self else { preconditionFailure("a search from what a search finds") }
    return gaussian
  }
}
