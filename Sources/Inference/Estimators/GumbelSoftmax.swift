/// Gradients through draws of discrete latents that are relaxed to numbers between 0 and 1 (Jang, Gu & Poole 2017; Maddison, Mnih & Teh
/// 2017): biased, the less the lower the temperature, at the price of variance.
public struct GumbelSoftmax: Estimator {
  public static let name = "gumbel-softmax"
  public static let summary = "through relaxed draws of discrete latents; biased (Jang et al. 2017)"
  public var temperature = 0.5
  public static var options: [Option<Self>] {
    [.number("temperature", \.temperature, .positive, "of the relaxation; draws are as they are at 0")]
  }

  public init() {}

  public var source: GradientSource { .relaxation(temperature: temperature, isStraight: false) }
}
