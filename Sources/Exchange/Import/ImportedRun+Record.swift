import FileFormats
import Tracking

extension ImportedRun {
  /// The parameters that the columns of runs are named after, with their texts; empty where there is none.
  private func text(_ key: String) -> String {
    switch parameters.first(where: { $0.key == key })?.value {
    case .text(let text): text
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .null, nil: ""
    }
  }

  private var seed: Int? {
    if case .integer(let seed) = parameters.first(where: { $0.key == "seed" })?.value { seed } else { nil }
  }

  /// The parameters without the seed, which is a run's own.
  private var ownParameters: [RunRecord.Parameter] {
    seed == nil ? parameters : parameters.filter { $0.key != "seed" }
  }

  /// The run as it is registered.
  ///
  /// Its id is the start of SHA-256 over the format, the sweep, the run's name there and its parameters: the same run
  /// has the same id whenever it is imported.
  ///
  /// - Parameter replicate: its number among the runs of its parameters, which is its seed where it has none.
  func record(as format: ExchangeFormat, replicate: (String) -> Int) -> RunRecord {
    let values = Self.json(ownParameters)
    let config = "{\"imported\":\"\(format.rawValue)\",\"parameters\":\(values)}"
    let cell = Self.digest([format.rawValue, sweep, values])
    var beta: Double?
    switch parameters.first(where: { $0.key == "beta" })?.value {
    case .integer(let value): beta = Double(value)
    case .number(let value): beta = value
    default: break
    }
    return RunRecord(
      runID: Self.digest([format.rawValue, sweep, name, Self.json(parameters)]), sweep: sweep, cellID: cell,
      model: text("model"), family: text("family"), objective: text("objective"), form: text("form"),
      estimator: text("estimator"), optimizer: text("optimizer"), beta: beta, seed: seed ?? replicate(cell),
      config: config, parameters: ownParameters)
  }

  /// The parts with their lengths, so that no two lists of parts are written alike.
  private static func digest(_ parts: [String]) -> String {
    let text = "wb import " + parts.map { "\($0.utf8.count):\($0)" }.joined()
    return String(SHA256.hexDigest(of: text.utf8).prefix(16))
  }

  /// The parameters as a JSON object, its keys in the order of their bytes.
  private static func json(_ parameters: [RunRecord.Parameter]) -> String {
    var text = "{"
    for parameter in parameters.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      if text.utf8.count > 1 { text += "," }
      appendJSON(parameter.key, to: &text)
      text += ":"
      JSONText.append(parameter.value, to: &text)
    }
    return text + "}"
  }
}
