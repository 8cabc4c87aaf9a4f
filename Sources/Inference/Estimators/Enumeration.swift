/// The gradient of the bound itself, by the sum over all states of discrete latents: it has no noise.
public struct Enumeration: Estimator {
  public static let name = "enumeration"
  public static let summary = "the exact gradient, by the sum over all states of discrete latents"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var source: GradientSource { .enumeration }
}
