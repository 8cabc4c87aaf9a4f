/// The climbs before a run's own: from how many starts, at which learning rates, and how they are judged.
public struct PilotSettings: Configurable, Hashable {
  public var starts = 1
  public var spread = 2.0
  /// nil: ``stanRates`` where the optimizer has a learning rate, else none.
  public var learningRates: [Double]?
  public var steps = 50
  public var draws = 100
  public static var options: [Option<Self>] {
    [
      .integer(
        "starts", \.starts, 1...1000, "how many starts are tried: the run's own, and others around it"),
      .number(
        "spread", \.spread, .nonNegative,
        "the other starts are uniform within so much of the location that the run's own is told or sought from"
      ),
      .numbers(
        "learning_rates", \.learningRates, .positive,
        "the rates that are tried from each start; null: 100, 10, 1, 0.1 and 0.01, if the optimizer has one"),
      .integer("steps", \.steps, 1...1_000_000, "the first steps of the run, which each climb makes"),
      .integer("draws", \.draws, 1...100_000, "draws of the ELBO that a climb is judged by"),
    ]
  }

  public init() {}

  /// Those of Stan's search (Kucukelbir, Tran, Ranganath, Gelman & Blei 2017, §2.6).
  static let stanRates = [100, 10, 1, 0.1, 0.01]

  /// How many climbs there are.
  var climbs: Int { starts * (learningRates?.count ?? 1) }
}

extension RunOptions {
  /// The pilot with its rates; nil where there is none.
  var chosenPilot: PilotSettings? {
    guard var chosen = pilot else { return nil }
    if chosen.learningRates == nil,
      (chosenOptimizer as? any GradientOptimizer)?.control.hasLearningRate == true
    {
      chosen.learningRates = PilotSettings.stanRates
    }
    return chosen
  }
}
