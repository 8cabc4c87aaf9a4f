/// Which writing of the ELBO is estimated and maximised.
public enum Form: String, Summarized {
  case jointEntropy = "joint-entropy"
  case reconstructionKL = "reconstruction-kl"
  case evidenceGap = "evidence-gap"

  public var summary: String {
    switch self {
    case .jointEntropy: "E_q[log p(x, z)] + H[q]"
    case .reconstructionKL: "E_q[log p(x|z)] − β KL[q ‖ p(z)]"
    case .evidenceGap: "log p(x) − KL[q ‖ p(z|x)], where the posterior is tractable"
    }
  }
}

/// Where expectations come from.
public enum Expectations: String, CaseIterable, Sendable {
  /// The expected log likelihood or log joint from the draws, the other term in closed form where it has one.
  case sampled
  /// Closed forms throughout.
  case exact
}

/// The standard normals that a step's draws are made of.
public enum DrawNoise: String, CaseIterable, Sendable {
  case independent
  /// Points of Sobol's sequence, shifted anew at every step.
  case sobol
}

/// The floating-point type of a run's parameters and steps; the yardstick is always float64.
public enum Precision: String, CaseIterable, Sendable {
  case float32, float64
}

/// Which steps are recorded; the first and the last always are.
public struct RecordSettings: Configurable {
  public var every = 1
  public var gradientNoise: Int?
  public static var options: [Option<Self>] {
    [
      .integer("every", \.every, 1...Int.max, "record every so many steps, and the last"),
      .integer(
        "gradient_noise", \.gradientNoise, 1...Int.max,
        "measure the noise of every estimator that applies every so many steps; null: never"),
    ]
  }
  public init() {}
}
