import Inference

/// The parts of a sweep as they were written, with their positions, before cells are made of them.
struct SweepDraft {
  static let keys =
    ["name", "description", "data_dir", "run", "sweep", "zip", "search", "exclude", "seeds"]
    + ExecutionLimits.keys

  var name = ""
  var description: String?
  /// The folder of `data_dir:`, as it is written.
  var dataFolder: String?
  var run: [Positioned.Entry] = []
  /// Where to report what is missing in `run:`.
  var runLocation: Location
  /// Where to report that there are too many cells.
  var sweepLocation: Location
  var axes: [Axis] = []
  /// The axes of `sweep:` whose values are drawn, until they are.
  var drawn: [DrawnAxis] = []
  /// Whether one of them could not be read.
  var isDrawnMisread = false
  var halving: Halving?
  /// Values that arguments set inside what an axis chooses; applied after the axes.
  var lateSettings: [Axis.Column] = []
  /// The paths that arguments set.
  var overriddenPaths: [[String]] = []
  var exclusions: [Exclusion] = []
  var seeds = [0]
  var limits = ExecutionLimits()
  /// Whether `run:` and the axes could be read, so that cells can be made of them.
  var isAssemblable = false

  /// Reads the top level of a sweep file.
  init(_ root: Positioned, findings: inout Findings) {
    runLocation = root.location
    sweepLocation = root.location
    guard let entries = root.entries else {
      findings.add(
        "a sweep file is a mapping; use the keys \(Self.keys.joined(separator: ", "))", at: root.location)
      return
    }
    for entry in entries where !Self.keys.contains(entry.key) {
      let problem = SettingsProblem.unknownName(entry.key, kind: "key", valid: Self.keys, at: [entry.key])
      findings.add(problem.description, at: entry.keyLocation)
    }
    readName(root.entry("name"), rootLocation: root.location, findings: &findings)
    readDescription(root.entry("description"), findings: &findings)
    readDataFolder(root.entry("data_dir"), findings: &findings)
    limits.read(root, findings: &findings)
    let before = findings.count
    readRun(root.entry("run"), findings: &findings)
    readSweep(root.entry("sweep"), findings: &findings)
    readZip(root.entry("zip"), findings: &findings)
    readSearch(root.entry("search"), findings: &findings)
    isAssemblable = findings.count == before
    if let entry = root.entry("exclude") { exclusions = Exclusion.read(entry.value, findings: &findings) }
    if let entry = root.entry("seeds") { seeds = readSeeds(entry.value, findings: &findings) ?? seeds }
  }

  private mutating func readName(
    _ entry: Positioned.Entry?, rootLocation: Location, findings: inout Findings
  ) {
    guard let entry else {
      findings.add("the sweep has no name; add name: my-sweep", at: rootLocation)
      return
    }
    let rule = "letters, digits, '-', '_' and '.', at most 100, the first a letter or a digit"
    if case .scalar(.integer(let number)) = entry.value.content, number >= 0 {
      name = String(number)
    } else if let text = entry.value.text {
      name = text
      if !Self.isValidName(text) { findings.add("name is '\(text)'; use \(rule)", at: entry.value.location) }
    } else {
      findings.add("name is \(entry.value.value.kindDescription); use \(rule)", at: entry.value.location)
    }
  }

  private static func isValidName(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first.isAsciiLetterOrDigit, name.utf8.count <= 100 else {
      return false
    }
    return name.unicodeScalars.allSatisfy { $0.isAsciiLetterOrDigit || $0 == "-" || $0 == "_" || $0 == "." }
  }

  private mutating func readDescription(_ entry: Positioned.Entry?, findings: inout Findings) {
    guard let entry, !entry.value.isNull else { return }
    description = entry.value.text
    if description == nil {
      findings.add(
        "description is \(entry.value.value.kindDescription); use text", at: entry.value.location)
    }
  }

  private mutating func readDataFolder(_ entry: Positioned.Entry?, findings: inout Findings) {
    guard let entry, !entry.value.isNull else { return }
    dataFolder = entry.value.text
    if dataFolder?.isEmpty ?? true {
      let found = dataFolder == nil ? entry.value.value.kindDescription : "empty"
      findings.add("data_dir is \(found); use the path of a folder", at: entry.value.location)
    }
  }

  private mutating func readRun(_ entry: Positioned.Entry?, findings: inout Findings) {
    guard let entry else { return }
    runLocation = entry.keyLocation
    if let entries = entry.value.entries {
      run = entries
    } else if !entry.value.isNull {
      findings.add(
        "run is \(entry.value.value.kindDescription); use a mapping of settings", at: entry.value.location)
    }
  }
}
