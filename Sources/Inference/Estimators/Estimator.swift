/// How the gradient of the objective is estimated.
public protocol Estimator: Component {
  /// What is differentiated.
  var source: GradientSource { get }
  /// The draws that its control variate wants at least.
  var fewestDraws: Int { get }
}

/// What an estimate of the gradient is the derivative of.
public enum GradientSource: Sendable, Hashable {
  /// The recorded estimate of the objective.
  case estimate
  /// Log weights along the paths of their draws, φ in log q held fixed, with the objective's path coefficients.
  case paths
  /// log q at fixed draws, with the objective's score coefficients; or with its learning signals, less what is learned over the steps.
  case scores(LearnedControlVariate?)
  /// The bound in closed form, by the sum over all states of discrete latents.
  case enumeration
  /// The model at relaxed draws of discrete latents; straight: at the draws themselves, with the relaxed ones' slopes.
  case relaxation(temperature: Double, isStraight: Bool)

  /// Whether it is the gradient of the recorded bound itself, in any writing.
  var isOfTheBound: Bool { self == .estimate || self == .enumeration }

  /// Whether it applies to discrete latents, or to continuous ones.
  func applies(toDiscrete isDiscrete: Bool) -> Bool {
    switch self {
    case .estimate, .paths: !isDiscrete
    case .scores: true
    case .enumeration, .relaxation: isDiscrete
    }
  }
}

extension Estimator {
  public var fewestDraws: Int { 1 }
}

extension Registry where Item == any Estimator {
  /// The estimators: one line each.
  public static let estimators = Registry(
    kind: .estimator,
    entries: [
      Entry(Reparameterization.self, as: .estimator) { $0 },
      Entry(StickingTheLanding.self, as: .estimator) { $0 },
      Entry(DoublyReparameterized.self, as: .estimator) { $0 },
      Entry(ScoreFunction.self, as: .estimator) { $0 },
      Entry(Enumeration.self, as: .estimator) { $0 },
      Entry(GumbelSoftmax.self, as: .estimator) { $0 },
      Entry(StraightThrough.self, as: .estimator) { $0 },
    ])
}
