import Foundation

/// Another program on the same work: a script in `Benchmarks/peers`.
package struct Peer: Sendable {
  package var name: String
  package var script: String
  package var arguments: [String]
  /// Measured in the first round only, as it takes long.
  package var isSlow = false

  package init(_ name: String, _ script: String, _ arguments: [String] = [], isSlow: Bool = false) {
    self.name = name
    self.script = script
    self.arguments = arguments
    self.isSlow = isSlow
  }
}

/// The line of JSON that a script prints; see `emit` in `Benchmarks/peers/common.py`.
package struct PeerReport: Decodable, Sendable {
  package var figure: Double
  package var result: Double?
  package var precision: String
  package var note: String
  package var versions: String

  package init(figure: Double, result: Double?, precision: String, note: String, versions: String) {
    self.figure = figure
    self.result = result
    self.precision = precision
    self.note = note
    self.versions = versions
  }
}

/// What came of a script.
package enum PeerOutcome: Sendable {
  case measured(PeerReport)
  /// The Python lacks a module, or the script failed.
  case skipped(String)
}

extension Peer {
  /// Ends a script that hangs.
  private static let patience = 400

  package func run(python: String, on bench: Workbench) throws -> PeerOutcome {
    let path = "\(bench.repository)/Benchmarks/peers/\(script)"
    let ended = try launch(
      ["timeout", "\(Self.patience)", python, path] + arguments + ["--data", bench.data],
      environment: ["JAX_PLATFORMS": "cpu", "PYTHONWARNINGS": "ignore", "PYTHONDONTWRITEBYTECODE": "1"])
    return Self.outcome(of: ended)
  }

  package static func outcome(of ended: Ended) -> PeerOutcome {
    let lines = ended.output.split(separator: "\n")
    if ended.code == 0, let line = lines.last(where: { $0.hasPrefix("{") }),
      let report = try? JSONDecoder().decode(PeerReport.self, from: Data(line.utf8))
    {
      return .measured(report)
    }
    let last = ended.errors.split(separator: "\n").last.map(String.init) ?? "it printed nothing"
    if let module = last.wholeMatch(of: #/ModuleNotFoundError: No module named '(.+)'/#)?.output.1 {
      return .skipped("\(module) is not in this Python")
    }
    return .skipped(ended.code == 124 ? "longer than \(patience) s" : "failed: \(last)")
  }
}
