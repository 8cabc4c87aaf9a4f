import Inference
import NumericArrays
import Testing

@Suite struct IdentityCheckTests {
  /// The violation after feeding it `steps` differences of `bias + ½ (1 − ε²)` over `draws` draws each.
  private func violation(bias: Double, draws: Int, steps: Int, seed: UInt64) -> String? {
    var check = IdentityCheck(identities: 1, draws: draws, precision: .float64)
    for step in 0..<steps {
      let noise = NoiseStream(seed: seed, purpose: .data).normals(
        dimension: 1, draws: draws, step: UInt64(step))
      let differences = noise.map { bias + 0.5 * (1 - $0 * $0) }
      check.check(
        0, ("a against b", false), mean: Statistics.mean(differences),
        meanSquare: Statistics.mean(differences.map { $0 * $0 }), elbo: -10, step: step)
    }
    #expect(check.checked == steps)
    return check.violation
  }

  @Test("skewed differences of mean zero pass, whatever the number of draws", arguments: [1, 2, 8, 16, 2000])
  func sound(_ draws: Int) {
    for seed: UInt64 in 0..<50 {
      #expect(violation(bias: 0, draws: draws, steps: 4000 / draws + 50, seed: seed) == nil)
    }
  }

  @Test("a bias of 0.3 nat is seen within 1,000 draws", arguments: [1, 8, 500])
  func biased(_ draws: Int) throws {
    // The differences' sd is √½: 0.3 is 13 standard errors of 1,000 draws.
    let text = try #require(violation(bias: 0.3, draws: draws, steps: 1000 / draws + 5, seed: 1))
    #expect(text.hasPrefix("step \((1000 + draws - 1) / draws - 1): a against b differ by 0."))
    #expect(
      text.contains(" on average over \((1000 + draws - 1) / draws) steps, more than 6 standard errors of 0.")
    )
  }

  @Test("exact writings differ by at most 1e-9 relative")
  func exact() {
    var check = IdentityCheck(identities: 1, draws: 8, precision: .float64)
    check.check(0, ("a against b", true), mean: 0.9e-7, meanSquare: 0, elbo: -100, step: 0)
    #expect(check.violation == nil)
    #expect(abs((check.largestResidual ?? 0) - 0.9e-9) < 1e-20)
    check.check(0, ("a against b", true), mean: -1.1e-7, meanSquare: 0, elbo: -100, step: 1)
    #expect(check.violation == "step 1: a against b differ by -1.1e-07 where both are exact")
    // The first violation is kept.
    check.check(0, ("a against b", true), mean: 1, meanSquare: 1, elbo: -100, step: 2)
    #expect(check.violation == "step 1: a against b differ by -1.1e-07 where both are exact")
  }

  @Test("an exact divergence is not negative, and an exact bound not above exact evidence")
  func signs() throws {
    var step = try #require(try fit(["model": "banana", "steps": 0]).steps.first)
    (step.step, step.elbo) = (7, -3)
    step.terms.klPrior = -1e-6
    step.terms.logEvidence = -3.1
    func violation(exact: Set<Term>, elboIsExact: Bool) -> String? {
      var check = IdentityCheck(identities: 0, draws: 1, precision: .float64)
      check.checkSigns(RecordedSteps(step), exact: exact, elboIsExact: elboIsExact)
      return check.violation
    }
    #expect(violation(exact: [.klPrior], elboIsExact: false) == "step 7: kl_prior is -1e-06")
    #expect(
      violation(exact: [.logEvidence], elboIsExact: true) == "step 7: elbo -3.0 is above log_evidence -3.1")
    #expect(violation(exact: [], elboIsExact: true) == nil)
    #expect(violation(exact: [.logEvidence], elboIsExact: false) == nil)
  }
}
