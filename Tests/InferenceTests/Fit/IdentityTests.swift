import Inference
import Testing

@Suite struct IdentityTests {
  @Test(
    "the identities hold along every fit: all models, families, forms, β, sample counts, expectations",
    arguments: ModelCase.all)
  func identitiesHold(_ model: ModelCase) throws {
    for family in familyCases {
      for form in Form.allCases {
        for beta in [0.5, 1, 4] {
          // Every β with some samples, and every number of samples at β = 1.
          let draws = beta == 1 ? [(1, "sampled"), (4, "sampled"), (8, "sampled")] : [(4, "sampled")]
          for (samples, expectations) in draws + [(4, "exact")] {
            let run = climbed(family).with([
              "form": .text(form.rawValue), "beta": .number(beta), "samples": .integer(samples),
              "expectations": .text(expectations), "steps": 30,
              "initial": ["location": 0.1, "scale": 0.5],
            ])
            guard let settings = model.accepted(run) else { continue }
            check(settings, label: "\(family) \(form) β \(beta) samples \(samples) \(expectations)")
          }
        }
      }
    }
  }

  @Test("a sound run of 2,000 sampled steps is not suspect", arguments: [1, 2, 4, 8, 16])
  func longRuns(_ samples: Int) throws {
    // Where kl_prior is sampled, two writings differ by Σ ½ (1 − ε²): for one latent as skewed as χ² with one degree.
    for model in ModelCase.all {
      for form in Form.allCases {
        let run: ConfigMapping = [
          "samples": .integer(samples), "form": .text(form.rawValue),
          "initial": ["location": 0, "scale": 0.5],
        ]
        guard let settings = model.accepted(run), settings.model.dimension < 5 else { continue }
        for seed: UInt64 in 0..<3 {
          #expect(fit(settings, seed: seed).result.suspect == nil, "\(model.testDescription) \(form) \(seed)")
        }
      }
    }
  }

  private func check(_ settings: RunSettings, label: String) {
    let (steps, result) = fit(settings)
    #expect(result.ending == .finished, "\(label)")
    #expect(result.suspect == nil, "\(label)")
    let isFitted = settings.family.parameterCount(for: settings.model) > 0
    #expect(steps.map(\.step) == Array(0...(isFitted ? 30 : 0)), "\(label)")
    let evidence = settings.model.evidence
    let exact = Set(result.exactTerms)
    for step in steps {
      #expect(step.elbo.isFinite && step.objective.isFinite && step.gradNorm?.isFinite == true, "\(label)")
      #expect(
        step.terms.reconstruction?.isFinite == true && step.terms.logJoint?.isFinite == true, "\(label)")
      #expect((step.terms.entropy != nil) == settings.family.hasDensity, "\(label)")
      #expect((step.terms.klPrior != nil) == settings.family.hasDensity, "\(label)")
      let hasGap = settings.family.hasDensity && evidence != nil
      #expect((step.terms.logEvidence != nil) == hasGap, "\(label)")
      #expect((step.terms.klPosterior != nil) == hasGap, "\(label)")
      for term in Term.allCases { #expect(step.terms[term]?.isFinite != false, "\(label) \(term)") }
      // Rounding of terms below 1e3 in size.
      if exact.contains(.klPrior) { #expect(step.terms.klPrior ?? 0 >= -1e-9, "\(label)") }
      if exact.contains(.klPosterior) { #expect(step.terms.klPosterior ?? 0 >= -1e-9, "\(label)") }
    }
    guard settings.family.hasDensity else {
      #expect(result.identitiesChecked == 0, "\(label)")
      return
    }
    // At least joint-entropy against reconstruction-kl at every step.
    #expect(result.identitiesChecked >= steps.count, "\(label)")
    if let residual = result.largestResidual { #expect(residual <= 1e-9, "\(label)") }
    // A mixture's entropy is sampled, whatever the model has in closed form.
    guard exact.isSuperset(of: [.logJoint, .reconstruction, .entropy]) else { return }
    #expect(result.largestResidual != nil, "\(label)")
    if let evidence, evidence.standardError == nil {
      #expect(steps.allSatisfy { $0.elbo <= evidence.logValue + 1e-9 }, "\(label)")
    }
  }
}
