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
          let run: ConfigMapping = [
            "family": family, "form": .text(form.rawValue), "expectations": .text(expectations.rawValue),
          ]
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
    let point = probe.randomParameters(1)
    let values = probe(at: point, beta: beta)
    let gradient = values[1]
    // Differences with h = ε^(1/3) lose two thirds of the digits: 4e-11 of the objective, and truncation
    // h² f‴/6 ≈ 6e-12 f‴ with f‴ of the size of the gradient times up to 1e3.
    let size = gradient.reduce(1 + abs(values[0][0])) { max($0, abs($1)) }
    for index in point.indices {
      let step = 6e-6 * max(1, abs(point[index]))
      var (up, down) = (point, point)
      up[index] += step
      down[index] -= step
      let slope =
        (probe(at: up, beta: beta)[0][0] - probe(at: down, beta: beta)[0][0]) / (up[index] - down[index])
      #expect(
        abs(slope - gradient[index]) < 1e-8 * size,
        "\(label) β \(beta): element \(index) is \(gradient[index]), differences give \(slope)")
    }
  }
}
