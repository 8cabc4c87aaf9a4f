import NumericArrays

/// Where a fit starts: given values, the prior, the posterior where it is tractable, or a Gaussian fitted to it.
public enum InitialChoice: Sendable, Hashable {
  case values(InitialValues)
  case prior
  case posterior
  case fitted

  static let names = ["prior", "posterior", "fitted"]

  var configValue: ConfigValue {
    switch self {
    case .values(let values): .mapping(values.configuration)
    case .prior: .text("prior")
    case .posterior: .text("posterior")
    case .fitted: .text("fitted")
    }
  }

  /// The Gaussian to start near; nil where it has yet to be fitted.
  func start(for model: any Model) throws(SettingsProblem) -> GaussianStart? {
    switch self {
    case .values(let values):
      return try values.start(dimension: model.dimension)
    case .prior:
      if let moments = model.priorMoments { return moments }
      throw SettingsProblem(
        path: ["initial"], what: "the prior of '\(model.modelName)' has no moments to start from",
        fix: "use {location: …, scale: …}")
    case .posterior:
      if let posterior = model.posterior { return posterior.moments }
      throw SettingsProblem(
        path: ["initial"], what: "the posterior of '\(model.modelName)' is not tractable",
        fix: (model.priorMoments == nil ? "use " : "use prior or ")
          + "{location: …, scale: …}, or a model with a tractable posterior: "
          + Registry.models.namesWithPosterior.joined(separator: ", "))
    case .fitted:
      return nil
    }
  }
}

/// Locations and scales to start from, one for all latents or one each, on the unconstrained scale.
public struct InitialValues: Configurable, Hashable {
  public var location: [Double] = [0]
  public var scale: [Double] = [0.1]
  public static var options: [Option<Self>] {
    [
      .numbers("location", \.location, .any, "mean of q, one for all latents or one each"),
      .numbers("scale", \.scale, .positive, "sd of q, one for all latents or one each"),
    ]
  }
  public init() {}

  /// - Throws: where the lists are of another length.
  func start(dimension: Int) throws(SettingsProblem) -> GaussianStart {
    GaussianStart(
      mean: try spread(location, "location", dimension), sd: try spread(scale, "scale", dimension))
  }

  /// The default ones.
  static func common(dimension: Int) -> GaussianStart {
    let values = Self()
    return GaussianStart(
      mean: [Double](repeating: values.location[0], count: dimension),
      sd: [Double](repeating: values.scale[0], count: dimension))
  }

  private func spread(_ values: [Double], _ name: String, _ dimension: Int) throws(SettingsProblem)
    -> [Double]
  {
    if values.count == 1 { return [Double](repeating: values[0], count: dimension) }
    if values.count == dimension { return values }
    throw SettingsProblem(
      path: ["initial", name], what: "is a list of \(values.count)",
      fix: "give one number, or \(dimension): one for each latent")
  }
}

extension Option {
  /// The option that says where a fit starts.
  static func initial(_ name: String, _ property: Property<InitialChoice?>, _ help: String) -> Self {
    let info = OptionInfo(
      name: name, kind: .settings(InitialValues.optionInfos, orNames: InitialChoice.names), help: help,
      defaultValue: .null, isRequired: false, isOptional: true)
    return Option(
      info: info,
      store: { root, value, path, problems in
        switch value {
        case .null: root[keyPath: property] = nil
        case .text("prior"): root[keyPath: property] = .prior
        case .text("posterior"): root[keyPath: property] = .posterior
        case .text("fitted"): root[keyPath: property] = .fitted
        case .text(let text):
          problems.append(.unknownName(text, kind: "start", valid: InitialChoice.names, at: path))
        case .mapping(let mapping):
          root[keyPath: property] = .values(InitialValues(mapping, at: path, problems: &problems))
        default:
          problems.append(
            SettingsProblem.wrongKind(value, expected: "prior, posterior, fitted or {location: …, scale: …}")
              .prefixed(path))
        }
      },
      load: { $0[keyPath: property]?.configValue ?? .null })
  }
}

extension RunOptions {
  /// Whether the run searches for a Gaussian or the posterior from where it starts.
  var searchesItself: Bool {
    family.family is any PosteriorSampler || chosenOptimizer is any GaussianFinder
  }

  /// Where the run starts: near the top of the mean-field ELBO; at zero, where it searches itself, climbs one bound to its top, has latents without
  /// Gaussians, or is not to wait for hundreds of passes over all rows before its first minibatch.
  var chosenInitial: InitialChoice {
    let climbsAlone = chosenOptimizer is DeterministicInference || chosenOptimizer is CoordinateAscent
    let isPlain = searchesItself || climbsAlone || minibatch != nil || family.family is any DiscreteFamily
    return initial ?? (isPlain ? .values(InitialValues()) : .fitted)
  }
}
