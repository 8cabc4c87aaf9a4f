import ReverseTape

/// A learned model with the parameters that a run has learned, apart from its data: it encodes, decodes and generates.
///
/// Numbers of data are those that the model was fitted to: divided, standardised and binarised as the run's options say.
public struct TrainedModel: Sendable {
  public let model: any LearnedModel
  /// What a datum is.
  public let shape: LearningData.Shape
  public let treatment: DataTreatment
  /// θ and then the encoder's parameters, by named arrays and in a row.
  public let blocks: ParameterBlocks
  public let parameters: [Double]
  /// The floating-point type of the fit, and of all that is computed here.
  public let precision: Precision
  public let familyName: String
  let posterior: LearningTask.Posterior
  /// The β whose posterior an exact q is: the run's last.
  let beta: Double

  /// What a run has learned; nil where its model has no parameters to learn.
  ///
  /// - Precondition: the parameters are those of the run.
  public init?(_ settings: RunSettings, parameters: [Double]) {
    guard case .learning(let task) = settings.task else { return nil }
    precondition(parameters.count == task.parameters.count, "parameters of another model")
    model = task.model
    shape = task.data.shape
    treatment = task.data.treatment
    blocks = task.parameters
    self.parameters = parameters
    precision = settings.precision
    familyName = settings.familyName
    posterior = task.posterior
    beta = settings.beta.value(at: settings.steps)
  }

  /// What a resolved configuration describes, without its data.
  ///
  /// - Parameters:
  ///   - configuration: as `RunSettings.configuration` has it.
  ///   - standardization: the moments of the training data, where the configuration asks for `standardize`.
  ///   - values: the elements of each parameter, row-major, by its name; others are passed over.
  /// - Throws: what is missing or does not fit.
  public init(
    configuration: ConfigMapping, shape: LearningData.Shape, standardization: DataTreatment.Standardization?,
    values: [String: [Double]]
  ) throws(SettingsProblems) {
    var problems: [SettingsProblem] = []
    let options = RunOptions(resolved: configuration, problems: &problems)
    guard problems.isEmpty, let choice = options.model else { throw SettingsProblems(problems: problems) }
    do throws(SettingsProblem) {
      guard let learned = choice.learned else {
        throw SettingsProblem(
          path: ["model"], what: "'\(choice.name)' has no parameters to learn", fix: "name a learned model")
      }
      let (source, model) = (learned.source, try learned.model(shape))
      let family = options.family.family
      guard let posterior = LearningTask.posterior(family, model) else {
        throw SettingsProblem(
          path: ["family"],
          what: "'\(type(of: family).name)' cannot be the posterior of a datum of '\(choice.name)'",
          fix: "name a family that can")
      }
      guard source.standardize == (standardization != nil),
        standardization.map({ $0.mean.count == shape.width && $0.sd.count == shape.width }) ?? true
      else {
        throw SettingsProblem(
          path: ["model", choice.name, "standardize"],
          what: "'standardize' is without the moments of the columns",
          fix: "give a mean and an sd for each")
      }
      blocks = LearningTask.blocks(model, posterior)
      parameters = try blocks.vector(values)
      treatment = DataTreatment(source, width: shape.width, standardization)
      precision = options.precision ?? type(of: model).defaultPrecision
      familyName = type(of: family).name
      self.model = model
      self.posterior = posterior
    } catch {
      throw SettingsProblems(problems: [error])
    }
    self.shape = shape
    beta = options.beta.value(at: options.steps)
  }

  /// The elements of a parameter, row-major.
  ///
  /// - Precondition: there is a parameter of that name.
  public func values(of name: String) -> [Double] { Array(parameters[blocks.range(of: name)]) }

  public var modelName: String { type(of: model).name }
}

extension ParameterBlocks {
  /// The vector of all blocks, from the elements of each.
  ///
  /// - Throws: where a block is missing or has another number of elements.
  fileprivate func vector(_ values: [String: [Double]]) throws(SettingsProblem) -> [Double] {
    var vector: [Double] = []
    for block in blocks {
      guard let elements = values[block.name] else {
        throw SettingsProblem(path: [], what: "parameter '\(block.name)' is missing", fix: "give all of them")
      }
      guard elements.count == block.shape.count else {
        throw SettingsProblem(
          path: [],
          what:
            "parameter '\(block.name)' has \(elements.count) elements, where the model has \(block.shape.count)",
          fix: "give the parameters of this model")
      }
      vector += elements
    }
    return vector
  }
}
