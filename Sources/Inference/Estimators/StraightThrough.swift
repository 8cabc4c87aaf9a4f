/// The model's slopes at draws as they are, and the draws' slopes by their relaxation (Bengio, Léonard & Courville 2013; Jang, Gu &
/// Poole 2017, section 2.2): biased, and no temperature takes the bias away unless the model is at most
/// quadratic along each latent.
public struct StraightThrough: Estimator {
  public static let name = "straight-through"
  public static let summary = "slopes at draws, passed through their relaxation; biased (Jang et al. 2017)"
  public var temperature = 0.5
  public static var options: [Option<Self>] {
    [.number("temperature", \.temperature, .positive, "of the relaxation that the slopes pass through")]
  }

  public init() {}

  public var source: GradientSource { .relaxation(temperature: temperature, isStraight: true) }
}
