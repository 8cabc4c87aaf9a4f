import FileFormats
public import ReverseTape
import StanLanguage
package import StanTracing

/// A program in the Stan language with its data.
public struct StanModel: Model {
  public struct Options: Configurable {
    public var program: String?
    public var data = ConfigValue.null
    public var name: String?
    public static var options: [Option<Self>] {
      [
        .program(
          "program", \.program, required: true, "the path of a Stan program, or its text in a block after |"),
        .fileOrValues("data", \.data, "the path of its data as JSON, or a mapping of names to values"),
        .text("name", \.name, "what to call the model; default: the program's file without its ending"),
      ]
    }
    public init() {}
  }

  public static let name = "stan"
  public static let summary = "a program in the Stan language with its data, traced natively"
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.program = """
      data { int<lower=0> N; vector[N] y; }
      parameters { real mu; real<lower=0> sigma; }
      model {
        mu ~ normal(0, 5);
        sigma ~ exponential(1);
        y ~ normal(mu, sigma);
      }
      """
    options.data = .mapping(["N": .integer(4), "y": .list([1.5, -0.5, 2, 0.25].map(ConfigValue.number))])
    return (options, ModelData())
  }

  /// The program, checked and traced.
  package let traced: TracedProgram
  public let modelName: String
  public let latents: [Latent]
  public let opaqueReason: String?
  /// What others found of the posterior.
  public internal(set) var reference: ReferenceMoments?
  /// What is missing beside the program and its data.
  var notes: [String] = []

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let file = data.files["program"]
    let source = StanSource(
      name: file?.name ?? "program",
      text: file.map { String(decoding: $0.bytes, as: UTF8.self) } ?? options.program ?? "")
    traced = try Self.traced(source, try Self.values(options, data))
    modelName = options.name ?? file.map { Self.baseName(of: $0.name) } ?? Self.name
    latents = traced.parameters.compactMap { parameter in
      parameter.freeCount > 0 ? Latent(parameter.name, count: parameter.freeCount) : nil
    }
    opaqueReason = traced.mixedFactor.map { factor in
      "the factor at \(source.name):\(source.lineNumber(of: factor.range.start)) depends on data, but not as the density of an outcome"
    }
  }

  private static func traced(_ source: StanSource, _ data: StanData) throws(SettingsProblem) -> TracedProgram
  {
    do throws(StanProblems) {
      let program = try StanProgram.parse(source)
      do throws(StanDiagnostic) {
        return try TracedProgram(program, data: data)
      } catch {
        throw StanProblems([error])
      }
    } catch {
      throw SettingsProblem(
        path: ["program"], what: "'\(source.name)' is not accepted",
        fix: error.problems.count == 1 ? "mend the line below" : "mend the lines below",
        detail: error.problems.map { $0.described(in: source) }.joined(separator: "\n"))
    }
  }

  private static func values(_ options: Options, _ data: ModelData) throws(SettingsProblem) -> StanData {
    let (bytes, name): ([UInt8], String)
    switch (data.files["data"], options.data) {
    case (let file?, _): (bytes, name) = (file.bytes, file.name)
    case (nil, .mapping): (bytes, name) = (Array(options.data.jsonText.utf8), "data")
    default: return .none
    }
    do {
      return try StanData(bytes, name: name)
    } catch {
      throw SettingsProblem(
        path: ["data"], what: "\(name):\(error.line): \(error.what)",
        fix: "give an object of names and values")
    }
  }

  private static func baseName(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".stan") ? String(last.dropLast(5)) : last
  }

  public var variableNames: [String] { traced.names }
  public func variables(_ draw: LatentDraw) -> Traced { traced.constrained(draw.unconstrained) }

  public var observationCount: Int { traced.observationCount }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    traced.terms(at: draw.unconstrained).likelihood
  }

  /// With the log-Jacobian of the transforms: the latents are the unconstrained parameters themselves.
  public func logPrior(_ draw: LatentDraw) -> Traced { traced.terms(at: draw.unconstrained).prior }

  public func logJoint(_ draw: LatentDraw) -> Traced {
    let terms = traced.terms(at: draw.unconstrained)
    return terms.prior + terms.likelihood + terms.mixed
  }
}

extension ConfigValue {
  /// The value as JSON, with words for the numbers that JSON has not.
  fileprivate var jsonText: String {
    switch self {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? value.shortest : "\"\(value)\""
    case .text(let text): "\"\(text.filter { $0 != "\"" && $0 != "\\" && !$0.isNewline })\""
    case .list(let items): "[" + items.map(\.jsonText).joined(separator: ",") + "]"
    case .mapping(let mapping):
      "{"
        + mapping.entries.map { ConfigValue.text($0.key).jsonText + ":" + $0.value.jsonText }
        .joined(separator: ",") + "}"
    }
  }
}
