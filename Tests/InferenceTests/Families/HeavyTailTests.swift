import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

@Suite struct HeavyTailTests {
  /// The draws, log densities and closed entropy of a family at φ.
  private func evaluate(
    _ family: ConfigValue, dimension: Int, draws: Int, parameters: [Double]
  ) throws -> (z: Matrix, logDensity: [Double], entropy: Double) {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": .integer(dimension), "correlation": 0.1]],
      "family": family,
    ])
    let probe = BoundProbe(settings, draws: draws) { bound in
      [bound.q.draw, bound.q.logDensity, bound.closedEntropy].compactMap(\.self)
    }
    let values = probe(at: parameters)
    try #require(values.count == 3)
    return (Matrix(rows: dimension, columns: draws, elements: values[0]), values[1], values[2][0])
  }

  @Test("the t's log density is the multivariate t's", arguments: [3, 5, 30], ["full-rank", "mean-field"])
  func density(_ degrees: Int, _ base: ConfigValue) throws {
    let isFull = base == "full-rank"
    // Location (1, 0.5); scale (1.2, 0.5) and, with full rank, 0.7 of the first noise in the second.
    let parameters = [1, 0.5, log(1.2), log(0.5)] + (isFull ? [0.7] : [])
    let (z, logDensity, _) = try evaluate(
      ["student-t": ["degrees": .integer(degrees), "base": base]], dimension: 2, draws: 100,
      parameters: parameters)
    let nu = Double(degrees)
    for draw in 0..<100 {
      let first = (z[0, draw] - 1) / 1.2
      let second = (z[1, draw] - 0.5) / 0.5 - (isFull ? 0.7 * first : 0)
      // Kotz & Nadarajah 2004, eq. 1.1, with D = 2 and |Σ|½ = 0.6.
      let expected =
        SpecialFunctions.logGamma(nu / 2 + 1) - SpecialFunctions.logGamma(nu / 2) - log(nu * .pi) - log(0.6)
        - (nu / 2 + 1) * log(1 + (first * first + second * second) / nu)
      // Some tens of roundings of numbers below a hundred.
      #expect(abs(logDensity[draw] - expected) < 1e-12)
    }
  }

  // By SciPy 1.17: multivariate_t(0, I, df).entropy().
  @Test("the t's entropy is the multivariate t's", arguments: tEntropies)
  func entropy(_ expected: (degrees: Int, dimension: Int, nats: Double)) throws {
    let count = 2 * expected.dimension + expected.dimension * (expected.dimension - 1) / 2
    let (_, _, entropy) = try evaluate(
      ["student-t": ["degrees": .integer(expected.degrees)]], dimension: expected.dimension, draws: 1,
      parameters: [Double](repeating: 0, count: count))
    #expect(abs(entropy - expected.nats) < 1e-10)
  }

  static let tEntropies = [(3, 1, 1.7734775718632911), (5, 2, 3.237877066409345), (4, 4, 6.603622358043859)]

  @Test("the t has the covariance that it starts with, whatever its degrees", arguments: [5, 20])
  func covariance(_ degrees: Int) throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 3, "correlation": 0.6]],
      "family": ["student-t": ["degrees": .integer(degrees)]], "initial": "posterior", "steps": 0,
    ])
    let probe = BoundProbe(settings, draws: 200_000) { [$0.q.draw].compactMap(\.self) }
    let z = Matrix(rows: 3, columns: 200_000, elements: probe(at: fit(settings).result.parameters)[0])
    for i in 0..<3 {
      for j in 0...i {
        // Products of a t with 5 degrees have a variance, so that their mean is nearly normal.
        let products = Estimate(zipMap(z.row(i), z.row(j), *))
        #expect(products.agrees(with: i == j ? 1 : 0.6), "\(products.mean) ± \(products.standardError)")
      }
    }
  }

  @Test("laplace has the rank of its noise, far into both tails")
  func quantiles() throws {
    let settings = try settings(["model": ["correlated-gaussian": ["dimension": 1]], "family": "laplace"])
    let map = try NoiseMap(settings)
    // Φ and the inverse of the Laplace distribution function in mpmath with 30 digits.
    for (noise, expected) in Self.laplaceQuantiles {
      let (draw, density) = map([noise], [0.5, log(3)])
      // The logs of Φ are exact to a few units of the last place, and so absolutely to 1e-15 near 0.
      #expect(abs((draw[0] - 0.5) / 3 - expected) < 1e-14 * max(1, abs(expected)))
      #expect(abs(density - (-abs(expected) - log(6))) < 1e-13 * max(1, abs(expected)))
    }
  }

  static let laplaceQuantiles: [(Double, Double)] = [
    (-12, -74.717525821008851),
    (-5, -14.37185121342878),
    (-1, -1.1478744644493182),
    (-0.001, -0.00079820290701986937),
    (0.5, 0.4827645810336733),
    (3, 5.9145790409504042),
    (9, 42.93500193277217),
  ]

  @Test("a t at a target of the same kind has the target's density")
  func onTarget() throws {
    let target: ConfigValue = [
      "stan": [
        "program": """
        parameters { vector[2] x; }
        model { x ~ multi_student_t(5, [1, -2]', [[1.3, 0.4], [0.4, 0.7]]); }
        """
      ]
    ]
    let settings = try settings(["model": target, "family": "student-t"])
    let factor = try Matrix([[1.3, 0.4], [0.4, 0.7]]).cholesky()
    let probe = BoundProbe(settings, draws: 50) { bound in
      guard let joint = bound.logJoint, let density = bound.logDensity else { return [] }
      return [joint - density]
    }
    let gaps = probe(at: [1, -2, log(factor[0, 0]), log(factor[1, 1]), factor[1, 0] / factor[1, 1]])
    #expect(gaps[0].count == 50)
    // A density that integrates to 1: no constant is left over.
    for gap in gaps[0] { #expect(abs(gap) < 1e-12) }
  }

  @Test("a t finds a target of the same kind, where the best Gaussian cannot")
  func fitsTarget() throws {
    let run: ConfigMapping = [
      "model": [
        "stan": [
          "program":
            "parameters { vector[3] x; } model { x ~ multi_student_t(5, [1, -2, 0]', diag_matrix([4, 1, 0.25]')); }"
        ]
      ], "steps": 4000, "samples": 16,
      "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine", "average": 0.1]],
    ]
    let t = try #require(fit(run.with(["family": "student-t"])).result.yardstick)
    let gaussian = try #require(fit(run.with(["family": "full-rank"])).result.yardstick)
    #expect(abs(t.elbo) < 0.005)
    // By quadrature over |x|, the best Gaussian loses 0.06558 nats.
    #expect(abs(gaussian.elbo + 0.0655820279742656) < 0.01)
  }
}
