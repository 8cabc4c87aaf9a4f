/// The gradient of the recorded estimate itself, through the draws (Kingma & Welling 2014; Rezende, Mohamed & Wierstra 2014).
public struct Reparameterization: Estimator {
  public static let name = "reparameterization"
  public static let summary = "gradients through the draws (Kingma & Welling 2014)"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var source: GradientSource { .estimate }
}
