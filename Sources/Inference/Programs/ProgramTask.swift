/// A model that a program of the user's fits: what to start, and where.
public struct ProgramTask: Sendable {
  /// The name of the model that it fits: it is compared with runs of that model.
  public let modelName: String
  /// The name of the program.
  public let name: String
  /// The absolute path of the folder it runs in.
  public let directory: String
  /// Lines of its standard output that begin so are metrics; nil: none.
  public let prefix: String?
  /// How many threads of a sweep it takes.
  public let threads: Int
  /// Its options, with the digests of its inputs; how it is executed is no part of it.
  let configuration: ConfigMapping
  private let argv: [PlaceholderText]
  private let environment: [(name: String, value: PlaceholderText)]

  /// - Throws: what is wrong with the options, at their paths.
  init(_ command: Command, files: any TableSource) throws(SettingsProblem) {
    argv = try Self.texts(command.argv, at: "argv")
    environment = zip(
      command.environment.keys,
      try Self.texts(command.environment.entries.map(\.value.inline), at: "environment")
    ).map { ($0, $1) }
    directory = files.place(of: command.directory ?? ".")
    prefix = command.prefix
    threads = command.threads
    let inputs = try Self.inputs(of: command, in: directory, files)
    let words = zip(command.argv, argv).filter { $1.placeholders.isEmpty }.map(\.0)
    let script = inputs.first { words.contains($0.path) }?.path ?? command.argv[0]
    name = script.split(separator: "/").last.map(String.init) ?? script
    modelName = command.of ?? name
    var configuration = command.configuration
    configuration["prefix"] = nil
    configuration["threads"] = nil
    configuration["of"] = .text(modelName)
    configuration["inputs"] = .list(inputs.map { .text($0.path) })
    configuration["inputs_digest"] = .list(inputs.map { .text($0.digest) })
    self.configuration = configuration
  }

  private static func texts(_ words: [String], at option: String) throws(SettingsProblem) -> [PlaceholderText]
  {
    var texts: [PlaceholderText] = []
    for (index, word) in words.enumerated() {
      do throws(SettingsProblem) {
        texts.append(try PlaceholderText(word))
      } catch {
        throw error.prefixed([option, String(index)])
      }
    }
    return texts
  }

  /// The files that its numbers depend on, with their digests.
  private static func inputs(
    of command: Command, in directory: String, _ files: any TableSource
  ) throws(SettingsProblem) -> [(path: String, digest: String)] {
    guard let inputs = command.inputs else {
      // What has a place on the machine, such as /bin/sh, is not the user's.
      return command.argv.filter { !$0.hasPrefix("/") }.compactMap { word in
        files.digest(ofFile: word, in: directory).map { (word, $0) }
      }
    }
    var found: [(path: String, digest: String)] = []
    for (index, path) in inputs.enumerated() {
      guard let digest = files.digest(ofFile: path, in: directory) else {
        throw SettingsProblem(
          path: ["inputs", String(index)], what: "there is no file '\(path)' in \(directory)",
          fix: "correct the path, or remove it")
      }
      found.append((path, digest))
    }
    return found
  }

  /// The placeholders that a run of `configuration` has no value for.
  func problems(in configuration: ConfigMapping) -> [SettingsProblem] {
    let values = PlaceholderValues(configuration: configuration)
    let places =
      argv.enumerated().map { (["argv", String($0)], $1) }
      + environment.map { (["environment", $0.name], $0.value) }
    return places.flatMap { path, text in
      text.placeholders.filter { values[$0] == nil && !PlaceholderValues.ofRun.contains($0) }.map { name in
        .unknownName(name, kind: "placeholder", valid: values.names, at: ["model", Command.name] + path)
      }
    }
  }
}

extension ProgramTask {
  /// What is started for a run: its words, and the variables that it gets besides those it inherits.
  public func call(
    _ configuration: ConfigMapping, seed: Int, runID: String
  ) -> (words: [String], environment: [(name: String, value: String)]) {
    let values = PlaceholderValues(configuration: configuration)
    func filled(_ text: PlaceholderText) -> String {
      // Every placeholder was checked with the cell.
      text.filled { $0 == "seed" ? String(seed) : $0 == "run_id" ? runID : values[$0] } ?? ""
    }
    return (argv.map(filled), environment.map { ($0.name, filled($0.value)) })
  }
}
