/// Gradients of log q at fixed draws, with what the other draws say as control variate (Mnih & Rezende 2016; Richter et al. 2020): it
/// wants no gradient of the model.
public struct ScoreFunction: Estimator {
  public static let name = "score-function"
  public static let summary = "∇ log q at fixed draws, leave-one-out control variate (Mnih & Rezende 2016)"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var source: GradientSource { .scores }
  public var fewestDraws: Int { 2 }
}
