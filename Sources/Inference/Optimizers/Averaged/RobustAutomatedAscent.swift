/// RAABBVI: ascent at a fixed learning rate until the iterates are stationary and their average is accurate, again at ever smaller rates, until
/// the next one would cost more than it is expected to gain (Welandawe, Andersen, Vehtari & Huggins 2022, algorithms 1 and 2).
///
/// The iterates move by averaged Adam: the mean of the gradients decays, and that of their squares is over all steps at the rate, so that the
/// limit of the averages is off by no more than the rate's order (Mukkamala & Hein 2017, §4).
public struct RobustAutomatedAscent: Optimizer {
  public static let name = "raabbvi"
  public static let summary =
    "averaged iterates at falling rates, until a smaller one does not pay (Welandawe et al. 2022)"
  /// Of the first ascent steps; nil: 0.3, or where unit triangles move, which do not stand updates as large as locations and log scales do,
  /// 0.03.
  public var learningRate: Double?
  public var decay = 0.5
  public var accuracy = 0.1
  public var inefficiency = 1.0
  public var standardError = 0.1
  public var window = 200
  public var smallSteps = 1000
  public var beta1 = 0.9
  public var kappa: Double? = 1
  public static var options: [Option<Self>] {
    [
      .number(
        "learning_rate", \.learningRate, .positive,
        "size of the first ascent steps; null: 0.3 of mean-field, 0.03 of Gaussians with correlations"),
      .number(
        "decay", \.decay, Bounds(lower: 0, upper: 1, includesLower: false, includesUpper: false),
        "factor of the learning rate and of mcse, once the average is accurate at a rate"),
      .number(
        "accuracy", \.accuracy, .positive,
        "root of the symmetrized KL from the result to the optimum that is small enough"),
      .number(
        "inefficiency", \.inefficiency, .positive,
        "ends the run where the gain expected of a smaller rate times its cost, both relative, is above"),
      .number(
        "mcse", \.standardError, .positive,
        "largest standard error of the average at the first rate; locations in units of the scales"),
      .integer("window", \.window, 20...1_000_000, "fewest iterates that are averaged"),
      .integer(
        "small_steps", \.smallSteps, 0...1_000_000_000,
        "steps at a rate that count as cheap, however many more the next needs"
      ),
      .number("beta1", \.beta1, .decay, "decay of the mean of the gradients"),
      .number(
        "kappa", \.kappa, .fraction,
        "power of the rate by which the root of the symmetrized KL falls; null: fitted"),
    ]
  }

  public init() {}

  func firstRate(of family: any FactoredGaussian) -> Double {
    learningRate ?? (family is MeanField ? 0.3 : 0.03)
  }
}

extension RobustAutomatedAscent {
  /// The families whose iterates can be averaged and compared.
  static var families: [String] {
    Registry.families.entries.map(\.description.name).filter { name in
      var ignored: [SettingsProblem] = []
      return Registry.families.make(.text(name), at: [], problems: &ignored) is any FactoredGaussian
    }
  }
}
