public import NumericArrays

/// How the parameters of a run move.
public protocol Optimizer: Component {}

/// A rule that turns gradients into ascent steps.
public protocol GradientOptimizer: Optimizer {
  var control: StepControl { get set }
  /// The number of running moments kept for each parameter.
  static var momentCount: Int { get }
  /// The factors whose powers to the number of the update are wanted.
  var decays: [Double] { get }
  /// The kind of rule that it is.
  var rule: UpdateRule { get }
}

/// What a rule moves by, besides the gradient: nothing but moments, where the run has been, or what φ says.
public enum UpdateRule: Sendable {
  case elementwise(any ElementwiseOptimizer)
  case path(any PathOptimizer)
  case locationScale(any LocationScaleOptimizer)
}

extension GradientOptimizer {
  public static var momentCount: Int { 0 }
  public var decays: [Double] { [] }
}

/// A rule for each parameter by itself.
public protocol ElementwiseOptimizer: GradientOptimizer {
  /// Moves a part of the parameters `[count, lanes]` of several runs uphill by one update.
  ///
  /// - Parameters:
  ///   - moments: `momentCount` arrays of `[count, lanes]`, one after another, zero before the first update.
  ///   - part: the parameters that are moved, of `count`.
  ///   - factors: learning rates, schedule and warm-up applied, and powers of the decays.
  func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>)
}

extension ElementwiseOptimizer {
  public var rule: UpdateRule { .elementwise(self) }
}

extension Registry where Item == any Optimizer {
  /// The optimizers: one line each.
  public static let optimizers = Registry(
    kind: .optimizer,
    entries: [
      Entry(Adam.self, as: .optimizer) { $0 },
      Entry(StochasticGradient.self, as: .optimizer) { $0 },
      Entry(RootMeanSquare.self, as: .optimizer) { $0 },
      Entry(Adagrad.self, as: .optimizer) { $0 },
      Entry(DistanceOverGradients.self, as: .optimizer) { $0 },
      Entry(DistanceOverWeightedGradients.self, as: .optimizer) { $0 },
      Entry(CoinBetting.self, as: .optimizer) { $0 },
      Entry(NaturalGradient.self, as: .optimizer) { $0 },
      Entry(ProximalGradient.self, as: .optimizer) { $0 },
      Entry(DeterministicInference.self, as: .optimizer) { $0 },
      Entry(RobustAutomatedAscent.self, as: .optimizer) { $0 },
      Entry(CoordinateAscent.self, as: .optimizer) { $0 },
      Entry(ExpectationMaximization.self, as: .optimizer) { $0 },
      Entry(LaplaceApproximation.self, as: .optimizer) { $0 },
      Entry(Pathfinder.self, as: .optimizer) { $0 },
    ])
}

/// What all optimizers share: learning rate, schedule, warm-up, clipping and averaging. Those without a learning rate have it at 1.
public struct StepControl: Sendable {
  public var learningRate: Double
  let hasLearningRate: Bool
  public var schedule = ScheduleChoice()
  public var warmUp = 0
  public var clipNorm: Double?
  /// The fraction of the last iterates that is averaged; 0 takes the last iterate.
  public var average = 0.0

  package init(learningRate: Double) {
    self.learningRate = learningRate
    hasLearningRate = true
  }

  /// Of an optimizer without a learning rate.
  init(averaging fraction: Double) {
    learningRate = 1
    hasLearningRate = false
    average = fraction
  }

  /// The learning rate at update `update` (from 0) of `total`: warm-up is linear from 0 (Goyal et al. 2017).
  package func rate(at update: Int, of total: Int) -> Double {
    let warmth = update < warmUp ? Double(update + 1) / Double(warmUp) : 1
    return learningRate * warmth * schedule.schedule.factor(at: update, of: total)
  }

  /// Whether the learning rate is the same at every update.
  var isConstant: Bool { warmUp == 0 && schedule.schedule is ConstantRate }

  /// The first iterate that is averaged, counted in updates made; nil where averaging is off.
  package func firstAveraged(of total: Int) -> Int? {
    average > 0 ? total - Int((average * Double(total)).rounded(.down)) : nil
  }
}

extension Option where Root: GradientOptimizer {
  /// The options of every optimizer with a learning rate.
  static var stepControl: [Option<Root>] {
    [
      .number("learning_rate", \.control.learningRate, .positive, "size of the ascent steps"),
      .component("schedule", \.control.schedule, "how the learning rate changes over the run"),
      .integer("warm_up", \.control.warmUp, 0...Int.max, "updates over which the rate rises linearly from 0"),
    ] + iterateControl
  }

  /// The options of every optimizer.
  static var iterateControl: [Option<Root>] {
    [
      .number(
        "clip_norm", \.control.clipNorm, .positive, "largest Euclidean norm of a gradient; null: no limit"),
      .number(
        "average", \.control.average, Bounds(lower: 0, upper: 1),
        "fraction of the last iterates averaged into the result"),
    ]
  }
}
