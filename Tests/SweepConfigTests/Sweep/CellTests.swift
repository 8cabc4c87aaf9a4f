import Inference
import SweepConfig
import Testing

@Suite("cells")
struct CellTests {
  @Test("cells are the product of the axes, the first changing slowest")
  func product() throws {
    let sweep = try read(
      """
      name: product
      run:
        model: conjugate-normal
        optimizer: adam
      sweep:
        family: [mean-field, full-rank]
        beta: [0.5, 1]
        optimizer.adam.learning_rate: [0.01, 0.1]
      seeds: 3
      """)
    let values = sweep.cells.map { $0.axisValues.map(\.value) }
    #expect(values.count == 8)
    #expect(values[0] == [.text("mean-field"), .number(0.5), .number(0.01)])
    #expect(values[1] == [.text("mean-field"), .number(0.5), .number(0.1)])
    #expect(values[2] == [.text("mean-field"), .integer(1), .number(0.01)])
    #expect(values[4] == [.text("full-rank"), .number(0.5), .number(0.01)])
    #expect(sweep.runs.count == 24)
    #expect(Set(sweep.runs.map(\.id)).count == 24)
  }
}
