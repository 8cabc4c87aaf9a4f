import Inference
import ReverseTape
import Testing

@Suite struct LearnedFormTests {
  @Test(
    "with exact expectations the forms' objectives agree at random parameters and every β",
    arguments: LearnedCase.all)
  func exact(_ model: LearnedCase) throws {
    for family in familyCases {
      let objectives = probes(model, family, expectations: .exact, draws: 1)
      guard let first = objectives.first else { continue }
      #expect(objectives.count == 3, "\(family)")
      for trial: UInt64 in 0..<3 {
        let point = first.probe.randomParameters(trial)
        for beta in [0.5, 1, 4] {
          let expected = first.probe(at: point, beta: beta)[0][0]
          #expect(expected.isFinite)
          for (form, probe) in objectives.dropFirst() {
            let value = probe(at: point, beta: beta)[0][0]
            #expect(
              abs(value - expected) <= 1e-9 * max(1, abs(expected)),
              "\(family) β \(beta): \(form) is \(value), not \(expected)")
          }
        }
      }
    }
  }

  @Test("with sampled expectations the forms' objectives agree at every β", arguments: LearnedCase.all)
  func sampled(_ model: LearnedCase) throws {
    for family in familyCases {
      let objectives = probes(model, family, expectations: .sampled, draws: 16)
      guard let first = objectives.first else { continue }
      #expect(objectives.count >= 2, "\(family)")
      let point = first.probe.randomParameters(3, scale: 0.2)
      for beta in [0.5, 1, 4] {
        // Forty independent averages: their differences are close to normal, and 5 standard errors are beyond
        // the 1e-5 quantile of Student's t with 39 degrees of freedom.
        let reference = (0..<40).map { first.probe(at: point, beta: beta, step: $0)[0][0] }
        for (form, probe) in objectives.dropFirst() {
          let values = (0..<40).map { probe(at: point, beta: beta, seed: 1, step: $0)[0][0] }
          let difference = Estimate(zipMap(values, reference, -))
          #expect(
            abs(difference.mean) <= 5 * difference.standardError + 1e-9 * max(1, abs(reference[0])),
            "\(family) β \(beta): \(form) differs by \(difference.mean) ± \(difference.standardError)")
        }
      }
    }
  }

  private func probes(
    _ model: LearnedCase, _ family: ConfigValue, expectations: Expectations, draws: Int
  ) -> [(form: Form, probe: BoundProbe)] {
    Form.allCases.compactMap { form in
      let run: ConfigMapping = [
        "family": family, "form": .text(form.rawValue), "expectations": .text(expectations.rawValue),
      ]
      return model.accepted(run).map { (form, BoundProbe($0, draws: draws) { [$0.objective] }) }
    }
  }
}

@Suite struct LearnedClosedFormTests {
  @Test("every closed form agrees with 24,000 draws of the latents", arguments: LearnedCase.all)
  func closedFormsAgreeWithDraws(_ model: LearnedCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(["family": family]) else { continue }
      var names: [String] = []
      let probe = BoundProbe(settings, draws: 2000) { bound in
        let differences = Self.differences(bound)
        names = differences.map(\.name)
        return differences.map(\.value)
      }
      guard !names.isEmpty else { continue }
      #expect(names.contains("entropy"))
      for trial: UInt64 in 0..<2 {
        let values = probe(at: probe.randomParameters(trial, scale: 0.2), seed: trial)
        for (name, differences) in zip(names, values) {
          // Every draw differs from the closed term of its own datum by a number of mean 0.
          let difference = Estimate(differences)
          #expect(
            abs(difference.mean) <= 5 * difference.standardError + 1e-9,
            "\(family): \(name) is off by \(difference.mean) ± \(difference.standardError)")
        }
      }
    }
  }

  /// Each term that has a closed form: its value at each draw less the closed one of the draw's datum.
  private static func differences(_ bound: BoundTape) -> [(name: String, value: Traced)] {
    guard let likelihood = bound.logLikelihood, let prior = bound.logPrior, let density = bound.logDensity
    else { return [] }
    let all: [(String, Traced?, Traced?)] = [
      ("reconstruction", bound.closedReconstruction, likelihood),
      ("log prior", bound.closedLogPrior, prior),
      ("entropy", bound.closedEntropy, -density),
      ("kl_prior", bound.closedPriorDivergence, density - prior),
      (
        "kl_posterior", bound.closedPosteriorDivergence,
        bound.logEvidence.map { density - prior - likelihood + $0.value }
      ),
    ]
    return all.compactMap { name, closed, sampled in
      guard let closed, let sampled else { return nil }
      return (name, (sampled - closed).expanded(to: Layout(.scalar, .perDraw)))
    }
  }
}
