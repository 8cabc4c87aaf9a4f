import Foundation
import Inference
import NumericArrays
import Testing

/// Particles against posteriors that are known, and their kernels against differences.
@Suite struct SteinTests {
  private static let kernels = ["rbf", "imq", "linear"]

  private static func run(
    _ model: ConfigValue, _ stein: ConfigMapping, rate: Double = 0.1, steps: Int = 2000, beta: Double = 1,
    seed: UInt64 = 0
  ) throws -> (points: [String: Double], result: FitResult) {
    let own = try settings([
      "model": model, "family": ["stein": .mapping(stein)], "beta": .number(beta),
      "optimizer": ["sgd": ["learning_rate": .number(rate)]], "steps": .integer(steps),
      "initial": ["location": 0, "scale": 1], "record": ["every": .integer(max(1, steps))],
    ])
    let (_, points, result) = learn(own, seed: seed)
    return (Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// Precision 1/10 + 5/(2 β), mean 7.5 / (β precision). A step of 0.1 times a precision of 2.6 or 0.725 leaves 0.93 of the distance
  /// at most, of which 500 leave 1e-15.
  @Test("one particle goes to the mode, whatever the kernel", arguments: kernels)
  func mode(_ kernel: String) throws {
    for (beta, mode) in [(1.0, 7.5 / 2.6), (4, 1.875 / 0.725)] {
      let (points, _) = try Self.run(
        conjugateNormal, ["particles": 1, "kernel": .text(kernel)], steps: 500, beta: beta)
      #expect(abs(try #require(points["posterior_mean[mean]"]) - mode) < 1e-10)
      #expect(points["posterior_sd[mean]"] == 0)
    }
  }

  /// Fixed points of the linear kernel solve s̄ = 0 and S = −I, whose only solution for a Gaussian is its mean and covariance (Liu & Wang
  /// 2018, theorem 2.3). Near it a step leaves 1 − 2·0.1 of a distance with h = 1: of 2000 steps, rounding.
  @Test("the linear kernel has the moments of a Gaussian to rounding")
  func linear() throws {
    let cases: [(model: ConfigValue, names: [String], mean: Double, sd: Double)] = [
      (conjugateNormal, ["mean"], 7.5 / 2.6, (1 / 2.6).squareRoot()),
      (["correlated-gaussian": ["dimension": 4, "correlation": -0.2]], (1...4).map { "z.\($0)" }, 0, 1),
      (["correlated-gaussian": ["dimension": 2, "correlation": 0.9]], ["z.1", "z.2"], 0, 1),
    ]
    for known in cases {
      let (points, result) = try Self.run(
        known.model, ["particles": 12, "kernel": "linear", "bandwidth": 1])
      for name in known.names {
        #expect(abs(try #require(points["posterior_mean[\(name)]"]) - known.mean) < 1e-9, "\(name)")
        #expect(abs(try #require(points["posterior_sd[\(name)]"]) - known.sd) < 1e-9, "\(name)")
      }
      #expect(try #require(points["stein_residual"]) < 1e-8 && result.suspect == nil)
    }
  }

  /// As many independent draws have means with the error sd/√n; particles that repel each other are to be no worse than that.
  @Test(
    "kernels of the distance have the moments of a Gaussian to 1/√n of its sd", arguments: ["rbf", "imq"])
  func radial(_ kernel: String) throws {
    for (model, name, mean, sd) in [
      (conjugateNormal, "mean", 7.5 / 2.6, (1 / 2.6).squareRoot()),
      (["correlated-gaussian": ["dimension": 2, "correlation": 0.5]] as ConfigValue, "z.2", 0, 1),
    ] {
      let (points, result) = try Self.run(model, ["particles": 100, "kernel": .text(kernel)])
      #expect(abs(try #require(points["posterior_mean[\(name)]"]) - mean) < 0.1 * sd)
      #expect(abs(try #require(points["posterior_sd[\(name)]"]) - sd) < 0.1 * sd)
      #expect(result.suspect == nil)
    }
  }

  /// k of the documentation, written out.
  private static func value(_ kernel: SteinKernel.Shape, _ x: [Double], _ y: [Double], h: Double) -> Double {
    let square = zip(x, y).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return switch kernel {
    case .gaussian: exp(-square / h)
    case .multiquadric: 1 / (1 + square / h).squareRoot()
    case .linear: 1 + zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } / h
    }
  }

  /// Their mean is 0, which is what the linear kernel is centred on.
  private static let three = [[0.3, -0.5], [-1.1, 0.7], [0.8, -0.2]]
  private static let particles = Matrix(three).transposed
  private static let scores = Matrix([[0.4, -1.2], [0.9, 0.1], [-0.3, 0.6]]).transposed

  /// Central differences with h = 1e-5 err by 1e-10 of a kernel of size 1.
  private static func slope(
    _ function: ([Double]) -> Double, at point: [Double], _ index: Int, step: Double = 1e-5
  ) -> Double {
    var (up, down) = (point, point)
    up[index] += step
    down[index] -= step
    return (function(up) - function(down)) / (2 * step)
  }

  @Test(
    "the direction has the kernels' gradients, by central differences", arguments: SteinKernel.Shape.allCases)
  func direction(_ shape: SteinKernel.Shape) {
    let h = 0.7
    let direction = SteinKernel(shape, bandwidth: h).direction(Self.particles, scores: Self.scores)
    for (i, here) in Self.three.enumerated() {
      for row in 0..<2 {
        let expected = Self.three.enumerated().reduce(0) { sum, other in
          let (j, there) = other
          return sum + Self.value(shape, there, here, h: h) * Self.scores[row, j]
            + Self.slope({ Self.value(shape, $0, here, h: h) }, at: there, row)
        }
        #expect(abs(direction[row, i] - expected / 3) < 1e-9, "\(shape)")
      }
    }
  }

  /// s_xᵀ s_y k + s_xᵀ ∇_y k + s_yᵀ ∇_x k + tr ∇_x ∇_y k (Liu, Lee & Jordan 2016, eq. 6); the second differences err by 1e-6.
  @Test(
    "the discrepancy is the mean of Stein's kernel over all pairs",
    arguments: [SteinKernel.Shape.gaussian, .multiquadric])
  func discrepancy(_ shape: SteinKernel.Shape) {
    let h = 0.7
    var sum = 0.0
    for (i, x) in Self.three.enumerated() {
      for (j, y) in Self.three.enumerated() {
        let k = { (x: [Double], y: [Double]) in Self.value(shape, x, y, h: h) }
        for row in 0..<2 {
          sum += Self.scores[row, i] * Self.scores[row, j] * k(x, y)
          sum += Self.scores[row, i] * Self.slope({ k(x, $0) }, at: y, row)
          sum += Self.scores[row, j] * Self.slope({ k($0, y) }, at: x, row)
          sum += Self.slope(
            { own in Self.slope({ k(own, $0) }, at: y, row, step: 1e-4) }, at: x, row, step: 1e-4)
        }
      }
    }
    let found = SteinKernel(shape, bandwidth: h).discrepancy(Self.particles, scores: Self.scores)
    #expect(abs(found - (sum / 9).squareRoot()) < 1e-6, "\(shape): \(found)")
  }

  @Test("the bandwidth is the squared median distance over log n, and 1 of a single particle")
  func bandwidth() {
    // Distances 1, 2 and 3 of three points on a line: the median is 2.
    let line = Matrix(rows: 1, columns: 3, elements: [0, 1, 3])
    #expect(abs(SteinKernel(.gaussian, medianOf: line).bandwidth - 4 / log(3)) < 1e-14)
    #expect(SteinKernel(.gaussian, medianOf: Matrix(rows: 1, columns: 1, elements: [5])).bandwidth == 1)
  }

  @Test("a run records its discrepancy, which falls, and no term that needs a density")
  func recorded() throws {
    let own = try settings([
      "model": conjugateNormal, "family": ["stein": ["particles": 30]],
      "optimizer": ["sgd": ["learning_rate": 0.1]], "steps": 200,
      "record": ["every": 50],
    ])
    let (steps, points, result) = learn(own)
    #expect(steps.map(\.step) == [0, 50, 100, 150, 200])
    let discrepancies = points.filter { $0.metric == "ksd" }.map(\.value)
    #expect(discrepancies.count == 5 && discrepancies[4] < 0.1 * discrepancies[0], "\(discrepancies)")
    let terms = try #require(result.yardstick).terms
    #expect(result.ending == .finished && result.yardstick?.elbo.isNaN == true)
    #expect(terms.logJoint == steps.last?.terms.logJoint && terms.reconstruction != nil)
    for term in [Term.entropy, .klPrior, .klPosterior, .logEvidence] { #expect(terms[term] == nil) }
  }

  @Test("a seed has its bits, whatever is recorded and in whatever company")
  func bits() throws {
    func own(_ every: Int) throws -> RunSettings {
      try settings([
        "model": "eight-schools", "family": ["stein": ["particles": 8]], "optimizer": ["dog": ["average": 0]],
        "steps": 40,
        "record": ["every": .integer(every)],
      ])
    }
    let (steps, points, _) = learn(try own(1), seed: 2)
    let (few, others, _) = learn(try own(20), seed: 2)
    #expect(few.map(\.terms) == [0, 20, 40].map { steps[$0].terms })
    #expect(points.last?.value == others.last?.value)
    let together = RunsTogether([(try own(1), 1), (try own(1), 2)])
    FitPlan(try own(1), runs: 2).run(together)
    #expect(together.steps[1].map(\.terms) == steps.map(\.terms))
    #expect(together.steps[0].map(\.terms) != steps.map(\.terms))
  }

  @Test("particles that have not converged say so, and a density that is no number ends the run")
  func trouble() throws {
    let (_, early) = try Self.run(conjugateNormal, ["particles": 20], steps: 0)
    #expect(try #require(early.suspect).contains("by Stein's identity the particles are not the posterior"))
    let lost = try settings([
      "model": ["stan": ["program": "parameters { real x; } model { target += log(x - 100); }"]],
      "family": "stein", "steps": 100,
    ])
    #expect(
      learn(lost).result.ending
        == .diverged("step 0: the log density of a particle or its gradient is not finite"))
  }

  @Test("what moves no particles is refused")
  func refused() throws {
    for wrong in [
      WrongRun(
        ["model": "banana", "family": "stein", "optimizer": "pathfinder"],
        "'pathfinder' does not move the particles of 'stein'; use adagrad, adam or another one that moves each number by "
          + "its own gradient"),
      WrongRun(
        ["model": "banana", "family": "stein", "optimizer": ["adam": ["average": 0.5]]],
        "optimizer.adam.average is 0.5, and particles at several steps have no average; use 0"),
      WrongRun(
        ["model": "banana", "family": "stein", "form": "reconstruction-kl"],
        "form is reconstruction-kl: 'stein' is of the posterior itself and has no bound to write; use form: joint-entropy"
      ),
    ] { #expect(try wrong.problems() == wrong.expected) }
  }
}
