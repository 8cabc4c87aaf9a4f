import Inference
import Testing

@Suite struct PrecisionTests {
  @Test("float32 agrees with float64 to its rounding at the start", arguments: ModelCase.all)
  func start(_ model: ModelCase) throws {
    for family in familyCases {
      let run = climbed(family).with(["steps": 0, "initial": ["location": 0.1, "scale": 0.5]])
      guard let double = model.accepted(run),
        let single = model.accepted(run.with(["precision": "float32"]))
      else { continue }
      let (expected, found) = (fit(double).steps[0], fit(single).steps[0])
      // Sums of at most a hundred terms below a thousand: 1e3 · 100 · 2⁻²⁴ ≈ 6e-3 at worst, in practice √100 of it.
      let slack = 1e-4 * max(1, abs(expected.elbo))
      #expect(abs(found.elbo - expected.elbo) < slack, "\(family)")
      #expect(abs(found.objective - expected.objective) < slack, "\(family)")
      let (gradNorm, expectedNorm) = (try #require(found.gradNorm), try #require(expected.gradNorm))
      #expect(abs(gradNorm - expectedNorm) < 1e-4 * max(1, expectedNorm), "\(family)")
      for term in Term.allCases {
        guard let value = expected.terms[term] else { continue }
        #expect(abs((found.terms[term] ?? .nan) - value) < 1e-4 * max(1, abs(value)), "\(family) \(term)")
      }
    }
  }

  @Test("float32 and float64 converge to the same bound, without suspicion")
  func convergence() throws {
    for model: ConfigValue in [conjugateNormal, ["neals-funnel": ["width": 2]], "correlated-gaussian"] {
      let run: ConfigMapping = [
        "model": model, "family": "full-rank", "steps": 1500, "expectations": "exact",
        "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine"]],
      ]
      let double = try fit(run).result
      let single = try fit(run.with(["precision": "float32"])).result
      let expected = try #require(double.yardstick).elbo
      // The optimum is flat: parameters off by 1e-3 cost 1e-6 nats.
      #expect(abs(try #require(single.yardstick).elbo - expected) < 1e-4, "\(model)")
      #expect(single.suspect == nil && double.suspect == nil, "\(model)")
    }
  }
}
