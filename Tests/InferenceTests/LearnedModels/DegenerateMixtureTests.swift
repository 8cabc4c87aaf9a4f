import Inference
import NumericArrays
import Testing

@Suite struct DegenerateMixtureTests {
  /// Six points on a line and three others that are the same.
  private static let heap = DataArray(
    name: "heap.csv", rowCount: 9, width: 2,
    storage: .numbers([0, 0, 1, 0.5, 2, 1.5, 3, 1, 4, 2.5, 5, 2, 50, 60, 50, 60, 50, 60]),
    columnNames: ["a", "b"], digest: "heap")

  private static func run(_ options: ConfigMapping, _ changes: ConfigMapping = [:]) throws -> RunSettings {
    let run: ConfigMapping = [
      "model": .mapping(["gaussian-mixture": .mapping(options.with(["data": "heap.csv"]))]),
      "family": "exact",
      "optimizer": "em", "steps": 200,
    ]
    return try settings(run.with(changes), arrays: ["heap.csv": heap])
  }

  @Test("a component that collapses ends the run, named, with what helps")
  func collapsed() throws {
    let cases: [(ConfigMapping, String)] = [
      (["covariance": "full"], "component 2 collapsed: its variance along column 'a' fell to"),
      (["covariance": "diagonal"], "component 2 collapsed: its variance along column 'a' fell to"),
      (["covariance": "spherical"], "component 2 collapsed: its variance fell to"),
    ]
    let start: ConfigMapping = ["start": "given", "start_means": [2, 1, 50, 60], "start_variances": [1, 1]]
    for (options, expected) in cases {
      let (steps, result) = fit(try Self.run(start.with(options)))
      guard case .diverged(let reason) = result.ending else {
        Issue.record("\(options) ended as \(result.ending)")
        continue
      }
      #expect(reason.hasPrefix("step \(result.steps + 1): \(expected)"), "\(reason)")
      #expect(reason.hasSuffix("; set floor, use fewer components, or another start"), "\(reason)")
      #expect(steps.allSatisfy { $0.objective.isFinite })
    }
  }

  @Test("a shared covariance does not collapse on one component", arguments: [UInt64(0), 1, 2])
  func tied(_ seed: UInt64) throws {
    let result = fit(try Self.run(["covariance": "tied"]), seed: seed).result
    #expect(result.ending == .finished)
  }

  @Test("components on a line have a singular covariance, and a tied one too")
  func line() throws {
    let data = DataArray(
      name: "heap.csv", rowCount: 8, width: 2,
      storage: .numbers((0..<8).flatMap { [Double($0 * $0), 3 * Double($0 * $0)] }), digest: "line")
    for covariance in ["full", "tied"] {
      let run: ConfigMapping = [
        "model": ["gaussian-mixture": ["data": "heap.csv", "covariance": .text(covariance)]],
        "family": "exact",
        "optimizer": "em",
      ]
      let result = fit(try settings(run, arrays: ["heap.csv": data])).result
      guard case .diverged(let reason) = result.ending else {
        Issue.record("\(covariance) ended as \(result.ending)")
        continue
      }
      let name = covariance == "tied" ? "the tied covariance" : "component 1"
      #expect(
        reason.hasPrefix("the start: \(name) collapsed: its variance along column 2 fell to"), "\(reason)")
    }
  }

  @Test("a component far from all data is empty")
  func empty() throws {
    let run = try Self.run([
      "start": "given", "start_means": [20, 20, 9e9, 9e9], "start_variances": [900, 900],
    ])
    #expect(
      fit(run).result.ending
        == .diverged(
          "step 2: component 2 is empty: its weight fell to 0; use fewer components, or another start"))
  }

  @Test(
    "a floor keeps components from collapsing, and EM monotone",
    arguments: ["full", "tied", "diagonal", "spherical"])
  func floor(_ covariance: String) throws {
    for form in ["joint-entropy", "evidence-gap"] {
      let settings = try Self.run(["covariance": .text(covariance), "floor": 0.25], ["form": .text(form)])
      let (steps, result) = fit(settings)
      #expect(result.ending == .finished && result.suspect == nil, "\(result.suspect ?? "")")
      for (before, after) in zip(steps, steps.dropFirst()) {
        #expect(after.objective >= before.objective - 1e-9 * abs(before.objective), "step \(after.step)")
      }
      // The heap is a component of its own, at the floor, of a third of the data; tied covariances are larger.
      guard covariance != "tied" else { continue }
      let exported = settings.learning.model.exported(result.parameters)
      let heap = try #require(exported[1].values.firstIndex { abs($0 - 50) < 1e-9 }) / 2
      #expect(abs(exported[0].values[heap] - 1.0 / 3) < 1e-12)
      let floored: [Double] =
        switch covariance {
        case "full": [0.25, 0, 0, 0.25]
        case "diagonal": [0.25, 0.25]
        default: [0.25]
        }
      let values = exported[2].values[heap * floored.count..<(heap + 1) * floored.count]
      for (value, expected) in zip(values, floored) { #expect(abs(value - expected) < 1e-12) }
    }
  }

  @Test("no feasible covariance beats the floored one")
  func constrainedMaximum() throws {
    // One component: the log likelihood of θ is N times the expected log joint, and its maximum under the floor is
    // compared with 200 feasible covariances around it.
    let floor = 0.9
    let settings = try Self.run(["components": 1, "floor": .number(floor)])
    let result = fit(settings).result
    let best = try #require(result.yardstick).elbo
    let exported = settings.learning.model.exported(result.parameters)
    let mean = exported[1].values
    let covariance = exported[2].values
    let eigenvalues = Self.eigenvalues(covariance)
    #expect(abs(eigenvalues.smaller - floor) < 1e-9 && eigenvalues.larger > 100)
    guard case .numbers(let values) = Self.heap.storage else { return }
    func logLikelihood(_ c: [Double]) -> Double {
      let determinant = c[0] * c[3] - c[1] * c[2]
      return (0..<9).reduce(0) { sum, row in
        let (a, b) = (values[2 * row] - mean[0], values[2 * row + 1] - mean[1])
        let distance = (c[3] * a * a - 2 * c[1] * a * b + c[0] * b * b) / determinant
        return sum - 0.5 * (distance + .log(determinant)) - .log(2 * .pi)
      }
    }
    #expect(abs(logLikelihood(covariance) - best) <= 1e-9 * abs(best))
    var tried = 0
    for i in -5...5 {
      for j in -5...5 {
        for k in -5...5 {
          let off = covariance[1] + 0.2 * Double(j)
          let other = [covariance[0] + 0.2 * Double(i), off, off, covariance[3] + 0.2 * Double(k)]
          guard Self.eigenvalues(other).smaller >= floor else { continue }
          tried += 1
          #expect(logLikelihood(other) <= best + 1e-9)
        }
      }
    }
    #expect(tried > 200)
  }

  private static func eigenvalues(_ c: [Double]) -> (smaller: Double, larger: Double) {
    let middle = (c[0] + c[3]) / 2
    let radius = ((c[0] - c[3]) * (c[0] - c[3]) / 4 + c[1] * c[2]).squareRoot()
    return (middle - radius, middle + radius)
  }
}

extension Double {
  fileprivate static func log(_ x: Double) -> Double { SpecialFunctions.log(x) }
}
