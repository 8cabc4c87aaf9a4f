/// Gradients of log q at fixed draws (Glynn 1990; Williams 1992): it wants no gradient of the model. The coefficient of ∇ log q at a draw
/// is its learning signal less a control variate, which does not depend on the draw: the expectation of ∇ log q is 0.
public struct ScoreFunction: Estimator {
  /// What is taken from the learning signal of a draw.
  public enum ControlVariate: String, CaseIterable, Sendable {
    /// What the other draws of the step say (Mnih & Rezende 2016; Richter et al. 2020).
    case leaveOneOut = "leave-one-out"
    /// The mean of the signal over former steps (Mnih & Gregor 2014, §2.2).
    case runningMean = "running-mean"
    /// Besides, a coefficient of every parameter's own score, by the covariances of former steps (Ranganath, Gerrish & Blei 2014).
    case regression
  }

  public static let name = "score-function"
  public static let summary =
    "∇ log q at fixed draws, with a control variate (Mnih & Rezende 2016; Mnih & Gregor 2014)"
  public var controlVariate = ControlVariate.leaveOneOut
  public var decay: Double?
  public static var options: [Option<Self>] {
    [
      .choice(
        "control_variate", \.controlVariate,
        "what the other draws say; the mean over former steps; that and a coefficient of every parameter"),
      .number(
        "decay", \.decay, .decay,
        "share of the past in what is learned over the steps; null: 0.9, and 0.99 of regression"),
    ]
  }

  public init() {}

  public var source: GradientSource { .scores(learned) }
  public var fewestDraws: Int { controlVariate == .leaveOneOut ? 2 : 1 }

  private var learned: LearnedControlVariate? {
    switch controlVariate {
    case .leaveOneOut: nil
    case .runningMean: LearnedControlVariate(decay: decay ?? 0.9, isOfEachParameter: false)
    case .regression: LearnedControlVariate(decay: decay ?? 0.99, isOfEachParameter: true)
    }
  }
}

/// A control variate of the score function that is learned over the steps.
public struct LearnedControlVariate: Sendable, Hashable {
  /// γ: a step counts for γ of the one after it.
  public var decay: Double
  /// Whether every parameter's score has a coefficient of its own, besides the mean that all share.
  public var isOfEachParameter: Bool
}
