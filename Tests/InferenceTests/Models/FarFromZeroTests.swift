import Inference
import Testing

/// Data far from 0 beside their noise: Σ y² / noise² is large, and must not be subtracted from itself.
@Suite struct FarFromZeroTests {
  @Test("the conjugate normal's terms do not change when data and prior move together")
  func shift() throws {
    func run(_ origin: Double) -> ConfigMapping {
      [
        "model": [
          "conjugate-normal": [
            "observations": .list((1...5).map { .number(origin + Double($0)) }),
            "prior_mean": .number(origin),
            "noise_sd": .number(2.0.squareRoot()), "prior_sd": .number(10.0.squareRoot()),
          ]
        ], "initial": ["location": .number(origin + 2), "scale": 1], "steps": 20, "expectations": "exact",
      ]
    }
    let near = try fit(run(0))
    for origin in [1e6, 1e8] {
      let far = try fit(run(origin))
      #expect(far.result.suspect == nil)
      for term in Term.allCases {
        let (a, b) = (try #require(near.steps[0].terms[term]), try #require(far.steps[0].terms[term]))
        // Differences of numbers near 1e8 are exact here; what is left are roundings of the mean, 1e8 ε ≈ 1e-8.
        #expect(abs(a - b) < 1e-7, "\(term) at \(origin)")
      }
    }
  }

  @Test("a regression far from 0 keeps its evidence, and its identities")
  func regression() throws {
    let table = DataTable(
      name: "far.csv",
      columns: [
        DataTable.Column(name: "x", values: [-1.5, -0.5, 0.25, 0.75, 1]),
        DataTable.Column(name: "y", values: [1_000_001.5, 1_000_002, 1_000_004, 1_000_003, 1_000_006]),
      ], digest: "far")
    for form in Form.allCases {
      let (steps, result) = try fit(
        [
          "model": [
            "bayesian-linear-regression": [
              "data": "far.csv", "target": "y", "intercept": true, "noise_sd": 0.5, "prior_sd": 1e6,
            ]
          ], "family": "full-rank", "form": .text(form.rawValue), "initial": "posterior", "steps": 20,
        ], tables: ["far.csv": table])
      #expect(result.suspect == nil)
      // log N(y; 0, noise² I + prior² X Xᵀ) by mpmath with 60 digits.
      #expect(abs(try #require(steps[0].terms.logEvidence) + 40.304982051843527) < 1e-6)
      #expect(abs(try #require(steps[0].terms.klPosterior)) < 1e-6)
    }
  }
}
