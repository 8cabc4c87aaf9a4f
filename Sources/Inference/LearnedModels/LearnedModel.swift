public import NumericArrays
public import ReverseTape

/// A model with parameters θ to learn and a latent of its own for every datum: log p(x, z; θ) = Σ_i log p(x_i, z_i; θ).
///
/// Everything is traced for one datum and one draw of its latent, in nats per datum; the bound maps it over the data.
/// Where a closed form is left out, the term is sampled.
public protocol LearnedModel: Sendable {
  associatedtype Options: LearnedModelOptions
  /// The name in sweep files: lower case with hyphens.
  static var name: String { get }
  /// One line that says what it is.
  static var summary: String { get }
  /// Whether the posterior of each latent is tractable.
  static var hasTractablePosterior: Bool { get }
  /// The floating-point type of a fit where the run does not name one.
  static var defaultPrecision: Precision { get }
  /// Options and data that make a small instance: for the tests that run over all models.
  static var example: (options: Options, data: DataArray) { get }

  /// - Throws: a problem whose path starts at the model's options.
  init(_ options: Options, shape: LearningData.Shape) throws(SettingsProblem)
  /// Refuses data that the likelihood does not allow or that leave θ without a maximum.
  func check(_ data: LearningData) throws(SettingsProblem)
  /// Refuses rows that the likelihood does not allow, whatever θ.
  func check(_ rows: DataRows, shape: LearningData.Shape, option: String) throws(SettingsProblem)

  /// θ, by named arrays.
  var parameters: ParameterBlocks { get }
  /// The numbers of a datum.
  var dataWidth: Int { get }
  /// The number of latents of a datum.
  var latentCount: Int { get }
  /// θ to start from.
  ///
  /// - Parameters:
  ///   - noise: the seed's stream of starting values.
  ///   - start: which of several starts.
  func initialParameters(_ data: DataRows, noise: NoiseStream, start: Int) throws(DegenerateModel) -> [Double]

  /// What turns a datum into the φ of a Gaussian family; nil where the latents are not Gaussian.
  func encoder(for family: any EncodedFamily) -> Encoder?

  /// Why the model cannot be used with a family that an encoder could give; nil where it can.
  func obstacle(with family: any Family) -> SettingsProblem?

  /// Why θ cannot be learned by an optimizer; nil where it can.
  func obstacle(with optimizer: any Optimizer) -> SettingsProblem?

  /// log p(x given z; θ).
  func logLikelihood(_ x: Traced, _ z: Traced, _ theta: ParameterView) -> Traced
  /// E_q[log p(x given z; θ)] in closed form.
  func expectedLogLikelihood(_ x: Traced, _ q: LatentDistribution, _ theta: ParameterView) -> Traced?
  /// log p(z; θ).
  ///
  /// - Parameter encode: φ of a family for data in the columns of a shared matrix, for priors made of posteriors.
  func logPrior(_ z: Traced, _ theta: ParameterView, encode: (Traced) -> Traced) -> Traced
  /// E_q[log p(z; θ)] in closed form.
  func expectedLogPrior(_ q: LatentDistribution, _ theta: ParameterView) -> Traced?
  /// KL[q ‖ p(z; θ)] in closed form by a formula of its own; where nil, it follows from the entropy and the expected
  /// log prior when both are closed.
  func priorDivergence(_ q: LatentDistribution, _ theta: ParameterView) -> Traced?
  /// KL[q ‖ p(z)] of each latent `[latents]`, given those before it where q does not have them independent, so that they sum to the
  /// whole; nil where they are not closed.
  func latentDivergences(_ q: LatentDistribution) -> Traced?
  /// E[x given z; θ] `[width]`.
  func mean(_ z: Traced, _ theta: ParameterView) -> Traced

  /// A draw of z from p(z; θ).
  ///
  /// - Parameter posteriorDraw: a draw of q(z given x) from the noise of the latents, for priors made of posteriors.
  func priorDraw(_ noise: GenerationNoise, _ theta: ParameterView, posteriorDraw: (Traced) -> Traced)
    -> Traced
  /// A draw of x from p(x given z; θ) `[width]`; nil where the model draws none.
  func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced?

  /// The posterior of each latent, where it is tractable.
  var tractable: (any TractableLatents)? { get }
  /// θ as its readers know it, by named arrays: variances rather than their logs.
  ///
  /// - Parameter theta: at least the model's own parameters; what follows them is left out.
  func exported(_ theta: [Double]) -> [ExportedArray]
  /// Facts of the data that explain the model's fit, by metric and step; recorded once.
  func facts(_ data: DataRows) -> [MetricPoint]
  /// Further keys of the resolved configuration.
  var derivedConfiguration: ConfigMapping { get }
}

extension LearnedModel {
  public static var hasTractablePosterior: Bool { false }
  public static var defaultPrecision: Precision { .float64 }
  public func check(_ data: LearningData) throws(SettingsProblem) {}
  public func check(_ rows: DataRows, shape: LearningData.Shape, option: String) throws(SettingsProblem) {}
  public func encoder(for family: any EncodedFamily) -> Encoder? { nil }
  public func obstacle(with family: any Family) -> SettingsProblem? { nil }
  public func obstacle(with optimizer: any Optimizer) -> SettingsProblem? { nil }
  public func expectedLogLikelihood(_ x: Traced, _ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    nil
  }
  public func expectedLogPrior(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? { nil }
  public func priorDivergence(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? { nil }
  public func latentDivergences(_ q: LatentDistribution) -> Traced? { nil }
  public func priorDraw(
    _ noise: GenerationNoise, _ theta: ParameterView, posteriorDraw: (Traced) -> Traced
  ) -> Traced { noise.latentNormals }
  public func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced? { nil }
  public var tractable: (any TractableLatents)? { nil }
  /// The blocks of θ as they are.
  public func exported(_ theta: [Double]) -> [ExportedArray] {
    parameters.blocks.map { block in
      ExportedArray(block.name, block.dimensions, Array(theta[parameters.range(of: block.name)]))
    }
  }
  public func facts(_ data: DataRows) -> [MetricPoint] { [] }
  public var derivedConfiguration: ConfigMapping { [:] }
  var modelName: String { Self.name }
}

/// Why θ has no value: which part of the model degenerated, and what helps.
public struct DegenerateModel: Error, Sendable, Hashable, CustomStringConvertible {
  public var what: String
  public var fix: String
  public var description: String { "\(what); \(fix)" }

  public init(_ what: String, fix: String) {
    self.what = what
    self.fix = fix
  }
}

/// A recorded value of a metric that is no term of the bound.
public struct MetricPoint: Sendable, Hashable {
  public var metric: String
  public var step: Int
  public var value: Double

  public init(_ metric: String, step: Int, _ value: Double) {
    self.metric = metric
    self.step = step
    self.value = value
  }
}
