import NumericArrays
public import ReverseTape

/// A joint density p(x, z): a log likelihood and a log prior, kept apart, traced for one draw of the latents.
///
/// Densities are written on the constrained scale, all constants kept, in nats over the whole data set; the
/// log-Jacobians of the transforms are added by the bound. Where a model leaves a closed form out, the term is sampled.
public protocol Model: Sendable {
  associatedtype Options: Configurable
  /// The name in sweep files: lower case with hyphens.
  static var name: String { get }
  /// One line that says what it is.
  static var summary: String { get }

  /// Validates the options against the data and precomputes what all runs of the model share.
  ///
  /// - Throws: a problem whose path starts at the model's options.
  init(_ options: Options, data: ModelData) throws(SettingsProblem)

  /// Options and data that make a small instance, for the tests that run over all models; nil where it takes files from outside.
  static var example: (options: Options, data: ModelData)? { get }
  /// Whether instances have a tractable posterior.
  static var hasTractablePosterior: Bool { get }

  /// What the instance is called in stores: the name in sweep files, or that of the program it was read from.
  var modelName: String { get }
  /// The latent variables in the order of z.
  var latents: [Latent] { get }
  /// What its variables and factors are, for a reader: fact and value, in reading order.
  var facts: [(fact: String, value: String)] { get }
  /// What is accepted and deserves a second look, each with its place.
  var warnings: [String] { get }
  /// The names of what a reader of the posterior is told of, one a number: the latents, numbered from 1 where they have several
  /// elements, as in `theta.3`.
  var variableNames: [String] { get }
  /// Their values on the scale that the model is written in, `[variableNames.count]`.
  func variables(_ draw: LatentDraw) -> Traced
  /// The number of observations.
  var observationCount: Int { get }
  /// The observations by named columns, where the likelihood is a sum over rows that can be subsampled.
  var rows: RowData? { get }

  /// Why the prior and the likelihood cannot be told apart, as a clause; nil where they can. Of such a model `logJoint` alone is
  /// recorded, in the form joint-entropy at β = 1.
  var opaqueReason: String? { get }

  /// log p(x, z) on the constrained scale, a scalar per draw.
  func logJoint(_ draw: LatentDraw) -> Traced
  /// log p(x given z), a scalar per draw; unscaled sum over the rows it is given.
  func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced
  /// log p(z) on the constrained scale, a scalar per draw.
  func logPrior(_ draw: LatentDraw) -> Traced

  /// E_q[log p(x given z)] in closed form for a Gaussian q on the unconstrained scale.
  func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced?
  /// The same for the final evaluation alone, where it is too costly for every step.
  func finalExpectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced?
  /// E_q[log p(z)] in closed form, with the log-Jacobian of the transforms.
  func expectedLogPrior(_ q: GaussianMoments) -> Traced?
  /// KL[q ‖ p(z)] in closed form by a formula of its own; where nil, it follows from the entropy and the expected
  /// log prior when both are closed.
  func priorDivergence(_ q: GaussianMoments) -> Traced?

  /// log p(x), where it is known.
  var evidence: Evidence? { get }
  /// The posterior and its tempered versions, where they are tractable.
  var posterior: (any TractablePosterior)? { get }
  /// The means and standard deviations of the posterior by other means than a fit, where there are any.
  var reference: ReferenceMoments? { get }
  /// The prior's mean and covariance on the unconstrained scale, where it has them.
  var priorMoments: GaussianStart? { get }
}

extension Model {
  public static var hasTractablePosterior: Bool { false }
  public var facts: [(fact: String, value: String)] {
    latents.map { latent in
      (
        "latent \(latent.name)",
        "\(latent.count) \(latent.count == 1 ? "value" : "values"), \(latent.support.description)"
      )
    }
  }
  public var warnings: [String] { [] }
  public var variableNames: [String] {
    latents.flatMap { latent in
      latent.count == 1 ? [latent.name] : (1...latent.count).map { "\(latent.name).\($0)" }
    }
  }
  public func variables(_ draw: LatentDraw) -> Traced {
    Traced.concatenated(latents.map { draw[$0.name] })
  }
  public var rows: RowData? { nil }
  public var opaqueReason: String? { nil }
  public func logJoint(_ draw: LatentDraw) -> Traced {
    logLikelihood(draw, ObservedRows(all: rows, on: draw.unconstrained.tape)) + logPrior(draw)
  }
  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? { nil }
  public func finalExpectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? { nil }
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { nil }
  public func priorDivergence(_ q: GaussianMoments) -> Traced? { nil }
  public var evidence: Evidence? { nil }
  public var posterior: (any TractablePosterior)? { nil }
  public var reference: ReferenceMoments? { nil }
  public var priorMoments: GaussianStart? { nil }

  /// The number of unconstrained latents.
  public var dimension: Int { latents.reduce(0) { $0 + $1.count } }
  public var modelName: String { Self.name }
}

/// A latent variable of a model: a name, a number of elements and where they live.
public struct Latent: Hashable, Sendable {
  public var name: String
  public var count: Int
  public var support: Support

  public init(_ name: String, count: Int = 1, _ support: Support = .real) {
    self.name = name
    self.count = count
    self.support = support
  }
}

/// log p(x) in nats, with a standard error where it is an estimate.
public struct Evidence: Hashable, Sendable {
  public var logValue: Double
  public var standardError: Double?

  public init(logValue: Double, standardError: Double? = nil) {
    self.logValue = logValue
    self.standardError = standardError
  }
}
