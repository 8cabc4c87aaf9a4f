import Inference
import Testing

@Suite struct StepScheduleTests {
  private func factors(_ schedule: ConfigValue, at updates: [Int], of total: Int) throws -> [Double] {
    let settings = try settings([
      "model": "banana", "optimizer": ["sgd": ["learning_rate": 1, "schedule": schedule]],
    ])
    let control = try #require(settings.optimizer as? any GradientOptimizer).control
    return updates.map { control.rate(at: $0, of: total) }
  }

  private func expect(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-15) }
  }

  @Test("constant stays 1")
  func constant() throws {
    expect(try factors("constant", at: [0, 5, 10], of: 11), [1, 1, 1])
  }

  @Test("exponential goes from 1 to its final fraction at the last update, geometrically")
  func exponential() throws {
    expect(
      try factors(["exponential": ["final": 0.01]], at: [0, 5, 10], of: 11), [1, 0.1, 0.01])
    expect(try factors("exponential", at: [0], of: 1), [1])
  }

  @Test("cosine: Loshchilov & Hutter 2017, eq. 5")
  func cosine() throws {
    // ½ (1 + cos πt/T) at t/T = 0, ¼, ½, ¾, 1.
    expect(
      try factors("cosine", at: [0, 25, 50, 75, 100], of: 100),
      [1, 0.8535533905932737, 0.5, 0.14644660940672624, 0])
    expect(
      try factors(["cosine": ["final": 0.2]], at: [0, 50, 100], of: 100), [1, 0.6, 0.2])
  }

  @Test("inverse-sqrt: 1/√(1 + t/timescale)")
  func inverseSquareRoot() throws {
    expect(try factors(["inverse-sqrt": ["timescale": 10]], at: [0, 30, 80], of: 100), [1, 0.5, 1 / 3.0])
  }

  @Test(
    "every schedule starts at the learning rate, never rises and stays finite",
    arguments: Catalog.components(of: .schedule).map(\.name))
  func registry(_ name: String) throws {
    for total in [1, 2, 1000] {
      let values = try factors(.text(name), at: Array(0..<total), of: total)
      #expect(values[0] == 1)
      #expect(values.allSatisfy { $0 >= 0 && $0 <= 1 })
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }
}
