/// What a run does: infers the latents of a model, learns the parameters of a model beside the latents of every datum, or
/// has a program do so.
public enum RunTask: Sendable {
  case inference(InferenceTask)
  case learning(LearningTask)
  case program(ProgramTask)

  var modelName: String {
    switch self {
    case .inference(let task): task.model.modelName
    case .learning(let task): task.model.modelName
    case .program(let task): task.modelName
    }
  }

  var defaultSamples: Int {
    switch self {
    case .inference, .program: 8
    case .learning: 1
    }
  }

  var defaultPrecision: Precision {
    switch self {
    case .inference, .program: .float64
    case .learning(let task): type(of: task.model).defaultPrecision
    }
  }
}

/// A posterior approximated by a member of a family.
public struct InferenceTask: Sendable {
  public let model: any Model
  public let family: any Family
  /// Where the fit starts.
  public let start: FitStart
  /// What the data were drawn from; nil where they are given.
  public var truth: SimulatedTruth?
}

/// A model fitted to data together with a posterior for every datum.
public struct LearningTask: Sendable {
  /// Where the posterior of a datum comes from.
  public enum Posterior: Sendable {
    /// It is exact.
    case exact(any TractableLatents)
    /// A family whose φ an encoder gives.
    case encoded(any EncodedFamily, Encoder)
  }

  public let model: any LearnedModel
  public let data: LearningData
  public let posterior: Posterior
  public let evaluation: EvaluationSettings
  /// θ and then the encoder's parameters.
  public let parameters: ParameterBlocks

  init(
    model: any LearnedModel, data: LearningData, posterior: Posterior, evaluation: EvaluationSettings
  ) {
    self.model = model
    self.data = data
    self.posterior = posterior
    self.evaluation = evaluation
    parameters = Self.blocks(model, posterior)
  }

  static func blocks(_ model: any LearnedModel, _ posterior: Posterior) -> ParameterBlocks {
    switch posterior {
    case .exact: model.parameters
    case .encoded(_, let encoder): ParameterBlocks(model.parameters.blocks + encoder.parameters.blocks)
    }
  }
}

/// When a learned model is evaluated besides its steps, and how.
public struct EvaluationSettings: Configurable, Hashable {
  public var every: Int?
  public var nllSamples = 0
  public var activeVariance = 0.01
  /// 0: none.
  public var amortizationGap = 0
  public static var options: [Option<Self>] {
    [
      .integer(
        "every", \.every, 1...Int.max, "evaluate the held-out data every so many steps; null: at the end"),
      .integer(
        "nll_samples", \.nllSamples, 0...1_000_000,
        "importance samples per datum of the final log likelihood of the held-out data; 0: none"),
      .number(
        "active_variance", \.activeVariance, .nonNegative,
        "a latent is active where the variance of its posterior mean is above this (Burda et al. 2016)"),
      .integer(
        "amortization_gap", \.amortizationGap, 0...100_000,
        "held-out data whose encoded q is compared with their own best at the end (Cremer et al. 2018); 0: none"
      ),
    ]
  }
  public init() {}
}
