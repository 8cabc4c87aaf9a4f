import Foundation
import Inference
import NumericArrays
import Testing

/// Values at q = N(2, 1) of the conjugate normal, to 1e-12 by SciPy's quadrature (Rényi, CUBO, TVO) and Gauss–Hermite's rule of 200
/// points (IWAE).
@Suite struct ObjectiveValueTests {
  static let evidence = -10.889301194126269
  static let elbo = -12.228853163920242

  private func q(_ objective: ConfigValue, samples: Int = 1) throws -> RunSettings {
    try settings(["model": conjugateNormal, "objective": objective, "samples": .integer(samples)])
  }

  @Test("the log weights on the tape are those of the formulas, at every β")
  func weights() throws {
    let probe = BoundProbe(try q(["iwae": ["k": 64]]), draws: 64) {
      [$0.logWeight, $0.logLikelihood, $0.logPrior, $0.logDensity].compactMap(\.self)
    }
    let noise = NoiseStream(seed: 0, purpose: .data).normals(dimension: 1, draws: 64, step: 0)
    let values = probe(at: [2, 0])
    for beta in [0.5, 1, 4] {
      let formulas = ConjugateWeights(beta: beta)
      for index in 0..<64 {
        let weight = values[1][index] + beta * (values[2][index] - values[3][index])
        #expect(abs(weight - formulas.logWeight(noise[index])) < 1e-10)
        if beta == 1 { #expect(abs(weight - values[0][index]) < 1e-12) }
      }
    }
  }

  @Test("Rényi's bound, CUBO, IWAE and TVO by quadrature of the weights")
  func quadrature() {
    let q = ConjugateWeights()
    for (power, expected) in [
      (1.0, Self.evidence), (0.5, -11.281917606600139), (0, Self.elbo), (2, -10.528100485718763),
    ] { #expect(abs(q.powerMean(power) - expected) < 1e-10) }
    // The rule of 200 points has ten digits.
    #expect(abs(q.pairedPowerMean(1) - -11.39592756291306) < 1e-9)
    #expect(abs(q.thermodynamic(1) - Self.elbo) < 1e-10)
    #expect(abs(q.thermodynamic(2) - -11.479624768858514) < 1e-10)
  }

  struct Sampled: Sendable, CustomTestStringConvertible {
    var objective: ConfigValue
    var expected: Double
    var terms: Int
    var testDescription: String { objective.inlineText }
  }

  /// Where few draws make another expectation, so many that its bias, some Var[w^γ] / (2 γ K), is far below the standard error.
  static let sampled = [
    Sampled(objective: "elbo", expected: elbo, terms: 10_000),
    Sampled(objective: ["iwae": ["k": 1]], expected: elbo, terms: 10_000),
    Sampled(objective: ["iwae": ["k": 2]], expected: -11.39592756291306, terms: 10_000),
    Sampled(objective: ["renyi": ["alpha": 1, "k": 7]], expected: elbo, terms: 1000),
    Sampled(objective: ["renyi": ["alpha": 0, "k": 10_000]], expected: evidence, terms: 1),
    Sampled(objective: ["renyi": ["alpha": 0.5, "k": 10_000]], expected: -11.281917606600139, terms: 1),
    Sampled(objective: ["cubo": ["order": 2, "k": 10_000]], expected: 10.528100485718763, terms: 1),
    Sampled(objective: ["tvo": ["partitions": 1, "k": 100]], expected: elbo, terms: 100),
    Sampled(
      objective: ["tvo": ["partitions": 2, "k": 10_000]], expected: -11.479624768858514, terms: 1),
    // KL[p ‖ N(2, 1)] with p = N(75/26, 5/13): ½ (v + (m − 2)² − 1 − log v).
    Sampled(
      objective: ["forward-kl": ["k": 10_000]],
      expected: -0.5 * (5.0 / 13 + pow(75.0 / 26 - 2, 2) - 1 - log(5.0 / 13)), terms: 1),
  ]

  @Test("each objective by sampling, within 6 standard errors", arguments: sampled)
  func sampling(_ example: Sampled) throws {
    let settings = try q(example.objective, samples: example.terms)
    let probe = BoundProbe(settings, draws: settings.drawsPerStep) { [$0.objective] }
    let values = Estimate((0..<100).map { probe(at: [2, 0], step: $0)[0][0] })
    #expect(
      abs(values.mean - example.expected) < 6 * values.standardError,
      "\(values.mean) ± \(values.standardError) for \(example.expected)")
  }

  @Test("the tail-adaptive weights are the powers of the ranks")
  func ranks() throws {
    let settings = try q(["tail-adaptive": ["k": 5, "power": -0.5]], samples: 2)
    let probe = BoundProbe(settings, draws: 10) { [$0.objective] + [$0.logWeight].compactMap(\.self) }
    let values = probe(at: [2, 0])
    let terms = [0, 5].map { first in
      let own = Array(values[1][first..<first + 5])
      let powers = own.map { weight in pow(Double(own.count { $0 >= weight }) / 5, -0.5) }
      return zip(powers, own).reduce(0) { $0 + $1.0 * $1.1 } / powers.reduce(0, +)
    }
    #expect(abs(values[0][0] - 0.5 * (terms[0] + terms[1])) < 1e-12)
  }

  @Test("points of a thermodynamic path: equally spaced, or logarithmically from the first")
  func path() {
    var objective = ThermodynamicObjective()
    objective.partitions = 4
    #expect(objective.points.map(\.inverseTemperature) == [0, 0.25, 0.5, 0.75])
    objective.first = 0.001
    let expected = [0, 0.001, 0.01, 0.1]
    for (point, expected) in zip(objective.points, expected) {
      #expect(abs(point.inverseTemperature - expected) < 1e-15)
    }
    #expect(abs(objective.points.map(\.width).reduce(0, +) - 1) < 1e-15)
  }

  @Test("IWAE rises with K towards the evidence")
  func rises() throws {
    let values = try [1, 5, 50].map { k in
      let settings = try q(["iwae": ["k": .integer(k)]], samples: 2000)
      return BoundProbe(settings, draws: settings.drawsPerStep) { [$0.objective] }(at: [2, 0])[0][0]
    }
    #expect(values[0] < values[1] && values[1] < values[2] && values[2] < Self.evidence + 0.05)
  }
}

extension ConfigValue {
  /// The value on one line.
  var inlineText: String {
    switch self {
    case .text(let text): text
    case .mapping(let mapping):
      mapping.entries.map { "\($0.key) \($0.value.inlineText)" }.joined(separator: ", ")
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    default: "\(self)"
    }
  }
}
