import FileFormats
import StanTracing

/// A posterior of a database in the layout of posteriordb: a Stan program, its data, and draws of a reference.
public struct PosteriorDatabase: Component {
  public static let name = "posteriordb"
  public static let summary =
    "a posterior of a posteriordb folder: its Stan program, data and reference draws"
  public var path: String?
  public var posterior: String?
  public static var options: [Option<Self>] {
    [
      .text(
        "path", \.path, required: true,
        "the folder posterior_database, or the one that holds it; relative to the sweep file"),
      .text(
        "posterior", \.posterior, required: true,
        "the posterior's name, as eight_schools-eight_schools_centered"),
    ]
  }
  public init() {}

  private static let byteLimit = 1 << 30

  /// What the database holds of a posterior.
  struct Files {
    var program: LoadedFile
    var data: LoadedFile
    /// nil where there are no reference draws.
    var draws: LoadedFile?
    /// The draws that the posterior's entry names but nobody can read, and why.
    var missingDraws: SettingsProblem?
  }

  /// Reads the posterior's files.
  ///
  /// - Throws: what is missing, at the option that names it.
  func files(_ source: any TableSource) throws(SettingsProblem) -> Files {
    let (root, name) = (path ?? ".", posterior ?? "")
    guard !name.isEmpty, !name.contains("/"), !name.hasPrefix(".") else {
      throw SettingsProblem(path: ["posterior"], what: "'\(name)' is no name of a posterior", fix: "name one")
    }
    let folders = [root, root + "/posterior_database"]
    var entry: (folder: String, file: LoadedFile)?
    for folder in folders where entry == nil {
      entry = (try? source.bytes(at: "\(folder)/posteriors/\(name).json")).map { (folder, $0) }
    }
    guard let entry else {
      throw SettingsProblem(
        path: ["posterior"],
        what: "there is no '\(name)' in \(folders.map { $0 + "/posteriors" }.joined(separator: " or "))",
        fix: "check path and posterior; the names are those of the files in posteriors, without .json")
    }
    guard let fields = try? JSONValue(entry.file.bytes[...], allowsRepeatedKeys: true),
      let model = fields.text("model_name"),
      let data = fields.text("data_name")
    else {
      throw SettingsProblem(
        path: ["posterior"], what: "\(entry.file.name) names no model and data", fix: "check the database")
    }
    func file(_ path: String) throws(SettingsProblem) -> LoadedFile {
      do throws(SettingsProblem) {
        return try source.bytes(at: "\(entry.folder)/\(path)")
      } catch {
        throw SettingsProblem(path: ["posterior"], what: error.what, fix: error.fix)
      }
    }
    var program = try file("models/stan/\(model).stan")
    program.name = "\(model).stan"
    var draws: LoadedFile?
    var missing: SettingsProblem?
    if let reference = fields.text("reference_posterior_name") {
      do throws(SettingsProblem) {
        draws = try Self.unzipped(try file("reference_posteriors/draws/draws/\(reference).json.zip"))
      } catch {
        missing = error
      }
    }
    let values =
      if let zipped = try? file("data/data/\(data).json.zip") { zipped } else {
        try file("data/data/\(data).json")
      }
    return Files(
      program: program, data: try Self.unzipped(values), draws: draws, missingDraws: missing)
  }

  /// The one file of an archive; a file that is none as it is.
  private static func unzipped(_ file: LoadedFile) throws(SettingsProblem) -> LoadedFile {
    guard ZipArchive.begins(file.bytes) else { return file }
    do throws(FormatError) {
      let archive = try ZipArchive(file.bytes)
      var content = file
      content.name = archive.names.first { $0.hasSuffix(".json") } ?? file.name
      content.bytes = try archive.content(of: content.name, limit: byteLimit) ?? []
      return content
    } catch {
      throw SettingsProblem(path: ["posterior"], what: "\(file.name): \(error.what)", fix: error.fix)
    }
  }

  /// The model, with the moments of its reference draws.
  func model(_ files: Files) throws(SettingsProblem) -> StanModel {
    var options = StanModel.Options()
    options.name = posterior
    var data = ModelData()
    data.files = ["program": files.program, "data": files.data]
    do throws(SettingsProblem) {
      var model = try StanModel(options, data: data)
      model.reference = files.draws.flatMap { ReferenceMoments(draws: $0.bytes) }
      if let missing = files.missingDraws {
        model.notes.append(
          "no errors are recorded against reference draws: \(missing.what); fix: \(missing.fix)")
      } else if let draws = files.draws, model.reference == nil {
        model.notes.append("no errors are recorded against reference draws: there are none in \(draws.name)")
      }
      return model
    } catch {
      throw SettingsProblem(path: ["posterior"], what: error.what, fix: error.fix, detail: error.detail)
    }
  }
}

/// Means and standard deviations of a posterior by other means than a fit, by the names of its variables.
public struct ReferenceMoments: Sendable, Hashable {
  public struct Moments: Sendable, Hashable {
    public var mean: Double
    public var sd: Double
  }

  public let variables: [String: Moments]

  init(variables: [String: Moments]) { self.variables = variables }

  /// The moments of draws in posteriordb's form: a list of chains, each an object of names and draws. nil where it has none.
  init?(draws bytes: [UInt8]) {
    guard case .array(let chains)? = try? JSONValue(bytes[...]) else { return nil }
    var all: [String: [Double]] = [:]
    for chain in chains {
      guard case .object(let entries) = chain else { return nil }
      for (name, value) in entries {
        guard case .array(let draws) = value else { return nil }
        all[Self.printed(name), default: []] += draws.compactMap { draw in
          if case .number(let text) = draw { Double(text) } else { nil }
        }
      }
    }
    guard !all.isEmpty else { return nil }
    variables = all.mapValues { draws in
      let mean = draws.reduce(0, +) / Double(draws.count)
      let squares = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Moments(mean: mean, sd: (squares / Double(max(1, draws.count - 1))).squareRoot())
    }
  }

  /// `theta[2,1]` as Stan prints it: `theta.2.1`.
  private static func printed(_ name: String) -> String {
    String(name.compactMap { $0 == "[" || $0 == "," ? "." : $0 == "]" ? nil : $0 })
  }
}

extension JSONValue {
  /// The text of an object's entry.
  fileprivate func text(_ key: String) -> String? {
    guard case .object(let entries) = self,
      case .string(let text)? = entries.first(where: { $0.key == key })?.value
    else { return nil }
    return text
  }
}
