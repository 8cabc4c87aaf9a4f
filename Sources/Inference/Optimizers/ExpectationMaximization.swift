/// Expectation–maximisation as coordinate ascent on the bound (Dempster, Laird & Rubin 1977; Neal & Hinton 1998): every
/// odd step is an E-step, which sets q to the posterior, and every even one an M-step.
///
/// With minibatches it is stepwise: the expected statistics move towards those of each minibatch by (t + 2)^−decay
/// (Cappé & Moulines 2009, eq. 12).
public struct ExpectationMaximization: Optimizer {
  public static let name = "em"
  public static let summary = "expectation–maximisation, each half a step (Dempster, Laird & Rubin 1977)"
  public var tolerance = 1e-10
  public var starts = 1
  public var decay = 0.6
  public static var options: [Option<Self>] {
    [
      .number(
        "tolerance", \.tolerance, .nonNegative,
        "ends the run when an iteration changes the objective by less, relative to its size"),
      .integer("starts", \.starts, 1...10_000, "starts that are tried; the best one is recorded"),
      .number(
        "decay", \.decay, Bounds(lower: 0.5, upper: 1, includesLower: false),
        "how fast the steps of minibatches shrink"),
    ]
  }

  public init() {}
}
