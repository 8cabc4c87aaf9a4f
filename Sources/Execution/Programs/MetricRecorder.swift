import Foundation
import Tracking

/// Makes of a program's lines what the store records, and refuses those that it could not.
struct MetricRecorder {
  private var steps = StepBatchBuilder()
  private var points: [(metric: String, points: [PointRecord])] = []
  /// The columns of the step that is being reported, in one line or several.
  private var open: StepRecord?
  private var lastSteps: [String: Int] = [:]
  private var lines = 0
  /// The first step that was reported; what an earlier attempt has recorded before it stays.
  private(set) var firstStep: Int?
  /// The last step that was reported.
  private(set) var lastStep = 0
  /// What the program gave as final; nil before it has.
  private(set) var yardstick: [MetricLine.Value]?

  /// Reads one line; a blank one is none.
  mutating func read(_ bytes: [UInt8]) throws(MetricProblem) {
    lines += 1
    if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) {
      return
    }
    do throws(MetricProblem) {
      guard yardstick == nil else { throw MetricProblem(what: "it comes after the final one") }
      switch try MetricLine(bytes) {
      case .step(let step, let values): try add(values, at: step)
      case .final(let values):
        yardstick = values
        for value in values where !Self.finalNames.contains(value.name) { try add([value], at: lastStep) }
      }
    } catch {
      let text = String(decoding: bytes.prefix(200), as: UTF8.self) + (bytes.count > 200 ? "…" : "")
      throw MetricProblem(what: "line \(lines) of its metrics cannot be read, \(error.what): \(text)")
    }
  }

  private static let finalNames: Set = [
    "elbo", "elbo_se", "log_evidence", "log_evidence_se", "reconstruction", "kl_prior", "kl_posterior",
    "log_joint",
    "entropy",
  ]

  private mutating func add(_ values: [MetricLine.Value], at step: Int) throws(MetricProblem) {
    for value in values {
      if let last = lastSteps[value.name], last >= step {
        throw MetricProblem(what: "'\(value.name)' of step \(step) comes after that of step \(last)")
      }
      lastSteps[value.name] = step
      guard let column = StepColumn(name: value.name) else {
        add(PointRecord(step: step, value: value.value), of: value.name)
        continue
      }
      if let open, open.step > step {
        throw MetricProblem(what: "'\(value.name)' of step \(step) comes after step \(open.step)")
      }
      if open?.step != step { close() }
      var record =
        open ?? StepRecord(step: step, terms: BoundTerms(), objective: nil, beta: nil, gradNorm: nil)
      record.set(column, value.value)
      open = record
    }
    firstStep = min(firstStep ?? step, step)
    lastStep = max(lastStep, step)
  }

  private mutating func add(_ point: PointRecord, of metric: String) {
    if points.last?.metric == metric {
      points[points.count - 1].points.append(point)
    } else {
      points.append((metric, [point]))
    }
  }

  private mutating func close() {
    if let open { steps.append(open) }
    open = nil
  }

  /// What is complete, for the store.
  ///
  /// - Parameter all: whether nothing more comes, so that the last step is complete.
  mutating func take(all: Bool, of runID: String) -> (events: [StoreEvent], steps: Int) {
    if all { close() }
    let count = steps.stepCount
    var byMetric: [String: [PointRecord]] = [:]
    var order: [String] = []
    for (metric, added) in points {
      if byMetric[metric] == nil { order.append(metric) }
      byMetric[metric, default: []] += added
    }
    points = []
    let events =
      steps.take().flatMap(\.blocks).map { StoreEvent.steps(runID: runID, $0) }
      + order.map { .points(runID: runID, metric: $0, byMetric[$0] ?? []) }
    return (events, count)
  }
}

extension StepRecord {
  fileprivate mutating func set(_ column: StepColumn, _ value: Double) {
    switch column {
    case .elbo: terms.elbo = value
    case .objective: objective = value
    case .reconstruction: terms.reconstruction = value
    case .klPrior: terms.klPrior = value
    case .klPosterior: terms.klPosterior = value
    case .logJoint: terms.logJoint = value
    case .entropy: terms.entropy = value
    case .logEvidence: terms.logEvidence = value
    case .beta: beta = value
    case .gradNorm: gradNorm = value
    }
  }
}
