import Foundation
import NumericArrays
import Testing

@Suite("Softplus and its derivatives, averaged over a Gaussian")
struct LogisticNormalTests {
  private typealias Kernel<Scalar> = (
    UnsafeMutablePointer<Scalar>, Int, Int, UnsafePointer<Scalar>, Strides, UnsafePointer<Scalar>, Strides
  ) -> Void

  private func kernels<Scalar: KernelScalar>(_: Scalar.Type) -> [(name: String, kernel: Kernel<Scalar>)] {
    [
      ("softplus", { Scalar.kernelMeanSoftplus($0, rows: $1, draws: $2, $3, $4, $5, $6) }),
      ("sigmoid", { Scalar.kernelMeanSigmoid($0, rows: $1, draws: $2, $3, $4, $5, $6) }),
      ("slope", { Scalar.kernelMeanSigmoidSlope($0, rows: $1, draws: $2, $3, $4, $5, $6) }),
    ]
  }

  private func apply<Scalar: KernelScalar>(_ kernel: Kernel<Scalar>, _ mean: [Scalar], _ variance: [Scalar])
    -> [Scalar]
  {
    var out = [Scalar](repeating: 0, count: mean.count)
    let strides = Strides.contiguous(draws: mean.count)
    kernel(&out, 1, mean.count, mean, strides, variance, strides)
    return out
  }

  /// By quadrature in mpmath 1.3 with 40 digits, rounded: mean, variance and the three averages.
  private static let known: [(mean: Double, variance: Double, values: [Double])] = [
    (0, 1, [0.80605918334743978, 0.5, 0.20662096414190704]),
    (0.3, 0.01, [0.85557611401167003, 0.57426140964332414, 0.24389035089934175]),
    (-2.5, 4, [0.25726023059534537, 0.17285766869800157, 0.095229233617158106]),
    (7, 2.25, [7.002775155867149, 0.99725576054435436, 0.0026866590464481694]),
    (-30, 9, [8.4234634670804764e-12, 8.423463179772604e-12, 8.4234626053077061e-12]),
    (0, 100, [4.0543130311711487, 0.5, 0.039259560109364077]),
    (3, 1e-8, [3.0485873517996254, 0.95257412661797535, 0.045176659895567514]),
    (-4, 2500, [18.023987527066155, 0.46813953157326811, 0.0079481616284342027]),
    (1.5, 36, [3.3211256979207628, 0.59465477666934901, 0.061903314031596488]),
    (-12, 400, [3.4008109765828611, 0.27506913805290182, 0.016617570399776216]),
    (25, 0.5, [25.000000000017832, 0.99999999998216753, 1.7832472907097812e-11]),
    (0.001, 1e6, [398.94343663462427, 0.50000039894162417, 0.00039894162416975233]),
  ]

  /// Mean and spread are known to an ulp each; dozens of terms of at most 1 are added, and for the slope the k-th has a factor
  /// of up to its number: 24.
  private func tolerance(_ mean: Double, _ variance: Double, ulp: Double) -> Double {
    64 * ulp * (1 + abs(mean) + variance.squareRoot())
  }

  private func check<Scalar: KernelScalar>(_: Scalar.Type) {
    let ulp = Double(Scalar(Scalar.ulpOfOne))
    for (index, (name, kernel)) in kernels(Scalar.self).enumerated() {
      for (mean, variance, values) in Self.known {
        let found = Double(apply(kernel, [Scalar(mean)], [Scalar(variance)])[0])
        #expect(
          abs(found - values[index]) <= tolerance(mean, variance, ulp: ulp),
          "\(name) at \(mean), \(variance): \(found)")
      }
    }
  }

  @Test("agree with quadrature in 40 digits") func known() {
    check(Double.self)
    check(Float.self)
  }

  @Test("without a spread they are the functions themselves") func withoutSpread() {
    let points: [Double] = [-800, -30, -1.5, 0, 1e-3, 2, 40, 1e6, .infinity, -.infinity]
    for variance in [0, 1e-300] {
      let found = kernels(Double.self).map {
        apply($0.kernel, points, points.map { _ in variance })
      }
      for (index, x) in points.enumerated() {
        let share = SpecialFunctions.exp(-abs(x))
        let softplus = max(x, 0) + log1p(share)
        let sigmoid = (x < 0 ? share : 1) / (1 + share)
        let expected = [softplus, sigmoid, share / ((1 + share) * (1 + share))]
        for (values, expected) in zip(found, expected) {
          let value = values[index]
          let isNear = abs(value - expected) <= tolerance(x, variance, ulp: 0x1p-52)
          #expect(value == expected || isNear, "\(x): \(value), not \(expected)")
        }
      }
    }
  }

  @Test("softplus(x) − softplus(−x) is x on average, and the sigmoids of x and −x add up to 1")
  func reflection() {
    let stream = NoiseStream(seed: 3, purpose: .data)
    let means = stream.normals(dimension: 200, draws: 1, step: 0).map { 5 * $0 }
    let variances = stream.normals(dimension: 200, draws: 1, step: 1).map { SpecialFunctions.exp(4 * $0) }
    let values = kernels(Double.self).map {
      (apply($0.kernel, means, variances), apply($0.kernel, means.map { -$0 }, variances))
    }
    let (softplus, sigmoid) = (values[0], values[1])
    for index in means.indices {
      let bound = tolerance(means[index], variances[index], ulp: 0x1p-52)
      #expect(abs(softplus.0[index] - softplus.1[index] - means[index]) <= bound)
      #expect(abs(sigmoid.0[index] + sigmoid.1[index] - 1) <= bound)
    }
  }

  @Test("bits do not depend on company, in rows and columns; NaN and impossible variances give NaN")
  func company() {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let stream = NoiseStream(seed: 4, purpose: .data)
      let drawn = stream.normals(dimension: 2, draws: 40, step: 0).map { Scalar($0 * $0 * $0) }
      let means: [Scalar] = [0, 1, .nan, -3, 8, 2, 5, .infinity, -.infinity] + drawn[..<40]
      let variances: [Scalar] = [1, 0.1, 1, 30, .nan, -1, .infinity, 1, 0] + drawn[40...].map { $0 * $0 }
      let isNoNumber = [false, false, true, false, true, true, true, false, false]
      for (name, kernel) in kernels(Scalar.self) {
        let alone = means.indices.map { apply(kernel, [means[$0]], [variances[$0]])[0] }
        #expect(alone.prefix(9).map(\.isNaN) == isNoNumber, "\(name)")
        for first in [0, 5] {
          for last in first..<means.count {
            let (own, spread) = (Array(means[first...last]), Array(variances[first...last]))
            let expected = Array(alone[first...last])
            #expect(same(apply(kernel, own, spread), expected), "\(name) \(first)...\(last)")
            var column = own
            kernel(&column, own.count, 1, own, .column, spread, .column)
            #expect(same(column, expected), "\(name) \(first)...\(last) as a column")
          }
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }
}
