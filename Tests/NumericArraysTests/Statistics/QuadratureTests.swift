import NumericArrays
import Testing

@Suite("Quadrature")
struct QuadratureTests {
  @Test("known integrals to 1e-13")
  func known() throws {
    let cases: [(Double, Double, (Double) -> Double, Double)] = [
      (0, 1, { SpecialFunctions.exp($0) }, 1.718281828459045),
      // The normal density's integral: sqrt(2 pi).
      (-40, 40, { SpecialFunctions.exp(-$0 * $0 / 2) }, 2.5066282746310002),
      // The arc tangent's: 2 atan(50).
      (-50, 50, { 1 / (1 + $0 * $0) }, 3.101597985643492),
      (0, 2, { $0 * $0 * $0 }, 4), (0, 100, { SpecialFunctions.cos($0) }, -0.5063656411097588),
      (1, 1, { $0 }, 0),
    ]
    for (lower, upper, integrand, value) in cases {
      let result = try Quadrature.integral(from: lower, to: upper, integrand)
      #expect(abs(result - value) <= 1e-13 * max(1, abs(value)), "\(result), not \(value)")
    }
  }

  @Test("a log integrand far outside the range of exp")
  func logIntegrals() throws {
    // log sqrt(2 pi) - 5000
    let low = try Quadrature.logIntegral(from: -30, to: 50) { -5000 - ($0 - 3) * ($0 - 3) / 2 }
    #expect(abs(low - (0.9189385332046727 - 5000)) < 1e-12)
    let high = try Quadrature.logIntegral(from: 0, to: 1) { 2000 + $0 }
    #expect(abs(high - 2000.541324854612918) < 1e-12)
    let nothing = try Quadrature.logIntegral(from: 0, to: 1) { _ in -.infinity }
    #expect(nothing == -.infinity)
  }

  @Test("an integrand that is not finite or not smooth is reported")
  func failures() {
    #expect(throws: QuadratureError.self) { try Quadrature.integral(from: 0, to: 1) { _ in .nan } }
    #expect(throws: QuadratureError.self) {
      try Quadrature.integral(from: 0, to: 1) { 1 / abs($0 - 0.34567) }
    }
  }

  @Test("log beta and the gamma functions at known points")
  func specialFunctions() {
    // B(2, 3) = 1/12; digamma(1) = -Euler's constant; trigamma(1) = pi^2 / 6.
    #expect(abs(SpecialFunctions.logBeta(2, 3) + 2.4849066497880004) < 1e-15)
    #expect(abs(SpecialFunctions.digamma(1) + 0.5772156649015329) < 2e-16)
    #expect(abs(SpecialFunctions.trigamma(1) - 1.6449340668482264) < 5e-16)
    #expect(SpecialFunctions.logGamma(1) == 0 && SpecialFunctions.logGamma(2) == 0)
  }
}
