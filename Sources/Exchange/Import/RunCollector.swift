import Tracking

/// Collects values that come in any order, by run and metric.
struct RunCollector {
  /// What to do with two values of a metric at one step.
  enum Repetition {
    /// The file is refused.
    case refused
    /// The one that comes last counts.
    case lastCounts
  }

  private struct Mark {
    var step: Int
    var value: Double
    /// The line; or the time, for what is recorded in the order of time.
    var order: Int
  }

  let path: String
  let sweep: String
  let repetition: Repetition
  private var runs: [ImportedRun] = []
  private var places: [String: Int] = [:]
  private var marks: [[String: [Mark]]] = []
  /// How many values were left out, for a later one has their step.
  private(set) var repeated = 0

  init(path: String, sweep: String, repetition: Repetition) {
    self.path = path
    self.sweep = sweep
    self.repetition = repetition
  }

  /// The longest name of a metric, parameter or run, in bytes.
  static let longestName = 1 << 20
  /// Steps are exact as floating point numbers, and blocks of them can be counted.
  static let largestStep = 1 << 50

  /// The place of a run, which is added where it is not there.
  mutating func place(of run: String, line: Int?) throws(ExchangeError) -> Int {
    if let place = places[run] { return place }
    try check(run, "a run", line)
    places[run] = runs.count
    runs.append(ImportedRun(name: run, sweep: sweep))
    marks.append([:])
    return runs.count - 1
  }

  mutating func add(_ value: Double, of metric: String, step: Int, run: Int, order: Int, line: Int?)
    throws(ExchangeError)
  {
    guard (0...Self.largestStep).contains(step) else {
      throw malformed(line, "the step \(step) is out of range", "use steps from 0 to 2^50")
    }
    if marks[run][metric] == nil { try check(metric, "a metric", line) }
    marks[run][metric, default: []].append(Mark(step: step, value: value, order: order))
  }

  /// The names of the runs so far.
  var names: [String] { runs.map(\.name) }

  /// Sets a parameter; to set it again is to say the same.
  mutating func set(_ key: String, to value: ParameterValue, run: Int, line: Int?) throws(ExchangeError) {
    if let known = runs[run].parameters.first(where: { $0.key == key }) {
      guard known.value == value else {
        throw malformed(
          line, "parameter '\(key.prefix(200))' of run '\(runs[run].name.prefix(200))' has a second value",
          "keep one")
      }
      return
    }
    try check(key, "a parameter", line)
    if case .text(let text) = value { try checkText(text, "a parameter", line) }
    runs[run].parameters.append(.init(key: key, value: value))
  }

  mutating func change(_ run: Int, _ body: (inout ImportedRun) throws -> Void) rethrows {
    try body(&runs[run])
  }

  /// The runs in the order in which they were met.
  mutating func finish() throws(ExchangeError) -> [ImportedRun] {
    for index in runs.indices {
      for (metric, unsorted) in marks[index] {
        runs[index].series[metric] = try series(metric, unsorted, runs[index].name)
      }
      marks[index] = [:]
    }
    return runs
  }

  private mutating func series(_ metric: String, _ unsorted: [Mark], _ run: String) throws(ExchangeError)
    -> [PointRecord]
  {
    func isBefore(_ a: Mark, _ b: Mark) -> Bool { (a.step, a.order) < (b.step, b.order) }
    var sorted = unsorted
    let isSorted = zip(unsorted, unsorted.dropFirst()).allSatisfy { !isBefore($1, $0) }
    if !isSorted { sorted.sort(by: isBefore) }
    var points: [PointRecord] = []
    points.reserveCapacity(sorted.count)
    for mark in sorted {
      if mark.step == points.last?.step {
        guard repetition == .lastCounts else {
          throw malformed(
            mark.order,
            "metric '\(metric.prefix(200))' of run '\(run.prefix(200))' has step \(mark.step) twice",
            "keep one")
        }
        repeated += 1
        points[points.count - 1].value = mark.value
      } else {
        points.append(PointRecord(step: mark.step, value: mark.value))
      }
    }
    return points
  }

  private func check(_ name: String, _ what: String, _ line: Int?) throws(ExchangeError) {
    guard !name.isEmpty else { throw malformed(line, "the name of \(what) is empty", "give it one") }
    guard name.utf8.count <= Self.longestName else {
      throw malformed(
        line, "the name of \(what) has \(name.utf8.count) bytes", "use at most \(Self.longestName)")
    }
    try checkText(name, what, line)
  }

  func checkText(_ text: String, _ what: String, _ line: Int?) throws(ExchangeError) {
    guard !text.utf8.contains(0) else {
      throw malformed(
        line, "a text of \(what) holds the character NUL, at which other programs would end it", "remove it")
    }
  }

  func malformed(_ line: Int?, _ what: String, _ fix: String) -> ExchangeError {
    .malformed(path: path, line: line, what: what, fix: fix)
  }
}
