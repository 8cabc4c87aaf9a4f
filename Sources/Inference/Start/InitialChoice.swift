import NumericArrays

/// Where a fit starts: given values, the prior, or the posterior where it is tractable.
public enum InitialChoice: Sendable, Hashable {
  case values(InitialValues)
  case prior
  case posterior

  static let names = ["prior", "posterior"]

  var configValue: ConfigValue {
    switch self {
    case .values(let values): .mapping(values.configuration)
    case .prior: .text("prior")
    case .posterior: .text("posterior")
    }
  }

  /// The Gaussian to start near.
  func start(for model: any Model) throws(SettingsProblem) -> GaussianStart {
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

  func start(dimension: Int) throws(SettingsProblem) -> GaussianStart {
    GaussianStart(
      mean: try spread(location, "location", dimension), sd: try spread(scale, "scale", dimension))
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
  static func initial(_ name: String, _ property: Property<InitialChoice>, _ help: String) -> Self {
    let info = OptionInfo(
      name: name, kind: .settings(InitialValues.optionInfos, orNames: InitialChoice.names), help: help,
      defaultValue: Root()[keyPath: property].configValue, isRequired: false, isOptional: false)
    return Option(
      info: info,
      store: { root, value, path, problems in
        switch value {
        case .text("prior"): root[keyPath: property] = .prior
        case .text("posterior"): root[keyPath: property] = .posterior
        case .text(let text):
          problems.append(.unknownName(text, kind: "start", valid: InitialChoice.names, at: path))
        case .mapping(let mapping):
          root[keyPath: property] = .values(InitialValues(mapping, at: path, problems: &problems))
        default:
          problems.append(
            SettingsProblem.wrongKind(value, expected: "prior, posterior or {location: …, scale: …}")
              .prefixed(path))
        }
      },
      load: { $0[keyPath: property].configValue })
  }
}
