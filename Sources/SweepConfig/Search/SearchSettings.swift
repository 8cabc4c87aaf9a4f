import Inference
import NumericArrays

/// The key `search:`: how many points are drawn of the drawn axes, how, and which go on.
struct SearchSettings {
  enum Method: String, CaseIterable {
    case random, sobol
  }

  var method: Method?
  var points = 0
  var seed = 0
  var halving: Halving?
  var methodLocation: Location

  private static let keys = Method.allCases.map(\.rawValue) + ["halving"]

  /// Reads the value of `search:`; nil after adding a finding.
  init?(_ value: Positioned, findings: inout Findings) {
    methodLocation = value.location
    let rule = "use {random: 50}, {sobol: 64} or {halving: {factor: 3, budgets: […]}}"
    guard let entries = value.entries, !entries.isEmpty else {
      findings.add("search is \(value.value.kindDescription); \(rule)", at: value.location)
      return nil
    }
    let before = findings.count
    for entry in entries {
      if let method = Method(rawValue: entry.key) {
        if self.method != nil {
          findings.add("search has random and sobol; keep one of them", at: entry.keyLocation)
        }
        self.method = method
        methodLocation = entry.keyLocation
        readPoints(entry.value, findings: &findings)
      } else if entry.key == "halving" {
        halving = Halving(entry.value, findings: &findings)
      } else {
        let problem = SettingsProblem.unknownName(entry.key, kind: "key", valid: Self.keys, at: ["search"])
        findings.add(problem.description, at: entry.keyLocation)
      }
    }
    if findings.count > before { return nil }
  }

  private mutating func readPoints(_ value: Positioned, findings: inout Findings) {
    let name = method?.rawValue ?? ""
    func integer(_ value: Positioned, _ key: String, _ range: ClosedRange<Int>) -> Int? {
      if case .scalar(.integer(let number)) = value.content, range.contains(number) { return number }
      findings.add(
        "search: \(key) is \(spelled(value.value)); use a whole number from \(range.lowerBound) to \(range.upperBound)",
        at: value.location)
      return nil
    }
    guard let entries = value.entries else {
      points = integer(value, name, 1...Sweep.cellLimit) ?? 0
      return
    }
    for entry in entries {
      switch entry.key {
      case "points": points = integer(entry.value, "points", 1...Sweep.cellLimit) ?? points
      case "seed": seed = integer(entry.value, "seed", 0...Int.max) ?? seed
      default:
        let problem = SettingsProblem.unknownName(
          entry.key, kind: "key", valid: ["points", "seed"], at: ["search", name])
        findings.add(problem.description, at: entry.keyLocation)
      }
    }
    if value.entry("points") == nil {
      findings.add("search: \(name) has no points; add points: 50", at: value.location)
    }
  }

  /// The numbers in [0, 1) of point `index`, one for each of `dimension` axes: they depend on nothing else but method and seed.
  func points(dimension: Int) -> (Int) -> [Double] {
    switch method {
    case .sobol:
      let sequence = SobolSequence(dimension: dimension, seed: UInt64(seed))
      return { sequence.point($0) }
    case .random, nil:
      let noise = NoiseStream(seed: UInt64(seed), purpose: .search)
      return { noise.uniforms(count: dimension, step: UInt64($0)) }
    }
  }

  /// The JSON Schema of `search:`.
  static var schema: SchemaNode {
    let points: SchemaNode = [
      "anyOf": [
        ["type": "integer", "minimum": 1],
        [
          "type": "object",
          "properties": [
            "points": ["type": "integer", "minimum": 1],
            "seed": ["type": "integer", "minimum": 0, "default": 0],
          ], "required": ["points"], "additionalProperties": false,
        ],
      ]
    ]
    return [
      "type": ["object", "null"],
      "properties": ["random": points, "sobol": points, "halving": Halving.schema],
      "additionalProperties": false, "minProperties": 1,
      "description":
        "draws the axes that name a distribution: random points or Sobol's; halving goes on with the best cells",
    ]
  }
}

/// Drawing the axes.
extension SweepDraft {
  mutating func readSearch(_ entry: Positioned.Entry?, findings: inout Findings) {
    var settings: SearchSettings?
    if let entry, !entry.value.isNull {
      settings = SearchSettings(entry.value, findings: &findings)
      // What the axes lack follows from what is wrong here.
      if settings == nil { return }
    }
    if isDrawnMisread { return }
    guard let settings, settings.method != nil else {
      for axis in drawn {
        findings.add(
          "nothing draws axis '\(axis.path.joined(separator: "."))'; add search: {random: 50} or search: {sobol: 64}, or list its values",
          at: axis.keyLocation)
      }
      addBudgets(of: settings, findings: &findings)
      return
    }
    guard let last = drawn.last else {
      findings.add(
        "search has no axis to draw; write one in sweep:, as optimizer.adam.learning_rate: {log_uniform: {from: 1e-3, to: 1e-1}}",
        at: settings.methodLocation)
      return
    }
    guard settings.method != .sobol || drawn.count <= SobolSequence.dimensionLimit else {
      findings.add(
        "sobol draws \(SobolSequence.dimensionLimit) axes at most, and there are \(drawn.count); use random",
        at: settings.methodLocation)
      return
    }
    let point = settings.points(dimension: drawn.count)
    let points = (0..<settings.points).map(point)
    let columns = drawn.indices.map { index in
      let axis = drawn[index]
      return Axis.Column(
        path: axis.path, keyLocation: axis.keyLocation,
        values: points.map { axis.distribution.value(at: $0[index], location: axis.location) })
    }
    // After what any of them refines.
    append(Axis(columns: columns, isDrawn: true), at: last.place, findings: &findings)
    addBudgets(of: settings, findings: &findings)
  }

  /// Budgets are an axis, the slowest one: rung after rung.
  private mutating func addBudgets(of settings: SearchSettings?, findings: inout Findings) {
    guard let halving = settings?.halving else { return }
    append(Axis(columns: [halving.column]), at: 0, findings: &findings)
    self.halving = halving
  }
}
