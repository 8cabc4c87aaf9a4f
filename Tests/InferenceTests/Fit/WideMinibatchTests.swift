import Inference
import NumericArrays
import Testing

/// Minibatches of wide tables, whose rows products read where they lie.
@Suite struct WideMinibatchTests {
  private static let width = 20
  private static let rowCount = 40
  private static let models = ["logistic-regression", "bayesian-linear-regression"]

  /// - Parameter isAlike: whether every row is the first one.
  private func table(isAlike: Bool) -> DataTable {
    let noise = NoiseStream(seed: 4, purpose: .data).normals(
      dimension: Self.width, draws: Self.rowCount, step: 0)
    let features = (0..<Self.width).map { column in
      DataTable.Column(
        name: "x\(column)",
        values: (0..<Self.rowCount).map { noise[column * Self.rowCount + (isAlike ? 0 : $0)] })
    }
    let y = (0..<Self.rowCount).map { isAlike || $0 % 3 == 0 ? 1.0 : 0 }
    return DataTable(name: "wide.csv", columns: features + [.init(name: "y", values: y)], digest: "ab12")
  }

  private func steps(_ run: ConfigMapping, isAlike: Bool) throws -> [StepTerms] {
    fit(try settings(run, tables: ["wide.csv": table(isAlike: isAlike)]), seed: 5).steps
  }

  private func run(_ model: String, _ family: String, samples: Int, steps: Int) -> ConfigMapping {
    [
      "model": [.init(model): ["data": "wide.csv", "target": "y"]], "family": .text(family),
      "initial": ["location": 0, "scale": 0.1],
      "samples": .integer(samples), "steps": .integer(steps),
    ]
  }

  /// Every minibatch then is the same as all rows: so are the objectives, the gradients and the paths.
  @Test("minibatches of equal rows climb as all rows do", arguments: models, ["mean-field", "full-rank"])
  func equalRows(_ model: String, _ family: String) throws {
    for samples in [1, 3] {
      let run = run(model, family, samples: samples, steps: 30)
      let whole = try steps(run, isAlike: true)
      for size in [1, 7, 16, 33] {
        let batch = try steps(run.with(["minibatch": .integer(size)]), isAlike: true)
        #expect(batch.count == whole.count)
        for (a, b) in zip(batch, whole) {
          // Sums of at most 40 terms in another order: some 1e-15, which 30 steps of Adam pass on.
          #expect(abs(a.objective - b.objective) <= 1e-9 * max(1, abs(b.objective)), "\(size), \(b.step)")
          let (norm, expected) = (a.gradNorm ?? .nan, b.gradNorm ?? .nan)
          #expect(abs(norm - expected) <= 1e-9 * max(1, expected), "\(size), \(b.step)")
        }
      }
    }
  }

  @Test("their expected objective is that of all rows", arguments: models)
  func unbiased(_ model: String) throws {
    for samples in [1, 3] {
      let still: ConfigMapping = ["optimizer": ["sgd": ["learning_rate": 1e-300, "momentum": 0]]]
      let run = run(model, "mean-field", samples: samples, steps: 2000).with(still)
      let whole = try steps(run, isAlike: false)
      let batch = try steps(run.with(["minibatch": 7]), isAlike: false)
      // The same noise at each step of both: their differences are those of the rows.
      let difference = Estimate(zipMap(batch.map(\.objective), whole.map(\.objective), -))
      #expect(difference.agrees(with: 0) && difference.standardError > 0, "\(samples): \(difference)")
    }
  }
}
