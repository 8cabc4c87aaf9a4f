import Foundation
import Testing
import Tracking

@Suite struct FamousFailuresTests {
  private static let experiment = Result { try Experiment("famous-failures", "seeds=2") }

  private static func runs(
    _ model: String, _ optimizer: String, rate: Double? = nil, isFitted: Bool = false,
    family: String = "full-rank"
  ) throws -> [RunSummary] {
    try experiment.get().runs.filter { run in
      run.record.model == model && run.record.optimizer == optimizer && run.record.family == family
        && (rate.map { run.value(of: "optimizer.adam.learning_rate") == .number($0) } ?? true)
        && (run.value(of: "initial") == .text("fitted")) == isFitted
    }
  }

  private static func tails(_ runs: [RunSummary]) throws -> [Double] {
    let ids = runs.map(\.record.runID)
    let last = try experiment.get().bench.store().summaries(of: "pareto_k", runIDs: ids)
    return try ids.map { try #require(last[$0]?.last) }
  }

  /// The threshold for 1,000 draws (Vehtari et al. 2024, section 3.2.4).
  private static let threshold = 1 - 1 / log10(1000.0)

  @Test("a fit that is still under way is far below the evidence, and the tail of its weights tells")
  func conflict() throws {
    // log N(y; 0, I + 11ᵀ).
    let y = [49.1, 50.3, 50.8, 49.6, 50.2, 50.5, 49.7, 49.4, 50.9, 49.5]
    let (n, sum) = (Double(y.count), y.reduce(0, +))
    let squares = y.reduce(0) { $0 + $1 * $1 }
    let evidence = -0.5 * (n * log(2 * .pi) + log(1 + n) + squares - sum * sum / (n + 1))
    let slow = try Self.runs("conflict", "adam", rate: 0.01)
    #expect(slow.count == 2)
    for (run, tail) in zip(slow, try Self.tails(slow)) {
      #expect(try #require(run.outcome?.yardstick?.elbo) < evidence - 500)
      #expect(tail > Self.threshold)
    }
    // What remains of the noise of 8 samples a step, averaged over the last 400 or 2,000, is 1e-4 and less.
    for (optimizer, rate, isFitted) in [
      ("adam", 0.1, false), ("adam", nil, true), ("pathfinder", nil, false),
      ("laplace-approximation", nil, false),
    ] {
      let found = try Self.runs("conflict", optimizer, rate: rate, isFitted: isFitted)
      #expect(found.count == 2)
      for run in found {
        #expect(abs(try #require(run.outcome?.yardstick?.elbo) - evidence) < 0.01, "\(optimizer)")
      }
    }
  }

  @Test(
    "a regression whose predictor is not centred: from zero adam is nats away and flagged, from a fitted start and on quasi-Newton paths not"
  )
  func regression() throws {
    let reference = try Self.runs("vague-regression", "adam", family: "nuts")
    let evidence = try #require(reference.first?.outcome?.yardstick?.logEvidence)
    let lost = try [0.01, 0.1].flatMap { try Self.runs("vague-regression", "adam", rate: $0) }
    #expect(lost.count == 4)
    for (run, tail) in zip(lost, try Self.tails(lost)) {
      #expect(try #require(run.outcome?.yardstick?.elbo) < evidence - 5)
      #expect(tail > Self.threshold)
    }
    for optimizer in ["adam", "pathfinder", "laplace-approximation"] {
      let found = try Self.runs("vague-regression", optimizer, isFitted: optimizer == "adam")
      #expect(found.count == 2)
      for run in found {
        #expect(try #require(run.outcome?.yardstick?.elbo) > evidence - 1, "\(optimizer)")
      }
    }
  }

  @Test("the centred schools: no mode, and a sampler that says that it is in trouble")
  func schools() throws {
    let lost = try Self.runs("eight-schools", "laplace-approximation")
    #expect(lost.count == 2 && lost.allSatisfy { $0.status == .diverged })
    let sampled = try Self.runs("eight-schools", "adam", family: "nuts")
    #expect(sampled.count == 2 && sampled.allSatisfy { $0.outcome?.suspect?.contains("diverged") == true })
  }
}
