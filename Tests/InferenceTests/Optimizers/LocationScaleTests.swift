import Foundation
import Inference
import NumericArrays
import Testing

/// Natural and proximal gradients of Gaussians, whose exact steps are known in matrices.
@Suite struct LocationScaleTests {
  private static let dimension = 3
  private static let start: (location: [Double], scale: [Double]) = ([1, -2, 0.5], [0.3, 2, 1])

  private func ascent(
    _ family: ConfigValue, _ optimizer: ConfigValue, steps: Int, correlation: Double = 0.5
  ) throws -> FitResult {
    try fit([
      "model": [
        "correlated-gaussian": ["dimension": .integer(Self.dimension), "correlation": .number(correlation)]
      ],
      "family": family, "expectations": "exact", "steps": .integer(steps), "optimizer": optimizer,
      "initial": [
        "location": .list(Self.start.location.map { .number($0) }),
        "scale": .list(Self.start.scale.map { .number($0) }),
      ],
    ]).result
  }

  private func natural(_ rate: Double, isCorrected: Bool) -> ConfigValue {
    ["natural-gradient": ["learning_rate": .number(rate), "correction": .boolean(isCorrected)]]
  }

  private func covariance(_ correlation: Double) -> Matrix {
    let size = Self.dimension
    return Matrix(
      rows: size, columns: size,
      elements: (0..<size * size).map { $0 / size == $0 % size ? 1 : correlation })
  }

  private func inverse(_ matrix: Matrix) throws -> Matrix {
    Matrix.solve(lower: try matrix.cholesky(), Matrix.identity(matrix.rows))
  }

  /// The factor that φ of full rank says.
  private func factor(_ parameters: [Double]) -> Matrix {
    let size = Self.dimension
    var factor = Matrix(rows: size, columns: size)
    var index = 2 * size
    for row in 0..<size {
      let scale = exp(parameters[size + row])
      factor[row, row] = scale
      for column in 0..<row {
        factor[row, column] = scale * parameters[index]
        index += 1
      }
    }
    return factor
  }

