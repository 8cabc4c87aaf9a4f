import Inference
import Testing

/// Warm-up, clipping and averaging on independent standard normals, where the log joint's gradient at x is −x.
@Suite struct StepControlTests {
  private func ascent(_ options: ConfigMapping, steps: Int) throws -> (steps: [StepTerms], result: FitResult)
  {
    let plain: ConfigMapping = ["momentum": 0, "learning_rate": 0.1]
    return try fit([
      "model": ["correlated-gaussian": ["correlation": 0]], "family": "delta",
      "initial": ["location": [3, 4]], "steps": .integer(steps),
      "optimizer": ["sgd": .mapping(plain.with(options))],
    ])
  }

  private func expect(_ result: FitResult, _ x: Double, _ y: Double) {
    #expect(abs(result.parameters[0] - x) < 1e-13 && abs(result.parameters[1] - y) < 1e-13)
  }

  @Test("plain ascent shrinks x by 1 − rate")
  func plain() throws {
    let shrunk = (0..<7).reduce(1.0) { product, _ in product * 0.9 }
    expect(try ascent([:], steps: 7).result, 3 * shrunk, 4 * shrunk)
  }

  @Test("warm-up rises linearly from 0 and then leaves the rate alone")
  func warmUp() throws {
    // Rates 0.025, 0.05, 0.075, 0.1, 0.1, 0.1.
    let shrunk = 0.975 * 0.95 * 0.925 * 0.9 * 0.9 * 0.9
    expect(try ascent(["warm_up": 4], steps: 6).result, 3 * shrunk, 4 * shrunk)
    var control = StepControl(learningRate: 2)
    control.warmUp = 4
    #expect((0..<6).map { control.rate(at: $0, of: 6) } == [0.5, 1, 1.5, 2, 2, 2])
  }

  @Test("warm-up multiplies the schedule")
  func warmUpWithSchedule() throws {
    let settings = try settings([
      "model": "banana",
      "optimizer": [
        "adam": ["learning_rate": 0.5, "warm_up": 2, "schedule": ["exponential": ["final": 0.25]]]
      ],
    ])
    let control = try #require(settings.optimizer as? any GradientOptimizer).control
    // Three updates: factors 1, ½, ¼.
    #expect((0..<3).map { control.rate(at: $0, of: 3) } == [0.25, 0.25, 0.125])
  }

  @Test("clip_norm shortens a longer gradient to its norm and leaves a shorter one alone")
  func clipNorm() throws {
    let (steps, result) = try ascent(["clip_norm": 1], steps: 1)
    expect(result, 3 - 0.1 * 0.6, 4 - 0.1 * 0.8)
    // What is recorded is the norm before clipping.
    #expect(steps[0].gradNorm == 5)
    expect(try ascent(["clip_norm": 5.5], steps: 1).result, 2.7, 3.6)
  }

  @Test("averaging takes the mean of the last fraction of the iterates", arguments: [0.5, 1])
  func averaging(_ fraction: Double) throws {
    let (steps, result) = try ascent(["average": .number(fraction)], steps: 10)
    // Iterates t = first…10 of x_t = 0.9^t x_0.
    let first = fraction == 1 ? 0 : 5
    let powers = (0...10).map { (0..<$0).reduce(1.0) { product, _ in product * 0.9 } }
    let mean = powers[first...].reduce(0, +) / Double(11 - first)
    expect(result, 3 * mean, 4 * mean)
    // The log joint at the average is the yardstick's; the path is that of the plain iterates.
    let yardstick = try #require(result.yardstick)
    let logTwoPi = 1.8378770664093453
    #expect(abs(yardstick.elbo + 0.5 * 25 * mean * mean + logTwoPi) < 1e-12)
    #expect(abs(steps[10].elbo + 0.5 * 25 * powers[10] * powers[10] + logTwoPi) < 1e-12)
  }

  @Test("without averaging the last iterate is the result")
  func lastIterate() throws {
    let (steps, result) = try ascent(["average": 0], steps: 10)
    #expect(result.yardstick?.elbo == steps[10].elbo)
  }
}
