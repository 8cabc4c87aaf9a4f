public struct SettingsProblems: Error, Sendable {
  public var problems: [SettingsProblem]
}
public final class SettingsResolver {
  let tables: any TableSource
  public init(tables: any TableSource) { self.tables = tables }
  public func resolve(_ run: ConfigMapping) throws(SettingsProblems) -> RunSettings {
    var problems: [SettingsProblem] = []
    let settings = StubSettings(run, at: [], problems: &problems)
    var configuration = settings.configuration
    if case .mapping(let model) = configuration["model"], var inner = model.entries[0].value.asMapping,
      let path = inner["data"]?.asText
    {
      do throws(SettingsProblem) {
        let table = try tables.table(at: path)
        inner["data_digest"] = .text(table.digest)
        if let target = inner["target"]?.asText { _ = try table.values(of: target, option: "target") }
        configuration["model"] = .mapping([model.entries[0].key: .mapping(inner)])
      } catch {
        problems.append(error.prefixed(["model", model.entries[0].key]))
      }
    }
    if settings.form == .evidence, settings.model.name == "eight-schools" {
      problems.append(
        SettingsProblem(path: ["form"], what: "form 'evidence-gap' needs a tractable posterior, which 'eight-schools' has not", fix: "use it with conjugate-normal"))
    }
    if !problems.isEmpty { throw SettingsProblems(problems: problems) }
    return RunSettings(configuration: configuration)
  }
}
public struct RunSettings: Sendable {
  public var configuration: ConfigMapping
  public static var optionInfos: [OptionInfo] { StubSettings.optionInfos }
}
public enum Catalog {
  static let names: [ComponentKind: [ComponentDescription]] = [
    .model: [EightSchools.description(as: .model), Conjugate.description(as: .model), Linear.description(as: .model)],
    .family: [Mean.description(as: .family), Full.description(as: .family), Low.description(as: .family)],
    .optimizer: [AdamStub.description(as: .optimizer), SGD.description(as: .optimizer)],
    .betaSchedule: [LinearB.description(as: .betaSchedule)],
  ]
  public static func components(of kind: ComponentKind) -> [ComponentDescription] { names[kind] ?? [] }
}
struct EightSchools: Component {
  static let name = "eight-schools"
  static let summary = "eight schools"
  enum P: String, CaseIterable { case centered, noncentered }
  var parameterization = P.noncentered
  static var options: [Option<Self>] { [.choice("parameterization", \.parameterization, "how")] }
}
struct Conjugate: Component {
  static let name = "conjugate-normal"
  static let summary = "unknown mean"
  var priorSD = 1.0
  static var options: [Option<Self>] { [.number("prior_sd", \.priorSD, .positive, "prior sd")] }
}
struct Linear: Component {
  static let name = "bayesian-linear-regression"
  static let summary = "regression"
  var data: String?
  var target: String?
  var features: [String]?
  var noiseSD = 1.0
  static var options: [Option<Self>] {
    [
      .table("data", \.data, required: true, "the table"), .text("target", \.target, required: true, "column"),
      .texts("features", \.features, "columns"), .number("noise_sd", \.noiseSD, .positive, "noise"),
    ]
  }
}
struct Mean: Component {
  static let name = "mean-field"
  static let summary = "mf"
  static var options: [Option<Self>] { [] }
}
struct Full: Component {
  static let name = "full-rank"
  static let summary = "fr"
  static var options: [Option<Self>] { [] }
}
struct Low: Component {
  static let name = "low-rank"
  static let summary = "lr"
  var rank = 1
  static var options: [Option<Self>] { [.integer("rank", \.rank, 1...100, "rank")] }
}
struct AdamStub: Component {
  static let name = "adam"
  static let summary = "adam"
  var rate = 0.01
  var beta1 = 0.9
  static var options: [Option<Self>] {
    [.number("learning_rate", \.rate, .positive, "rate"), .number("beta1", \.beta1, .decay, "decay")]
  }
}
struct SGD: Component {
  static let name = "sgd"
  static let summary = "sgd"
  var rate = 0.01
  static var options: [Option<Self>] { [.number("learning_rate", \.rate, .positive, "rate")] }
}
struct LinearB: Component {
  static let name = "linear"
  static let summary = "linear"
  var from = 0.0
  static var options: [Option<Self>] { [.number("from", \.from, .nonNegative, "start")] }
}
struct StubChoice<K: StubKind>: ComponentChoice {
  static var kind: ComponentKind { K.kind }
  var name: String
  var options = ConfigMapping()
  init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    if K.kind == .betaSchedule, let number = value.asNumber {
      name = ""
      options = ["value": .number(number)]
      if number < 0 {
        problems.append(SettingsProblem(path: path, what: "is \(number.shortest)", fix: "use a number from 0, or a schedule"))
      }
      return
    }
    let all = Catalog.components(of: K.kind)
    guard
      let reference = ComponentReference(
        value, kind: K.kind, valid: all.map(\.name), at: path, problems: &problems)
    else { return nil }
    name = reference.name
    let types: [any Component.Type] = [
      EightSchools.self, Conjugate.self, Linear.self, Mean.self, Full.self, Low.self, AdamStub.self, SGD.self, LinearB.self,
    ]
    for type in types where type.name == name {
      options = type.init(reference.options, at: reference.path, problems: &problems).configuration
    }
  }
  init(name: String) { self.name = name }
  var configValue: ConfigValue {
    if name.isEmpty { return options["value"] ?? .null }
    return options.isEmpty ? .text(name) : .mapping([name: .mapping(options)])
  }
}
protocol StubKind: Sendable { static var kind: ComponentKind { get } }
enum KM: StubKind { static let kind = ComponentKind.model }
enum KF: StubKind { static let kind = ComponentKind.family }
enum KO: StubKind { static let kind = ComponentKind.optimizer }
enum KB: StubKind { static let kind = ComponentKind.betaSchedule }
struct StubSettings: Configurable {
  enum F: String, CaseIterable { case joint = "joint-entropy", reconstruction = "reconstruction-kl", evidence = "evidence-gap" }
  var model = StubChoice<KM>(name: "conjugate-normal")
  var family = StubChoice<KF>(name: "mean-field")
  var form = F.reconstruction
  var optimizer = StubChoice<KO>(name: "adam")
  var beta = { var problems: [SettingsProblem] = []; return StubChoice<KB>(.number(1), at: [], problems: &problems)! }()
  var samples = 8
  var steps = 1000
  static var options: [Option<Self>] {
    [
      .component("model", \.model, "the model"), .component("family", \.family, "the family"),
      .choice("form", \.form, "form"), .component("optimizer", \.optimizer, "optimizer"),
      .component("beta", \.beta, "weight on the KL to the prior"), .integer("samples", \.samples, 1...1_000_000, "samples"),
      .integer("steps", \.steps, 0...Int.max, "steps"),
    ]
  }
}
