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
            expectSlopes(probe, beta: beta, "\(family) \(form) \(expectations) β \(beta)")
          }
        }
      }
    }
    #expect(checked >= 2, "only \(checked) combinations are accepted")
  }

  private func expectSlopes(_ probe: BoundProbe, beta: Double, _ label: String) {
    let point = probe.randomParameters(1, scale: 0.2)
    let values = probe(at: point, beta: beta)
    let gradient = values[1]
    #expect(gradient.count == point.count && !point.isEmpty, "\(label)")
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
        "\(label): element \(index) is \(gradient[index]), differences give \(slope)")
    }
  }
}
