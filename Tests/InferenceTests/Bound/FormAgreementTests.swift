import Inference
import Testing

@Suite struct FormAgreementTests {
  static let betas = [0.1, 0.5, 1, 4]

  @Test("with exact expectations the forms' objectives agree at every β", arguments: ModelCase.all)
  func exact(_ model: ModelCase) throws {
    for family in familyCases {
      let objectives = probes(model, family, expectations: .exact, draws: 1)
      guard let first = objectives.first else { continue }
      let point = first.probe.randomParameters(2)
      for beta in Self.betas {
        let expected = first.probe(at: point, beta: beta)[0][0]
        for (form, probe) in objectives.dropFirst() {
          let value = probe(at: point, beta: beta)[0][0]
          #expect(
            abs(value - expected) <= 1e-9 * max(1, abs(expected)),
            "\(family) β \(beta): \(form) is \(value), not \(expected)")
        }
      }
    }
  }

  @Test("with sampled expectations the forms' objectives agree at every β", arguments: ModelCase.all)
  func sampled(_ model: ModelCase) throws {
    for family in familyCases {
      let objectives = probes(model, family, expectations: .sampled, draws: 256)
      guard let first = objectives.first else { continue }
      #expect(objectives.count >= 2)
      // Scales of 0.15 keep the funnel's exp(−v) from heavy tails.
      let point = first.probe.randomParameters(3, scale: 0.15)
      for beta in Self.betas {
        // Forty independent averages: their differences are close to normal, and 5 standard errors are beyond
        // the 1e-5 quantile of Student's t with 39 degrees of freedom.
        let reference = (0..<40).map { first.probe(at: point, beta: beta, step: $0)[0][0] }
        for (form, probe) in objectives.dropFirst() {
          let values = (0..<40).map { probe(at: point, beta: beta, seed: 1, step: $0)[0][0] }
          let difference = Estimate(zipMap(values, reference, -))
          #expect(
            difference.agrees(with: 0),
            "\(family) β \(beta): \(form) differs by \(difference.mean) ± \(difference.standardError)")
        }
      }
    }
  }

  private func probes(_ model: ModelCase, _ family: ConfigValue, expectations: Expectations, draws: Int)
    -> [(form: Form, probe: BoundProbe)]
  {
    Form.allCases.compactMap { form in
      let run = climbed(family).with([
        "form": .text(form.rawValue), "expectations": .text(expectations.rawValue),
      ])
      return model.accepted(run).map { (form, BoundProbe($0, draws: draws) { [$0.objective] }) }
    }
  }
}
