import Foundation
import Inference
import Testing

/// Log densities and gradients on the unconstrained scale by Stan 2.35 (posteriordb's eight_schools_noncentered, in
/// the same order: the raw effects, μ, log τ), to 1e-10 relative.
@Suite struct StanValueTests {
  struct Point: Sendable {
    var at: [Double]
    var logDensity: Double
    var gradient: [Double]
  }

  static let noncentered: [Point] = [
    Point(
      at: [
        -0.5991860327518224, -0.882940949664194, -0.519550080782271, -0.42499821694740914,
        0.30758743932334087, -0.22587124381868917, -0.554168129919488, -0.5022979649800587,
        0.005793983452029305, -0.30003253870728086,
      ],
      logDensity: -45.77353674620828,
      gradient: [
        0.6928160859132414, 0.9470069247776002, 0.5119658701508074, 0.46974611322970494,
        -0.3188699435859276, 0.23298243941407193, 0.6905092905406756, 0.5305723053186054,
        0.4793939539834844, 0.7344605898237813,
      ]),
    Point(
      at: [
        -0.7415971038325759, -0.018853535884397532, -0.325463134906828, 0.9448567567136914,
        -0.7865863856934434, 0.05523135751405128, 0.33233774014078743, -0.9286372296513872,
        -0.8466883739928242, 0.7752793579511701,
      ],
      logDensity: -45.54828981263771,
      gradient: [
        1.035498678501309, 0.21182148375225032, 0.31319360241493766, -0.8408686051399858,
        0.8282552682178195, -0.024246557030054114, 0.061194546630619184, 1.0282372402325055,
        0.5609377580068913, 0.570583651469251,
      ]),
    Point(
      at: [
        -0.9545609151637919, 0.888427724596458, 0.8598219413465953, 0.6233311385743263, 0.5465538923751432,
        0.6746984426440508, 0.7605051638476839, -0.9642349452140024, 0.36062892018468795,
        -0.6276779217133572,
      ],
      logDensity: -47.08200166000024,
      gradient: [
        1.0213464695885972, -0.8501782649706017, -0.8677869087576384, -0.5955074877345706,
        -0.557443995581711, -0.6734666770523947, -0.6685081618557023, 0.9842603380258159,
        0.41128672264770394, 1.0037189387442969,
      ]),
  ]

  /// The centered density by SciPy (norm, halfcauchy) and its gradient by the formulas of its derivatives in NumPy.
  static let centered = Point(
    at: [11, 8, 6.5, 7.5, 5, 6, 10.5, 8.5, 4.4, 1.3],
    logDensity: -28.765911395453895 - 26.593143307748626,
    gradient: [
      -0.414650060659048, -0.2673848815716019, -0.19308388925010112, -0.23438032386939367,
      -0.11863822100267438, -0.16016003919252095, -0.3780688271074366, -0.2937192015429664,
      1.8888054743584817, 1.7683214094317243,
    ])

  @Test("eight schools, noncentered: log joint and gradient as Stan's", arguments: noncentered)
  func noncentered(_ point: Point) throws {
    // Stan's program leaves the Cauchy of τ > 0 without the factor 2 of a half-Cauchy; ours is a density.
    var proper = point
    proper.logDensity += log(2)
    try check(proper, parameterization: "noncentered")
  }

  @Test("eight schools, centered: log joint and gradient as SciPy's")
  func centered() throws { try check(Self.centered, parameterization: "centered") }

  private func check(_ point: Point, parameterization: String) throws {
    let settings = try settings([
      "model": ["eight-schools": ["parameterization": .text(parameterization)]], "family": "delta",
    ])
    let probe = BoundProbe(settings, draws: 1) { bound in
      [bound.objective] + [bound.gradient(of: bound.objective)].compactMap(\.self)
    }
    let values = probe(at: point.at)
    #expect(abs(values[0][0] - point.logDensity) <= 1e-10 * abs(point.logDensity))
    #expect(values[1].count == point.gradient.count)
    for (value, expected) in zip(values[1], point.gradient) {
      #expect(abs(value - expected) <= 1e-10 * max(1, abs(expected)))
    }
  }
}
