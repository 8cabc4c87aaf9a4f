/// Collects what is wrong while a sweep is read, each problem once however many cells have it.
struct Findings {
  private struct Finding: Hashable {
    var location: Location
    var message: String
  }

  private var cellCounts: [Finding: Int] = [:]
  private var wholeFile: [String] = []

  var count: Int { cellCounts.count + wholeFile.count }

  mutating func add(_ message: String, at location: Location) {
    cellCounts[Finding(location: location, message: message), default: 0] += 0
  }

  /// Adds a problem of one cell.
  mutating func addCell(_ message: String, at location: Location) {
    cellCounts[Finding(location: location, message: message), default: 0] += 1
  }

  mutating func add(_ problem: YamlProblem, source: Int) {
    if let place = problem.place {
      add(problem.message, at: Location(source: source, line: place.line, column: place.column))
    } else {
      addWholeFile(problem.message)
    }
  }

  /// Adds a problem that has no place in the file.
  mutating func addWholeFile(_ message: String) {
    if !wholeFile.contains(message) { wholeFile.append(message) }
  }

  /// The problems in the order of their places: the file's, then those of the arguments.
  func error(in sources: [SourceText]) -> SweepError {
    let whole = wholeFile.map {
      Diagnostic(origin: sources[0].origin, line: 1, column: 1, message: $0, sourceLine: nil)
    }
    let ordered = cellCounts.sorted {
      ($0.key.location, $0.key.message) < ($1.key.location, $1.key.message)
    }
    return SweepError(
      whole
        + ordered.map { finding, count in
          let location = finding.location
          return sources[location.source].diagnostic(
            finding.message, line: location.line, column: location.column, cellCount: count)
        })
  }
}
