import Foundation

/// The options of `bench table`.
package struct TableOptions: Equatable, Sendable {
  /// Works whose name begins with one of these; empty: all.
  package var only: [String] = []
  package var rounds = 3
  package var python: String?
  package var output: String?

  package init(_ arguments: [String]) throws {
    var rest = arguments[...]
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else {
        throw UsageError(description: "bench: \(option) needs a value")
      }
      // Make passes what it was not given as an empty text.
      if value.isEmpty { continue }
      switch option {
      case "--only": only = value.split(separator: ",").map(String.init)
      case "--rounds":
        guard let count = Int(value), count > 0 else {
          throw UsageError(description: "bench: --rounds is \(value); use a number above 0")
        }
        rounds = count
      case "--peers": python = value
      case "--output": output = value
      default: throw UsageError(description: "bench: unknown option '\(option)'")
      }
    }
  }

  package func selects(_ name: String) -> Bool { only.isEmpty || only.contains { name.hasPrefix($0) } }

  /// How to have the same table again.
  package var command: String {
    var words = ["make bench"]
    if python != nil { words.append("PEERS_PYTHON=PYTHON") }
    if !only.isEmpty { words.append("ONLY=" + only.joined(separator: ",")) }
    if rounds != 3 { words.append("ROUNDS=\(rounds)") }
    return words.joined(separator: " ")
  }
}

package struct UsageError: Error, CustomStringConvertible {
  package var description: String
}
