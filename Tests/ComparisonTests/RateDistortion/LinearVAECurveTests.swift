import Comparison
import Testing

@Suite struct LinearVAECurveTests {
  /// The covariance of iris with divisor N (numpy.linalg.eigvalsh), two latents, and the maximum-likelihood noise of
  /// probabilistic PCA: the mean of the two smaller eigenvalues.
  static let iris = LinearVAECurve(
    eigenvalues: [4.200053427994632, 0.2410529429424424, 0.07768810337596639, 0.023676192353627123],
    latents: 2, noiseVariance: 0.05068214786479676)

  /// β, rate, distortion and active units, computed apart from this code with numpy in double precision.
  static let table: [(beta: Double, rate: Double, distortion: Double, active: Int)] = [
    (0.1, 5.290945914906283, -1.188608954204829, 2),
    (0.25, 4.374655183032128, -1.038608954204829, 2),
    (0.5, 3.6815080024721825, -0.7886089542048287, 2),
    (1, 2.988360821912237, -0.2886089542048289, 2),
    (2, 2.295213641352292, 0.7113910457951715, 2),
    (4, 1.602066460792347, 2.711391045795171, 2),
    (4.9, 1.4140217922773468, 3.539476358847531, 1),
    (8, 1.1689186239957194, 5.089476358847531, 1),
    (64, 0.12919785315580146, 33.089476358847534, 1),
    (100, 0, 42.52471149528047, 0),
  ]

  @Test("rate, distortion and active units on iris are those of the reference", arguments: table)
  func reference(row: (beta: Double, rate: Double, distortion: Double, active: Int)) throws {
    let curve = try #require(Self.iris)
    let point = curve.point(at: row.beta)
    #expect(abs(point.rate - row.rate) < 1e-9)
    #expect(abs(point.distortion - row.distortion) < 1e-9)
    #expect(abs(point.elbo + row.rate + row.distortion) < 1e-9)
    #expect(curve.activeUnits(at: row.beta) == row.active)
  }

  @Test("at β = 1 the bound is the maximum likelihood of probabilistic PCA")
  func likelihood() throws {
    // −404.962780156 for the 150 rows of iris and two components: −N/2 (d ln 2π + ln |C| + d), C the fitted
    // covariance (Tipping & Bishop 1999, eq. 4), with numpy.
    #expect(abs(150 * (try #require(Self.iris)).point(at: 1).elbo + 404.962780156) < 1e-8)
  }

  @Test("a unit collapses at its eigenvalue over the noise, and rate and distortion do not jump there")
  func collapse() throws {
    let curve = try #require(Self.iris)
    // 4.200053427994632 / 0.05068214786479676 and 0.2410529429424424 / 0.05068214786479676.
    #expect(abs(curve.collapses[0] - 82.87047027) < 1e-7)
    #expect(abs(curve.collapses[1] - 4.75617062) < 1e-7)
    for (index, beta) in curve.collapses.enumerated() {
      #expect(curve.activeUnits(at: beta * (1 - 1e-9)) == index + 1)
      #expect(curve.activeUnits(at: beta * (1 + 1e-9)) == index)
      let before = curve.point(at: beta * (1 - 1e-9))
      let after = curve.point(at: beta * (1 + 1e-9))
      #expect(abs(before.rate - after.rate) < 1e-7 && abs(before.distortion - after.distortion) < 1e-6)
    }
  }

  @Test("along the curve distortion rises with slope −β as the rate falls")
  func slope() throws {
    let curve = try #require(Self.iris)
    // d distortion / d rate = −β: the Lagrangian of the trade-off. Central difference of width 2e-5 relative, whose
    // error is of the order of 1e-10 relative and of rounding 1e-15 / 1e-5.
    for beta in [0.3, 1, 4, 5, 50] {
      let low = curve.point(at: beta * (1 - 1e-5))
      let high = curve.point(at: beta * (1 + 1e-5))
      #expect(abs((high.distortion - low.distortion) / (high.rate - low.rate) / beta + 1) < 1e-6)
    }
  }

  @Test("what cannot be a linear VAE has no curve")
  func refused() {
    #expect(LinearVAECurve(eigenvalues: [], latents: 1, noiseVariance: 1) == nil)
    #expect(LinearVAECurve(eigenvalues: [1, .nan], latents: 1, noiseVariance: 1) == nil)
    #expect(LinearVAECurve(eigenvalues: [1, -1], latents: 1, noiseVariance: 1) == nil)
    #expect(LinearVAECurve(eigenvalues: [1], latents: 0, noiseVariance: 1) == nil)
    #expect(LinearVAECurve(eigenvalues: [1], latents: 1, noiseVariance: 0) == nil)
  }
}
