import Inference
import Testing

@Suite struct LearnedGradientTests {
  @Test(
    "the objective's gradient agrees with central differences for every learned model, family and form",
    arguments: LearnedCase.all)
  func gradient(_ model: LearnedCase) throws {
    var checked = 0
    for family in familyCases {
      for form in Form.allCases {
        for expectations in Expectations.allCases {
          let run: ConfigMapping = [
            "family": family, "form": .text(form.rawValue), "expectations": .text(expectations.rawValue),
          ]
          guard let settings = model.accepted(run) else { continue }
          checked += 1
          let probe = BoundProbe(settings, draws: 2) { bound in
            let objective = bound.objective
            return [objective] + [bound.gradient(of: objective)].compactMap(\.self)
          }
          for beta in [0.5, 1, 4] {
            expectSlopes(
              probe, at: probe.randomParameters(1, scale: 0.2), beta: beta,
              "\(family) \(form) \(expectations) β \(beta)")
          }
        }
      }
    }
    #expect(checked >= 2, "only \(checked) combinations are accepted")
  }
}
