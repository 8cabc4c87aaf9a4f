/// DADVI: the ELBO at draws that stay the same is a function like any other, climbed to its top by L-BFGS (Giordano, Ingram & Broderick
/// 2024).
///
/// Its curvature there gives linear-response covariances (the same; Giordano, Broderick & Jordan 2018).
public struct DeterministicInference: Optimizer {
  public static let name = "dadvi"
  public static let summary =
    "the bound at fixed draws, climbed to its top by L-BFGS (Giordano, Ingram & Broderick 2024)"
  public var draws = 30
  public var history = 10
  public var linearResponse = true
  public static var options: [Option<Self>] {
    [
      .integer(
        "draws", \.draws, 1...100_000, "draws that the bound is averaged over, the same at every step"),
      .integer("history", \.history, 1...1000, "steps whose slopes the ascent remembers"),
      .boolean(
        "linear_response", \.linearResponse,
        "whether posterior_sd_lr of every variable is recorded in the end"),
    ]
  }

  public init() {}

  init(draws: Int) { self.draws = draws }
}
