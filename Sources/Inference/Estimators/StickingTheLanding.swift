/// Gradients through the draws alone, φ in log q held fixed: what is left out has expectation 0, and what is left has no variance
/// where q is the posterior (Roeder, Wu & Duvenaud 2017).
public struct StickingTheLanding: Estimator {
  public static let name = "stl"
  public static let summary = "through the draws alone, φ in log q held fixed (Roeder, Wu & Duvenaud 2017)"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var source: GradientSource { .paths }
}
