public import ReverseTape

/// A Stan program behind BridgeStan's C interface: its joint density at z and the gradient, whatever the program holds.
public struct BridgeStanModel: Model {
  public struct Options: Configurable {
    public var library: String?
    public var program: String?
    public var data: String?
    public var seed = 0
    public static var options: [Option<Self>] {
      [
        .file("library", \.library, "a shared library made by BridgeStan 2, such as eight_schools_model.so"),
        .file(
          "program", \.program, "instead of a library: a .stan file to make it of, where BRIDGESTAN is set"),
        .file("data", \.data, "the program's data as JSON; default: none"),
        .integer("seed", \.seed, 0...Int(UInt32.max), "of random numbers in the program's transformed data"),
      ]
    }
    public init() {}
  }

  public static let name = "bridgestan"
  public static let summary =
    "a Stan program in a BridgeStan library: its joint density alone, form joint-entropy"
  /// A library is made for its machine.
  public static var example: (options: Options, data: ModelData)? { nil }

  public let latents: [Latent]
  let density: BridgeStanDensity

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let given = data.files["library"]
    let (name, place): (String, String)
    switch (given, data.files["program"]) {
    case (let library?, nil): (name, place) = (library.name, library.place)
    case (nil, let program?): (name, place) = (program.name, try BridgeStanBuild().library(of: program))
    case (.some, .some):
      throw SettingsProblem(path: [], what: "both library and program are given", fix: "remove one of them")
    case (nil, nil):
      throw SettingsProblem(
        path: [], what: "there is no library", fix: "add library: FILE_model.so, made by BridgeStan 2")
    }
    let option = given == nil ? "program" : "library"
    let text = data.files["data"].map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    let library: BridgeStanLibrary
    do throws(SettingsProblem) {
      library = try BridgeStanLibrary(name, at: place)
    } catch {
      throw error.prefixed([option])
    }
    do throws(SettingsProblem) {
      density = try BridgeStanDensity(library, data: text, seed: UInt32(options.seed))
    } catch {
      throw error.prefixed(["data"])
    }
    guard density.dimension > 0 else {
      throw SettingsProblem(
        path: [option], what: "'\(name)' has no parameters", fix: "use a program with a parameters block")
    }
    latents = Self.latents(density.unconstrainedNames, dimension: density.dimension)
  }

  public var observationCount: Int { 0 }
  public var opaqueReason: String? { "a library does not tell its factors apart" }

  public func logJoint(_ draw: LatentDraw) -> Traced { draw.unconstrained.externalDensity(density) }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    preconditionFailure("the joint density alone is known")
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    preconditionFailure("the joint density alone is known")
  }

  /// The constrained parameters' names, as Stan prints them: `theta.1`.
  package var constrainedNames: [String] { density.names }

  /// The constrained parameters at a point z `[D]`, by their names; nil where the program refuses it.
  package func constrained(_ point: [Double]) -> [Double]? { density.constrained(point) }

  /// Neighbours whose names differ in their indices alone are one latent: `theta.1` and `theta.2` are `theta`.
  static func latents(_ names: [String], dimension: Int) -> [Latent] {
    guard names.count == dimension else { return [Latent("z", count: dimension)] }
    var latents: [Latent] = []
    for name in names {
      let base = name.split(separator: ".").first.map(String.init) ?? name
      if latents.last?.name == base {
        latents[latents.count - 1].count += 1
      } else {
        latents.append(Latent(base))
      }
    }
    // Names are looked up: none may stand twice.
    return Set(latents.map(\.name)).count == latents.count ? latents : [Latent("z", count: dimension)]
  }
}
