import Inference
import NumericArrays
import Testing

@Suite struct ThreadedClimbTests {
  /// The rows of a model's example again and again, each time a little elsewhere: more than two chunks of any E-step.
  private static func large(_ model: LearnedCase) throws -> LearnedCase {
    var model = model
    let (path, data) = try #require(model.arrays.first)
    guard case .numbers(let values) = data.storage else {
      Issue.record("the example of \(model.testDescription) is not of numbers")
      return model
    }
    let rowCount = 9500
    let noise = NoiseStream(seed: 3, purpose: .data).normals(
      dimension: 1, draws: rowCount * data.width, step: 0)
    model.arrays[path] = DataArray(
      name: path, rowCount: rowCount, width: data.width,
      storage: .numbers(noise.indices.map { values[$0 % values.count] + 0.1 * noise[$0] }),
      columnNames: data.columnNames, digest: "large")
    return model
  }

  @Test("one, two and three threads give the same bits", arguments: tractableCases)
  func sameBits(_ model: LearnedCase) throws {
    let model = try Self.large(model)
    for every in [1, 4] {
      let plan = FitPlan(
        try model.settings([
          "family": "exact", "optimizer": "em", "steps": 6, "record": ["every": .integer(every)],
        ]))
      let runs = [1, 2, 3].map { threads in
        var steps: [StepTerms] = []
        let result = plan.run(
          seed: 1, team: Team(threads: threads), record: { steps.append($0) }, measure: { _ in },
          shouldStop: { false })
        return (steps: steps, result: result)
      }
      #expect(runs[0].result.ending == .finished)
      for run in runs.dropFirst() {
        #expect(run.steps.map(\.bits) == runs[0].steps.map(\.bits))
        #expect(run.result.parameters == runs[0].result.parameters)
      }
    }
  }
}
