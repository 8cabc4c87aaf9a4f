import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// Truths and data that seeds draw from models.
@Suite struct SimulatedModelTests {
  /// Every registered model that draws data, and variants that take other branches of their code.
  static let cases = ModelCase.all.filter { $0.accepted(["data": "simulated"]) != nil }

  private static func truth(_ settings: RunSettings) throws -> SimulatedTruth {
    guard case .inference(let task) = settings.task else { preconditionFailure("a learned model") }
    return try #require(task.truth)
  }

  /// By integration by parts, with s_i(z) = ∂/∂z_i log p(z, y) on the unconstrained scale and (z, y) drawn from p itself, E[s_i] = 0 and
  /// E[(z_i − c) s_i] = −1 for every constant c: the first moves with the location of what is drawn, the second with its scale.
  @Test("the scores of the joint density vanish at what is drawn from it", arguments: cases)
  func scores(_ model: ModelCase) throws {
    let settings = try model.settings(["data": "simulated"])
    let count = settings.model.dimension
    let seeds = 4000
    var (scores, products) = (
      [[Double]](repeating: [], count: count), [[Double]](repeating: [], count: count)
    )
    let centers = settings.model.priorMoments?.mean ?? [Double](repeating: 0, count: count)
    for seed in 0..<UInt64(seeds) {
      let replicate = try settings.replicate(seed: seed)
      let truth = try Self.truth(replicate).latents
      let density = Density(replicate.model)
      for index in 0..<count {
        // Third derivatives of these densities are below 1e4 where the truth is: an error of 1e-6.
        var (above, below) = (truth, truth)
        above[index] += 1e-5
        below[index] -= 1e-5
        let score = (density(above) - density(below)) / 2e-5
        scores[index].append(score)
        products[index].append((truth[index] - centers[index]) * score + 1)
      }
    }
    for index in 0..<count {
      for (what, values) in [("score", scores[index]), ("product", products[index])] {
        let error = (Statistics.variance(values, ddof: 1) / Double(seeds)).squareRoot()
        // 5 standard errors: one of the fifty values here is beyond by chance with probability 3e-5.
        #expect(abs(Statistics.mean(values)) < 5 * error + 1e-5, "\(what) of latent \(index) ± \(error)")
      }
    }
  }

  /// log p(z, y) with the log-Jacobian, of the unconstrained z.
  private struct Density {
    private let evaluator: Evaluator<Double>

    init(_ model: any Model) {
      let tape = Tape(draws: 1)
      let draw = LatentDraw(tape.slot(Slot("z", Shape(model.dimension))), latents: model.latents)
      let joint = model.logJoint(draw)
      evaluator = Evaluator(Program(tape, outputs: [draw.logJacobian.map { joint + $0 } ?? joint]))
    }

    func callAsFunction(_ z: [Double]) -> Double {
      if let slot = evaluator.slot("z") {
        for index in slot.indices { slot[index] = z[index] }
      }
      evaluator.run()
      return evaluator.output(0)[0]
    }
  }

  @Test(
    "a seed draws one truth, whatever the model has observed and whichever family is fitted", arguments: cases
  )
  func paired(_ model: ModelCase) throws {
    let families = ["mean-field", "full-rank"].compactMap {
      model.accepted(["data": "simulated", "family": .text($0)])
    }
    #expect(families.count == 2)
    let first = try families[0].replicate(seed: 3)
    let second = try families[1].replicate(seed: 3)
    let other = try families[0].replicate(seed: 4)
    #expect(try Self.truth(first) == Self.truth(second))
    #expect(first.model.rows == second.model.rows)
    #expect(first.model.evidence == second.model.evidence)
    #expect(try Self.truth(first) != Self.truth(other))
    // What a replicate would draw itself is what the model draws: its own observations change nothing.
    #expect(try Self.truth(first.replicate(seed: 4)) == Self.truth(other))
    #expect(try first.replicate(seed: 4).model.rows == other.model.rows)
    #expect(try first.replicate(seed: 4).model.evidence == other.model.evidence)
  }

  @Test("both writings of eight schools have the same truth and the same data")
  func writings() throws {
    let (raw, theta) = (
      try settings(["model": "eight-schools", "data": "simulated"]).replicate(seed: 7),
      try settings(["model": ["eight-schools": ["parameterization": "centered"]], "data": "simulated"])
        .replicate(seed: 7)
    )
    let (a, b) = (try Self.truth(raw).latents, try Self.truth(theta).latents)
    #expect(a[8...] == b[8...])
    for school in 0..<8 {
      #expect(abs(a[8] + exp(a[9]) * a[school] - b[school]) < 1e-12 * max(1, abs(b[school])))
    }
    #expect(raw.model.evidence == theta.model.evidence)
  }

  @Test("given data leave no trace in a configuration")
  func traceless() throws {
    let plain = try settings(["model": conjugateNormal])
    #expect(plain.configuration["data"] == nil)
    #expect(try settings(["model": conjugateNormal, "data": "given"]).configuration == plain.configuration)
    #expect(!plain.hasDataPerSeed)
    #expect(
      try settings(["model": conjugateNormal, "data": "simulated"]).configuration["data"] == "simulated")
  }

  @Test(
    "what cannot be simulated or judged is refused",
    arguments: [
      WrongRun(
        ["model": "neals-funnel", "data": "simulated"],
        "data is simulated, and 'neals-funnel' draws no data from its prior; use data: given, or one of conjugate-normal, "
          + "beta-bernoulli, gamma-poisson, bayesian-linear-regression, logistic-regression, eight-schools"),
      WrongRun(
        ["model": "eight-schools", "data": "simulated", "family": "delta"],
        "data is simulated, and 'delta' says no probabilities to hold a truth against; use data: given, or a family with a "
          + "density, or nuts"),
      WrongRun(
        ["model": "eight-schools", "data": "simulated", "family": "stein"],
        "data is simulated, and 'stein' says no probabilities to hold a truth against; use data: given, or a family with a "
          + "density, or nuts"),
    ])
  func refused(_ wrong: WrongRun) throws {
    #expect(try wrong.problems() == wrong.expected)
  }
}
