import Foundation
import Tracking

/// Recording through the interface that every run of `wb` records by: 10 runs, 10 metrics, 10,000 steps.
package enum Recording: String, CaseIterable {
  /// The metrics are the columns of `steps`.
  case columns
  /// They are metrics of other names.
  case metrics

  static let runs = 10
  static let steps = 10_000
  static let width = 10
  package static var points: Int { runs * steps * width }

  /// The seconds from opening a new store to closing it; the values are made before.
  package func seconds(path: String) throws -> Double {
    let records = (0..<Self.runs).map { run in
      RunRecord(
        runID: "run-\(run)", sweep: "recording", cellID: "cell", model: "m", family: "f", objective: "elbo",
        form: "joint-entropy", estimator: "e", optimizer: "o", beta: 1, seed: run, config: "{}",
        parameters: [.init(key: "family", value: .text("f"))])
    }
    var random = RandomSource(seed: 2)
    let noise = random.normals(Self.steps + 1000)
    let clock = ContinuousClock()
    let start = clock.now
    let store = try Store(path: path, mode: .writing)
    try store.register(
      SweepRecord(name: "recording", description: "", source: "", overrides: []), runs: records)
    let attempt = try store.beginAttempt(
      AttemptRecord(
        wbVersion: "bench", gitCommit: nil, host: "", cpuFlags: "", blasCore: "", command: "bench record"))
    try store.write(records.map { .started(runID: $0.runID, attempt: attempt, at: 0) })
    switch self {
    case .columns: try recordColumns(of: records, noise, store)
    case .metrics: try recordMetrics(of: records, noise, store)
    }
    let outcome = RunOutcome(status: .finished, steps: Self.steps - 1, seconds: 1)
    try store.write(records.map { .ended(runID: $0.runID, outcome, at: 1) })
    try store.endAttempt(attempt)
    try store.close()
    return (clock.now - start) / .seconds(1)
  }

  /// The value of a metric of a run at a step.
  private func value(_ noise: [Double], run: Int, metric: Int, step: Int) -> Double {
    noise[(step + 37 * metric + 111 * run) % noise.count] + Double(metric)
  }

  /// A step at a time of each run, as they come of runs that go on together.
  private func recordColumns(of records: [RunRecord], _ noise: [Double], _ store: Store) throws {
    var builders = records.map { _ in StepBatchBuilder() }
    func write() throws {
      try store.write(
        records.indices.flatMap { run in
          builders[run].take().flatMap(\.blocks).map { .steps(runID: records[run].runID, $0) }
        })
    }
    for step in 0..<Self.steps {
      for run in records.indices {
        func value(_ metric: Int) -> Double { self.value(noise, run: run, metric: metric, step: step) }
        builders[run].append(
          StepRecord(
            step: step,
            terms: BoundTerms(
              elbo: value(0), reconstruction: value(2), klPrior: value(3), klPosterior: value(4),
              logJoint: value(5), entropy: value(6), logEvidence: value(7)),
            objective: value(1), beta: value(8), gradNorm: value(9)))
      }
      if builders[0].stepCount == StepBatchBuilder.batchSize { try write() }
    }
    try write()
  }

  private func recordMetrics(of records: [RunRecord], _ noise: [Double], _ store: Store) throws {
    let names = (0..<Self.width).map { "metric-\($0)" }
    var points = records.map { _ in names.map { _ in [PointRecord]() } }
    func write() throws {
      try store.write(
        records.indices.flatMap { run in
          names.indices.map { .points(runID: records[run].runID, metric: names[$0], points[run][$0]) }
        })
      points = records.map { _ in names.map { _ in [] } }
    }
    for step in 0..<Self.steps {
      for run in records.indices {
        for metric in names.indices {
          points[run][metric].append(
            PointRecord(step: step, value: value(noise, run: run, metric: metric, step: step)))
        }
      }
      if points[0][0].count == StepBatchBuilder.batchSize { try write() }
    }
    try write()
  }
}
