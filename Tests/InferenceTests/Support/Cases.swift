import Inference
import Testing

/// A model as a run names it, with its tables.
struct ModelCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var configuration: ConfigValue
  var tables: [String: DataTable] = [:]

  /// The example of every registered model of discrete latents, and variants that take other branches of their code.
  static let discrete =
    Registry<ModelChoice>.modelTypes.filter { $0 is any DiscreteModel.Type }.compactMap { example($0) } + [
      ModelCase(testDescription: "spins without data", configuration: ["ising": ["field": 0.3]])
    ]

  /// The example of every registered model of continuous latents, and variants that take other branches of their code.
  static let all =
    Registry<ModelChoice>.modelTypes.filter { !($0 is any DiscreteModel.Type) }.compactMap { example($0) } + [
      ModelCase(
        testDescription: "eight schools, centered",
        configuration: ["eight-schools": ["parameterization": "centered", "tau_prior": "half-normal"]]),
      ModelCase(
        testDescription: "eight schools, exponential scale",
        configuration: ["eight-schools": ["tau_prior": "exponential"]]),
      ModelCase(
        testDescription: "narrow funnel", configuration: ["neals-funnel": ["width": 2, "scale": 1.5]]),
      ModelCase(
        testDescription: "four correlated variables",
        configuration: ["correlated-gaussian": ["dimension": 4, "correlation": -0.2]]),
      ModelCase(
        testDescription: "one variable",
        configuration: ["correlated-gaussian": ["dimension": 1]]),
    ]

  static func example<M: Model>(_ type: M.Type) -> ModelCase? {
    guard let (options, data) = M.example else { return nil }
    return ModelCase(
      testDescription: M.name, configuration: [M.name: .mapping(options.configuration)],
      tables: Dictionary(uniqueKeysWithValues: data.tables.values.map { ($0.name, $0) }))
  }

  func settings(_ run: ConfigMapping) throws -> RunSettings {
    let named: ConfigMapping = ["model": configuration]
    return try InferenceTests.settings(named.with(run), tables: tables)
  }

  /// The settings, or nil where they are refused.
  func accepted(_ run: ConfigMapping) -> RunSettings? { try? settings(run) }
}

/// Every registered family over continuous latents, as it is, or small and in variants that take other branches of its code; not the
/// samplers, which have no q.
let familyCases: [ConfigValue] = Catalog.components(of: .family).map(\.name)
  .filter { !samplers.contains($0) && !discreteFamilies.contains(.text($0)) }
  .flatMap { familyVariants[$0] ?? [.text($0)] }

/// The registered families over discrete latents.
let discreteFamilies: [ConfigValue] = Catalog.components(of: .family).map { .text($0.name) }.filter {
  family in
  ModelCase.discrete.contains { $0.accepted(["family": family])?.family is any DiscreteFamily }
}

/// The names of the registered families that are the posterior itself, by draws or by integrals.
let samplers: [String] = Catalog.components(of: .family).map(\.name).filter {
  (try? settings(["model": "banana", "family": .text($0)]))?.family is any PosteriorSampler
}

/// Small ones keep the tests over all models fast.
private let familyVariants: [String: [ConfigValue]] = [
  "low-rank": ["low-rank", ["low-rank": ["rank": 1]]],
  "student-t": ["student-t", ["student-t": ["degrees": 4, "base": "mean-field"]]],
  "mixture": [
    ["mixture": ["components": 2]], ["mixture": ["components": 3, "base": "full-rank"]],
    ["mixture": ["components": 1]],
  ],
  "planar": [["planar": ["layers": 2]]],
  "radial": [["radial": ["layers": 2, "base": "full-rank"]]],
  "sylvester": [
    ["sylvester": ["layers": 2, "width": 3, "reflections": 2]],
    ["sylvester": ["layers": 1, "width": 1, "reflections": 1, "base": "full-rank"]],
  ],
  "householder": [["householder": ["layers": 2]]],
  "real-nvp": [["real-nvp": ["layers": 3, "hidden": 3]]],
  "inverse-autoregressive": [
    ["inverse-autoregressive": ["layers": 2, "hidden": 4]],
    ["inverse-autoregressive": ["layers": 1, "hidden": 2, "base": "full-rank"]],
  ],
  "masked-autoregressive": [["masked-autoregressive": ["layers": 2, "hidden": 4]]],
  "neural-spline": [["neural-spline": ["layers": 2, "hidden": 2, "bins": 3, "bound": 2]]],
]

/// A run of a family by gradients, which are not what climbs the factors of `conjugate` where nothing is said.
func climbed(_ family: ConfigValue) -> ConfigMapping {
  let run: ConfigMapping = ["family": family]
  return family == "conjugate" ? run.with(["optimizer": "adam"]) : run
}

/// The families that are Gaussian with parameters to fit.
let gaussianFamilies: [ConfigValue] = [
  "mean-field", "full-rank", "low-rank", ["low-rank": ["rank": 1]], "block-diagonal", "householder",
]

/// The flows that bend noise: every registered one, small, and with its own defaults.
let flowCases: [ConfigValue] =
  familyCases.filter { (try? settings(["model": "banana", "family": $0]))?.family is any Flow }
  + Catalog.components(of: .family).map { .text($0.name) }
  .filter { (try? settings(["model": "banana", "family": $0]))?.family is any Flow }

/// The optimizers that ascend by gradients and go with a family.
func gradientOptimizers(for family: ConfigValue = "mean-field") -> [String] {
  Catalog.components(of: .optimizer).map(\.name).filter {
    let settings = try? settings(["model": conjugateNormal, "family": family, "optimizer": .text($0)])
    return settings?.optimizer is any GradientOptimizer
  }
}

/// An optimizer with those of some options that it has.
func optimizer(_ name: String, rate: Double, _ more: ConfigMapping = [:]) -> ConfigValue {
  let own = Catalog.components(of: .optimizer).first { $0.name == name }?.options.map(\.name) ?? []
  var options = ConfigMapping()
  for entry in more.with(["learning_rate": .number(rate)]).entries where own.contains(entry.key) {
    options[entry.key] = entry.value
  }
  return .mapping([name: .mapping(options)])
}
