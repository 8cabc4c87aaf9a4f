import Foundation
import Inference
import NumericArrays
import Testing

/// DoG, DoWG and COCOB against their papers' pseudocode, written plainly.
@Suite struct PathOptimizerTests {
  /// The gradient of the log density of two standard normals with correlation ½, whose precision is 4/3 (1, −½; −½, 1).
  private func slope(_ x: [Double]) -> [Double] {
    [4 / 3.0 * (0.5 * x[1] - x[0]), 4 / 3.0 * (0.5 * x[0] - x[1])]
  }

  private func norm(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 }.squareRoot() }

  private func ascent(_ optimizer: ConfigValue, steps: Int) throws -> FitResult {
    try fit([
      "model": ["correlated-gaussian": ["dimension": 2, "correlation": 0.5]], "family": "delta",
      "initial": ["location": [3, -1]], "steps": .integer(steps), "optimizer": optimizer,
    ]).result
  }

  /// The iterates 0…steps from (3, −1), with the weights of their averages.
  private func reference(isWeighted: Bool, movement: Double, steps: Int) -> [(x: [Double], weight: Double)] {
    var x = [3.0, -1.0]
    let start = x
    var largest = movement * (1 + norm(start))
    var sum = 0.0
    var iterates: [(x: [Double], weight: Double)] = []
    for _ in 0...steps {
      largest = max(largest, norm([x[0] - start[0], x[1] - start[1]]))
      let g = slope(x)
      let rate: Double
      if isWeighted {
        // Khaled, Mishchenko & Jin 2023, algorithm 1.
        sum += largest * largest * norm(g) * norm(g)
        rate = largest * largest / sum.squareRoot()
      } else {
        // Ivgi, Hinder & Carmon 2023, algorithm 1.
        sum += norm(g) * norm(g)
        rate = largest / sum.squareRoot()
      }
      iterates.append((x, isWeighted ? largest * largest : largest))
      x = [x[0] + rate * g[0], x[1] + rate * g[1]]
    }
    return iterates
  }

  /// A hundred updates of a few roundings each, on a path that contracts.
  @Test("DoG and DoWG go the papers' way, and average as they say", arguments: [false, true])
  func distances(isWeighted: Bool) throws {
    let name = isWeighted ? "dowg" : "dog"
    for movement in [1e-6, 1e-2] {
      let path = reference(isWeighted: isWeighted, movement: movement, steps: 100)
      for steps in [1, 2, 40, 100] {
        let options: ConfigMapping = ["average": 0, "initial_movement": .number(movement)]
        let found = try ascent([name: .mapping(options)], steps: steps).parameters
        for (found, expected) in zip(found, path[steps].x) { #expect(abs(found - expected) < 1e-12) }
        // Of all iterates: Ivgi et al., eq. 2; Khaled et al., the output of algorithm 1.
        let averaged = try ascent([name: .mapping(options.with(["average": 1]))], steps: steps).parameters
        let weights = path[0...steps].reduce(0) { $0 + $1.weight }
        for axis in 0..<2 {
          let mean = path[0...steps].reduce(0) { $0 + $1.weight * $1.x[axis] } / weights
          #expect(abs(averaged[axis] - mean) < 1e-12)
        }
      }
    }
  }

  @Test("the first step of DoG and DoWG has the length of the initial movement", arguments: ["dog", "dowg"])
  func firstStep(_ name: String) throws {
    let options: ConfigMapping = ["average": 0, "initial_movement": 0.001]
    let found = try ascent([name: .mapping(options)], steps: 1).parameters
    #expect(abs(norm([found[0] - 3, found[1] + 1]) - 0.001 * (1 + 10.0.squareRoot())) < 1e-15)
    // A gradient that is shortened moves φ no less: it is the unit of all that follows.
    let clipped = try ascent([name: .mapping(options.with(["clip_norm": 0.5]))], steps: 1).parameters
    for (clipped, found) in zip(clipped, found) { #expect(abs(clipped - found) < 1e-15) }
  }

  @Test("COCOB goes the paper's way")
  func coinBetting() throws {
    for alpha in [100.0, 3] {
      // Orabona & Tommasi 2017, algorithm 2, for a maximum.
      var (largest, total) = ([0.0, 0], [0.0, 0])
      var (reward, sum) = ([0.0, 0], [0.0, 0])
      var x = [3.0, -1.0]
      let start = x
      for steps in 1...100 {
        let g = slope(x)
        for i in 0..<2 {
          largest[i] = max(largest[i], abs(g[i]))
          total[i] += abs(g[i])
          reward[i] = max(reward[i] + (x[i] - start[i]) * g[i], 0)
          sum[i] += g[i]
          let bet = sum[i] / (largest[i] * max(total[i] + largest[i], alpha * largest[i]))
          x[i] = start[i] + bet * (largest[i] + reward[i])
        }
        guard [1, 2, 30, 100].contains(steps) else { continue }
        let found = try ascent(["cocob": ["alpha": .number(alpha)]], steps: steps).parameters
        for (found, expected) in zip(found, x) { #expect(abs(found - expected) < 1e-11) }
      }
    }
  }

  /// Products by 4 are exact, and so are their squares' roots.
  @Test("four times the objective leaves every bit of the path", arguments: ["dog", "dowg", "cocob"])
  func scale(_ name: String) throws {
    let paths = try [1, 4].map { factor in
      let program =
        "parameters { vector[3] x; } model { target += \(factor) * (-0.5 * dot_self(x - 2) - log1p(square(x[1]))); }"
      return try fit([
        "model": ["stan": ["program": .text(program)]], "family": "delta",
        "initial": ["location": [3, -2, 0.5]],
        "steps": 200, "optimizer": .text(name),
      ]).result.parameters
    }
    #expect(paths[0].map(\.bitPattern) == paths[1].map(\.bitPattern))
    #expect(zip(paths[0], [3, -2, 0.5]).allSatisfy { $0 != $1 })
  }

  /// 40,000 parameters are taken in two pieces. All are equal, so that the path is that of one number, whose distances and norms are 200
  /// times as long.
  @Test("very many parameters go the same way, whatever the number of threads", arguments: ["dog", "dowg"])
  func manyParameters(_ name: String) throws {
    let model: ConfigValue = [
      "stan": ["program": "parameters { vector[40000] x; } model { x ~ std_normal(); }"]
    ]
    let settings = try settings([
      "model": model, "family": "delta", "initial": ["location": 1], "steps": 60,
      "optimizer": .mapping([name: ["average": 0, "initial_movement": 0.001]]),
    ])
    let results = [1, 2, 3].map { threads in
      FitPlan(settings).run(seed: 0, team: Team(threads: threads), record: { _ in }).parameters
    }
    var (x, largest, sum) = (1.0, 0.001 * 201, 0.0)
    for _ in 0..<60 {
      largest = max(largest, 200 * abs(x - 1))
      let square = name == "dog" ? 1 : largest * largest
      sum += square * 40000 * x * x
      x -= (name == "dog" ? largest : largest * largest) / sum.squareRoot() * x
    }
    for result in results {
      // Sums of 40,000 roundings.
      #expect(result.allSatisfy { abs($0 - x) < 1e-10 })
      #expect(result == results[0])
    }
  }
}
