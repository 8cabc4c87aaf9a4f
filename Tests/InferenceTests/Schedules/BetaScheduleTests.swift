import Inference
import Testing

@Suite struct BetaScheduleTests {
  private func beta(_ value: ConfigValue) throws -> Beta {
    try settings(["model": "banana", "beta": value]).beta
  }

  private func values(_ value: ConfigValue, at steps: [Int]) throws -> [Double] {
    let beta = try beta(value)
    return steps.map { beta.value(at: $0) }
  }

  private func expect(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-15) }
  }

  @Test("a number is constant")
  func constant() throws {
    expect(try values(4, at: [0, 1000]), [4, 4])
    expect(try values(0.5, at: [0, 1000]), [0.5, 0.5])
  }

  @Test("linear: start, middle, end and beyond")
  func linear() throws {
    expect(
      try values(["linear": ["from": 0.5, "to": 2, "steps": 100]], at: [0, 50, 100, 5000]), [0.5, 1.25, 2, 2])
    expect(try values(["linear": ["from": 4, "to": 1, "steps": 10]], at: [0, 5, 10]), [4, 2.5, 1])
  }

  @Test("sigmoid: start, a quarter, middle, end and beyond")
  func sigmoid() throws {
    // At a quarter of the way, (σ(−2.5) − σ(−5)) / (σ(5) − σ(−5)) by Python.
    expect(
      try values(["sigmoid": ["steps": 100]], at: [0, 25, 50, 100, 5000]),
      [0, 0.07010371654510814, 0.5, 1, 1])
  }

  @Test("cyclical: a ramp, a plateau, and again")
  func cyclical() throws {
    expect(
      try values(["cyclical": ["period": 100, "ramp": 0.5]], at: [0, 25, 50, 99, 100, 125, 150]),
      [0, 0.5, 1, 1, 0, 0.5, 1])
  }

  @Test("a sigmoid without slope is a straight line")
  func flatSigmoid() throws {
    for steepness in [1e-3, 1e-9, 1e-18, 1e-300] {
      let found = try values(
        ["sigmoid": ["steps": 100, "steepness": .number(steepness)]], at: [0, 25, 50, 100])
      for (found, expected) in zip(found, [0, 0.25, 0.5, 1]) {
        #expect(abs(found - expected) < 1e-7, "steepness \(steepness)")
      }
    }
  }

  @Test("a steep sigmoid is a step in the middle")
  func steepSigmoid() throws {
    expect(
      try values(["sigmoid": ["steps": 100, "steepness": 1e6]], at: [0, 49, 50, 51, 100]), [0, 0, 0.5, 1, 1])
  }

  @Test(
    "every schedule begins at from, reaches to exactly, and stays between",
    arguments: Catalog.components(of: .betaSchedule).map(\.name))
  func ends(_ name: String) throws {
    for (from, to) in [(0.0, 1.0), (0.7, 0.1), (1, 1e-20), (4, 0.3), (1e-3, 1)] {
      let beta = try beta(.mapping([name: ["from": .number(from), "to": .number(to)]]))
      let values = (0...3000).map { beta.value(at: $0) }
      #expect(values[0] == from)
      #expect(values.contains(to), "\(name) from \(from) to \(to)")
      #expect(
        values.allSatisfy { $0 >= min(from, to) && $0 <= max(from, to) }, "\(name) from \(from) to \(to)")
    }
  }

  @Test("the recorded β is the schedule's and moves the objective between the bound's terms")
  func recorded() throws {
    let (steps, _) = try fit([
      "model": conjugateNormal, "expectations": "exact", "steps": 20,
      "beta": ["linear": ["from": 0.5, "to": 2, "steps": 10]],
    ])
    for step in steps {
      #expect(abs(step.beta - min(2, 0.5 + 0.15 * Double(step.step))) < 1e-14)
      let reconstruction = try #require(step.terms.reconstruction)
      let divergence = try #require(step.terms.klPrior)
      // Both are sums of terms below a few hundred.
      #expect(abs(step.objective - (reconstruction - step.beta * divergence)) < 1e-9)
      #expect(abs(step.elbo - (reconstruction - divergence)) < 1e-9)
    }
  }
}
