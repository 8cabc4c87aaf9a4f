import Inference
import NumericArrays
import Testing

@Suite struct ObjectiveGradientTests {
  @Test(
    "the objective's gradient agrees with central differences for every model, family and form",
    arguments: ModelCase.all)
  func gradient(_ model: ModelCase) throws {
    for family in familyCases {
      for form in Form.allCases {
        for expectations in Expectations.allCases {
          let run = climbed(family).with([
            "form": .text(form.rawValue), "expectations": .text(expectations.rawValue),
          ])
          guard let settings = model.accepted(run) else { continue }
          let label = "\(family) \(form) \(expectations)"
          for beta in [0.5, 4] { check(settings, beta: beta, label: label) }
        }
      }
    }
  }

  private func check(_ settings: RunSettings, beta: Double, label: String) {
    guard settings.family.parameterCount(for: settings.model) > 0 else { return }
    let probe = BoundProbe(settings, draws: 3) { bound in
      let objective = bound.objective
      return [objective] + [bound.gradient(of: objective)].compactMap(\.self)
    }
    expectSlopes(probe, at: probe.randomParameters(1), beta: beta, "\(label) β \(beta)")
  }
}