  private func expect(_ found: [Double], _ expected: [Double], within tolerance: Double) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) <= tolerance * max(1, abs(expected)))
    }
  }

  /// A few dozen roundings of numbers near 1.
  @Test("of a Gaussian, one exact step at rate 1 is the posterior")
  func oneStep() throws {
    for correlation in [0.5, -0.3, 0] {
      let found = try ascent("full-rank", natural(1, isCorrected: false), steps: 1, correlation: correlation)
      let covariance = covariance(correlation)
      expect(Array(found.parameters[..<3]), [0, 0, 0], within: 1e-13)
      expect(factor(found.parameters).elements, try covariance.cholesky().elements, within: 1e-13)
      // Of independent elements, precisions are those of the diagonal, and each mean is the best one given the others.
      let diagonal = try ascent(
        "mean-field", natural(1, isCorrected: false), steps: 1, correlation: correlation)
      let precision = try inverse(covariance)
      let slopes = precision * Self.start.location
      expect(
        Array(diagonal.parameters[..<3]),
        (0..<3).map { Self.start.location[$0] - slopes[$0] / precision[$0, $0] }, within: 1e-13)
      expect(Array(diagonal.parameters[3...]), (0..<3).map { -0.5 * log(precision[$0, $0]) }, within: 1e-13)
    }
  }

  /// S′ = S + ρ G + ½ ρ² G S⁻¹ G with G = P − S for the precision P of the target, and m′ = m − ρ S′⁻¹ P m.
  @Test("natural gradients go the papers' way", arguments: [false, true])
  func naturalSteps(isCorrected: Bool) throws {
    let target = try inverse(covariance(0.5))
    var precision = Matrix.diagonal(Self.start.scale.map { 1 / ($0 * $0) })
    var mean = Self.start.location
    for steps in 1...8 {
      let gap = target - precision
      var next = precision + 0.3 * gap
      if isCorrected { next = next + 0.045 * (gap * (try inverse(precision)) * gap) }
      precision = next
      let shift = try inverse(precision) * (target * mean)
      mean = zip(mean, shift).map { $0 - 0.3 * $1 }
      let found = try ascent("full-rank", natural(0.3, isCorrected: isCorrected), steps: steps)
      expect(Array(found.parameters[..<3]), mean, within: 1e-11)
      let factor = factor(found.parameters)
      expect((factor * factor.transposed).elements, try inverse(precision).elements, within: 1e-11)
    }
  }

  /// The precision of a conjugate normal is 1/10 + 5/2. With the correction at rate 1, its ratio x to that of q becomes (x + 1/x)/2 of q's to
  /// it: 26 at scale 1, and after 8 halvings or so it doubles its digits.
  @Test("the correction keeps precisions positive at any rate")
  func correction() throws {
    func run(_ rate: Double, _ scale: Double, isCorrected: Bool, steps: Int) throws -> FitResult {
      try fit([
        "model": conjugateNormal, "expectations": "exact", "steps": .integer(steps),
        "initial": ["location": 0, "scale": .number(scale)],
        "optimizer": natural(rate, isCorrected: isCorrected),
      ]).result
    }
    for scale in [0.001, 0.1, 10, 1000] {
      let found = try run(1, scale, isCorrected: true, steps: 60)
      #expect(abs(found.parameters[0] - 7.5 / 2.6) < 1e-12)
      #expect(abs(found.parameters[1] + 0.5 * log(2.6)) < 1e-12)
    }
    // At rate 2 the precision would become 2 · 2.6 − 100.
    guard case .diverged = try run(2, 0.1, isCorrected: false, steps: 3).ending else {
      Issue.record("a negative precision")
      return
    }
    #expect(try run(2, 0.1, isCorrected: true, steps: 3).ending == .finished)
  }

  /// −tril(P C) is the energy's slope in the factor C for the precision P of the target, and c = ½ (v + √(v² + 4ρ)) the proximal step of
  /// −log c.
  @Test("the proximal step is the one of the formula, and the clipped one keeps its bound")
  func proximalSteps() throws {
    let target = try inverse(covariance(0.5))
    for family in ["mean-field", "full-rank"] {
      for scaleStep in ["proximal", "clipped"] {
        var (mean, factor) = (Self.start.location, Matrix.diagonal(Self.start.scale))
        for steps in 1...6 {
          let slopes = target * factor
          mean = zip(mean, target * mean).map { $0 - 0.2 * $1 }
          for row in 0..<3 {
            if family == "full-rank" {
              for column in 0..<row { factor[row, column] -= 0.2 * slopes[row, column] }
            }
            let moved = factor[row, row] - 0.2 * slopes[row, row]
            factor[row, row] =
              scaleStep == "proximal"
              ? 0.5 * (moved + (moved * moved + 0.8).squareRoot())
              : max(moved + 0.2 / factor[row, row], 0.9)
          }
          let options: ConfigMapping = [
            "learning_rate": 0.2, "scale_step": .text(scaleStep), "smallest_scale": 0.9,
          ]
          let found = try ascent(.text(family), ["proximal-gradient": .mapping(options)], steps: steps)
            .parameters
          expect(Array(found[..<3]), mean, within: 1e-12)
          let reached =
            family == "full-rank" ? self.factor(found) : Matrix.diagonal(found[3...].map { exp($0) })
          expect(reached.elements, factor.elements, within: 1e-12)
        }
      }
    }
  }

  @Test("at β the proximal step stays at the tempered posterior", arguments: [0.5, 1, 4])
  func proximalOptimum(_ beta: Double) throws {
    for form in Form.allCases {
      let (_, result) = try fit([
        "model": conjugateNormal, "form": .text(form.rawValue), "expectations": "exact",
        "beta": .number(beta), "steps": 2000, "initial": ["location": 0, "scale": 5],
        "optimizer": ["proximal-gradient": ["learning_rate": 0.1]],
      ])
      // Precision 1/10 + 5/(2β), and the mean 15/(2β) over it: a step leaves 1 − 0.1 β · precision ≤ 0.95 of an error.
      let precision = 0.1 + 2.5 / beta
      #expect(abs(result.parameters[0] - 7.5 / beta / precision) < 1e-12)
      #expect(abs(result.parameters[1] + 0.5 * log(precision)) < 1e-12)
    }
  }

  /// The energy's slope in the scale, −2.6 s, throws it from 100 to v = 100 − 26,000; then ½ (v + √(v² + 400)), written without cancellation.
  @Test("no proximal step is too long for a scale")
  func longSteps() throws {
    for steps in [1, 5] {
      let result = try fit([
        "model": conjugateNormal, "expectations": "exact", "steps": .integer(steps),
        "initial": ["location": 0, "scale": 100], "optimizer": ["proximal-gradient": ["learning_rate": 100]],
      ]).result
      #expect(result.ending == .finished)
      guard steps == 1 else { continue }
      let expected = 200 / (25900 + (25900.0 * 25900 + 400).squareRoot())
      #expect(abs(exp(result.parameters[1]) / expected - 1) < 1e-12)
    }
  }

  /// 16 draws a step of a posterior with known moments: the last tenth of the iterates has averaged 3,200 of them.
  @Test(
    "with draws they find the posterior of a regression",
    arguments: ["natural-gradient", "proximal-gradient"], ["mean-field", "full-rank"])
  func sampled(_ name: String, _ family: String) throws {
    let model = try #require(ModelCase.all.first { $0.testDescription == "bayesian-linear-regression" })
    let settings = try model.settings([
      "family": .text(family), "steps": 2000, "samples": 16,
      "optimizer": optimizer(name, rate: name == "natural-gradient" ? 0.1 : 0.002, ["average": 0.1]),
    ])
    let posterior = try #require(settings.model.posterior).moments
    let result = fit(settings, seed: 2).result
    #expect(result.ending == .finished && result.suspect == nil)
    for (index, mean) in posterior.mean.enumerated() {
      #expect(abs(result.parameters[index] - mean) < 0.1 * posterior.variances[index].squareRoot())
    }
    if family == "full-rank" {
      let evidence = try #require(settings.model.evidence).logValue
      #expect(abs(try #require(result.yardstick).elbo - evidence) < 0.02)
    }
  }
}
