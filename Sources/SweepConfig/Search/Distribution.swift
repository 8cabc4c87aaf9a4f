import Foundation
import Inference

/// What the values of a drawn axis are drawn from.
enum Distribution: Sendable {
  case uniform(from: Double, to: Double)
  case logUniform(from: Double, to: Double)
  /// Whole numbers, both ends among them.
  case integer(from: Int, to: Int)
  case choice([Positioned])

  static let names = ["uniform", "log_uniform", "int", "choice"]

  /// The value at a number u in [0, 1): the quantile, to six significant digits.
  func value(at u: Double, location: Location) -> Positioned {
    switch self {
    case .uniform(let from, let to):
      return Positioned(.scalar(.number(Self.rounded(from + u * (to - from), from, to))), at: location)
    case .logUniform(let from, let to):
      let value = exp(log(from) + u * (log(to) - log(from)))
      return Positioned(.scalar(.number(Self.rounded(value, from, to))), at: location)
    case .integer(let from, let to):
      let value = from + Int((u * (Double(to - from) + 1)).rounded(.down))
      return Positioned(.scalar(.integer(min(value, to))), at: location)
    case .choice(let values):
      return values[min(Int(u * Double(values.count)), values.count - 1)]
    }
  }

  /// Six digits are as fine as any step of a search, can be read, and do not depend on the last bit of a logarithm.
  private static func rounded(_ value: Double, _ from: Double, _ to: Double) -> Double {
    min(max(Double(String(format: "%.6g", value)) ?? value, from), to)
  }
}

extension Distribution {
  /// Reads a mapping of one of the names to its bounds or values; nil after adding a finding.
  init?(_ name: String, _ value: Positioned, axis: String, findings: inout Findings) {
    if name == "choice" {
      guard let values = value.items, !values.isEmpty else {
        findings.add(
          "axis '\(axis)': choice is \(value.value.kindDescription); use a list of values", at: value.location
        )
        return nil
      }
      self = .choice(values)
      return
    }
    let bounds = ["from", "to"].map { value.entry($0)?.value }
    let others = (value.entries ?? []).filter { !["from", "to"].contains($0.key) }
    guard let from = bounds[0], let to = bounds[1], others.isEmpty else {
      findings.add(
        "axis '\(axis)': \(name) takes its ends, as in {\(name): {from: 1, to: 10}}",
        at: others.first?.keyLocation ?? value.location)
      return nil
    }
    guard let low = from.value.asNumber, let high = to.value.asNumber, low.isFinite, high.isFinite, low < high
    else {
      findings.add(
        "axis '\(axis)': \(name) is from \(spelled(from.value)) to \(spelled(to.value)); use two numbers, the smaller one first",
        at: from.location)
      return nil
    }
    switch name {
    case "uniform": self = .uniform(from: low, to: high)
    case "log_uniform":
      guard low > 0 else {
        findings.add(
          "axis '\(axis)': log_uniform begins at \(spelled(from.value)); use numbers above 0, or uniform",
          at: from.location)
        return nil
      }
      self = .logUniform(from: low, to: high)
    default:
      guard let low = Int(exactly: low), let high = Int(exactly: high), high - low < 1 << 31,
        abs(low) < 1 << 53
      else {
        findings.add(
          "axis '\(axis)': int is from \(spelled(from.value)) to \(spelled(to.value)); use whole numbers, 2^31 apart at most",
          at: from.location)
        return nil
      }
      self = .integer(from: low, to: high)
    }
  }

  /// The JSON Schema of a distribution.
  static var schema: SchemaNode {
    func ends(_ name: String, _ kind: SchemaNode, _ help: String) -> SchemaNode {
      let bounds: SchemaNode = [
        "type": "object", "properties": ["from": kind, "to": kind],
        "required": ["from", "to"], "additionalProperties": false,
      ]
      let key = SchemaNode.value(.text(name))
      return [
        "type": "object", "properties": .object([(key: name, node: bounds)]), "required": .list([key]),
        "additionalProperties": false, "description": .value(.text(help)),
      ]
    }
    let choice: SchemaNode = [
      "type": "object", "properties": ["choice": ["type": "array", "minItems": 1]], "required": ["choice"],
      "additionalProperties": false, "description": "one of a list",
    ]
    return [
      "description": "what search: draws the axis from",
      "anyOf": [
        ends("uniform", ["type": "number"], "equally likely between two numbers"),
        ends(
          "log_uniform", ["type": "number", "exclusiveMinimum": 0],
          "the logarithm equally likely between those of two numbers"),
        ends("int", ["type": "integer"], "whole numbers, both ends among them"),
        choice,
      ],
    ]
  }
}

/// An axis whose values `search:` draws.
struct DrawnAxis: Sendable {
  var path: [String]
  var keyLocation: Location
  var location: Location
  var distribution: Distribution
  /// How many axes with listed values stand before it.
  var place: Int

  /// Whether a value of `sweep:` is a distribution, or nearly one.
  static func isMeant(by value: Positioned) -> Bool {
    guard let choice = value.entries, choice.count == 1 else { return false }
    return nearestName(to: choice[0].key, among: Distribution.names) != nil
  }

  /// Reads an entry of `sweep:`; nil after adding a finding.
  init?(_ entry: Positioned.Entry, place: Int, findings: inout Findings) {
    guard let choice = entry.value.entries?.first else { return nil }
    guard Distribution.names.contains(choice.key) else {
      let problem = SettingsProblem.unknownName(
        choice.key, kind: "distribution", valid: Distribution.names, at: [entry.key])
      findings.add(problem.description, at: choice.keyLocation)
      return nil
    }
    guard let path = dottedPath(entry.key) else {
      findings.add(
        "'\(entry.key)' is not a path; write names joined by dots, as in optimizer.adam.learning_rate",
        at: entry.keyLocation)
      return nil
    }
    guard let distribution = Distribution(choice.key, choice.value, axis: entry.key, findings: &findings)
    else {
      return nil
    }
    self.path = path
    keyLocation = entry.keyLocation
    location = entry.value.location
    self.distribution = distribution
    self.place = place
  }
}
