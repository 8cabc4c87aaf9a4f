import Comparison
import Testing

/// The expected values are those of `reference_statistics.py`, by SciPy 1.17.1.
@Suite struct SignFlipTests {
  private static let twenty = [
    0.11, -0.42, 0.73, 0.25, -0.08, 0.61, 0.94, -0.35, 0.47, 0.18, 0.52, -0.67, 0.29, 0.83, 0.06, -0.14, 0.39,
    0.75, -0.21, 0.58,
  ]

  @Test(
    "up to 20 pairs p is exact, as SciPy enumerates it",
    arguments: [
      ([0.3, 1.9, -0.7, 4.2, 0.1], 0.3125), ([1.0, 2.5, 3.0], 0.25), ([1, -1, 2, -2, 3, 3, 0, 1], 0.28125),
      ([0.5, 0.1, -0.2, 0.9, 1.3, -0.4, 0.8, 0.05, 0.6, -0.1, 0.35, 0.7], 0.02685546875),
      (twenty, 0.028705596923828125),
    ])
  func enumerated(differences: [Double], expected: Double) {
    // Both are a count divided by a power of two.
    #expect(SignFlipTest.p(differences) == expected)
  }

  @Test("above 20 pairs p is that of all assignments, within the noise of 100,000")
  func sampled() throws {
    let differences = [
      0.11, -0.42, 0.73, 0.25, -0.08, 0.61, 0.94, -0.35, 0.47, 0.18, 0.52, -0.67, 0.29, 0.83, 0.06, -0.14,
      0.39,
      -0.75, -0.21, 0.58, -0.9, 0.4, -0.3, 0.2,
    ]
    let exact = 0.2767186164855957
    let p = try #require(SignFlipTest.p(differences))
    // Four standard errors of a share of 100,000.
    #expect(abs(p - exact) < 4 * (exact * (1 - exact) / 100_000).squareRoot())
    #expect(p == SignFlipTest.p(differences))
  }

  @Test("p is never 0, and never below what so many pairs can have")
  func smallest() {
    for pairs in [1, 5, 20, 21, 300] {
      let p = SignFlipTest.p((0..<pairs).map { 10 + Double($0) })
      #expect(p == SignFlipTest.smallestP(pairs: pairs))
    }
    #expect(SignFlipTest.smallestP(pairs: 5) == 0.0625)
    #expect(SignFlipTest.smallestP(pairs: 21) == 1 / 100_001.0)
  }

  @Test("no difference at all has p = 1, no pair none, and infinity none")
  func degenerate() {
    #expect(SignFlipTest.p([0, 0, 0]) == 1)
    #expect(SignFlipTest.p([1, -1]) == 1)
    #expect(SignFlipTest.p([]) == nil)
    #expect(SignFlipTest.p([1, .infinity]) == nil)
  }

  @Test("sums that are equal but for rounding count as equal")
  func rounding() {
    // ±0.1 ± 0.2 ± 0.3: |0.6| is reached by two of eight, |0| is 0.1 + 0.2 - 0.3 = 5.6e-17 in doubles.
    #expect(SignFlipTest.p([0.1, 0.2, 0.3]) == 0.25)
    #expect(SignFlipTest.p([0.1, 0.2, -0.3]) == 1)
  }

  @Test("sign, scale and order of the differences do not matter")
  func invariances() {
    let p = SignFlipTest.p(Self.twenty)
    #expect(SignFlipTest.p(Self.twenty.map { -4 * $0 }) == p)
    #expect(SignFlipTest.p(Self.twenty.reversed()) == p)
  }

  @Test(
    "Holm's adjustment is the closed test's",
    arguments: [
      ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
      ([0.0001, 0.02, 0.02, 0.5, 0.9], [0.0005, 0.08, 0.08, 1, 1]), ([0.6, 0.7], [1, 1]), ([], []),
      ([0.3], [0.3]),
    ])
  func holm(p: [Double], expected: [Double]) {
    let adjusted = holmAdjusted(p)
    #expect(adjusted.count == expected.count)
    #expect(zip(adjusted, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
