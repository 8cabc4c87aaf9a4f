import Foundation
import Tracking

/// A store that is written without inference: what reading it takes depends on its size alone.
package struct SyntheticStore {
  /// The terms that every step has.
  static let terms = 8
  static let seeds = 10

  package var runs: Int
  package var steps: Int

  package init(runs: Int, steps: Int) {
    self.runs = runs
    self.steps = steps
  }

  package var points: Int { runs * steps * Self.terms }

  /// Writes it to a new file, with `seeds` runs to a cell; cells differ in family, β and learning rate.
  package func write(to path: String) throws {
    let store = try Store(path: path, mode: .writing)
    let records = (0..<runs).map(record)
    try store.register(
      SweepRecord(name: "synthetic", description: "", source: "name: synthetic\n", overrides: []),
      runs: records)
    let attempt = try store.beginAttempt(
      AttemptRecord(
        wbVersion: "bench", gitCommit: nil, host: "", cpuFlags: "", blasCore: "", command: "bench store"))
    var random = RandomSource(seed: 1)
    // Noise of some length is enough: what is stored depends on no value, unless all of them are the same.
    let noise = random.normals(4096 + 997)
    for (index, record) in records.enumerated() {
      let events = Self.batches(steps, run: index, noise).flatMap(\.blocks).map {
        StoreEvent.steps(runID: record.runID, $0)
      }
      try store.write(
        [.started(runID: record.runID, attempt: attempt, at: 0)] + events
          + [.ended(runID: record.runID, outcome(index, noise), at: 1)])
    }
    try store.endAttempt(attempt)
    try store.close()
  }

  private func record(_ index: Int) -> RunRecord {
    let (cell, seed) = (index / Self.seeds, index % Self.seeds)
    let family = ["mean-field", "full-rank", "low-rank", "normalizing-flow"][cell % 4]
    let beta = [0.25, 0.5, 1, 2, 4][cell / 4 % 5]
    let rate = 0.001 * Double(1 + cell / 20)
    return RunRecord(
      runID: String(format: "%016x", index), sweep: "synthetic", cellID: String(format: "c%015x", cell),
      model: "gaussian", family: family, objective: "elbo", form: "joint-entropy",
      estimator: "reparameterization", optimizer: "adam", beta: beta, seed: seed,
      config: "{\"family\":\"\(family)\",\"beta\":\(beta),\"rate\":\(rate)}",
      parameters: [
        .init(key: "model", value: .text("gaussian")), .init(key: "family", value: .text(family)),
        .init(key: "beta", value: .number(beta)),
        .init(key: "optimizer.adam.learning_rate", value: .number(rate)),
        .init(key: "samples", value: .integer(8)), .init(key: "steps", value: .integer(steps)),
      ])
  }

  /// Steps 0 to `steps` − 1; `terms` columns that vary, the others absent.
  static func batches(_ steps: Int, run: Int, _ noise: [Double]) -> [StepBatch] {
    stride(from: 0, to: steps, by: 4096).map { first in
      let count = min(4096, steps - first)
      let columns = StepColumn.allCases.indices.map { column -> StepBatch.Column in
        guard column < terms else { return .absent }
        let shift = (17 * run + 101 * column + first) % 997
        return .values(
          [Double](unsafeUninitializedCapacity: count) { values, initialized in
            for index in 0..<count {
              values.initializeElement(at: index, to: noise[shift + index] - Double(column))
            }
            initialized = count
          })
      }
      return StepBatch(firstStep: first, stride: 1, count: count, columns: columns)
    }
  }

  private func outcome(_ index: Int, _ noise: [Double]) -> RunOutcome {
    let elbo = -30 + 0.1 * noise[index % noise.count] - Double(index / Self.seeds % 4)
    return RunOutcome(
      status: .finished, yardstick: BoundTerms(elbo: elbo, klPrior: 2), elboStandardError: 0.01,
      steps: steps - 1, seconds: 1)
  }
}
