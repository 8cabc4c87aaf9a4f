import Inference
import Testing

/// A model as a run names it, with its tables.
struct ModelCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var configuration: ConfigValue
  var tables: [String: DataTable] = [:]

  /// The example of every registered model, and variants that take other branches of their code.
  static let all =
    Registry<ModelChoice>.modelTypes.compactMap { example($0) } + [
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

/// Every registered family, and the low-rank one at another rank; not the sampler, which has no q.
let familyCases: [ConfigValue] =
  Catalog.components(of: .family).map(\.name).filter { $0 != NoUTurn.name }.map { .text($0) }
  + [["low-rank": ["rank": 1]]]

/// The families that are Gaussian with parameters to fit.
let gaussianFamilies: [ConfigValue] = ["mean-field", "full-rank", "low-rank", ["low-rank": ["rank": 1]]]
