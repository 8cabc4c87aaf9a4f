import Inference
import Testing

/// Further data, treated as the training data were.
@Suite struct DataTreatmentTests {
  private func data(_ options: ConfigMapping, _ array: DataArray) throws -> LearningData {
    try TrainedCase(model: "ppca", options: options.with(["latents": 1]), data: array, family: "exact")
      .learningData()
  }

  private func numbers(_ rows: DataRows) -> [Double] {
    (0..<rows.rowCount).flatMap { row in (0..<rows.width).map { rows[row, $0] } }
  }

  private var named: DataArray {
    var array = dataArray([[0, 10], [2, 30], [4, 20]], name: "named.csv")
    array.columnNames = ["a", "b"]
    return array
  }

  /// The columns have the means 2 and 20 and the maximum-likelihood variances 8/3 and 200/3.
  @Test("rows are standardised by the training data's moments, and back")
  func standardized() throws {
    let data = try data(["standardize": true], named)
    let rows = try data.treatment.rows(of: dataArray([[4, 0]]), shape: data.shape)
    let expected = [2 / (8.0 / 3).squareRoot(), -20 / (200.0 / 3).squareRoot()]
    for (value, expected) in zip(numbers(rows), expected) { #expect(abs(value - expected) < 1e-15) }
    let back = data.treatment.unstandardized(numbers(rows))
    for (value, expected) in zip(back, [4.0, 0]) { #expect(abs(value - expected) < 1e-14) }
  }

  @Test("rows are divided, and stay so")
  func divided() throws {
    let data = try data(["divide_by": 4], named)
    let rows = try data.treatment.rows(of: dataArray([[4, 2], [1, 0]]), shape: data.shape)
    #expect(numbers(rows) == [1, 0.5, 0.25, 0])
    #expect(data.treatment.unstandardized(numbers(rows)) == [1, 0.5, 0.25, 0])
    #expect(numbers(rows.first(1)) == [1, 0.5])
    #expect(rows.first(7).rowCount == 2)
  }

  @Test("columns are found by their names where both have names, else by their places")
  func columns() throws {
    let data = try data([:], named)
    var other = dataArray([[7, 8, 9]], name: "other.csv")
    other.columnNames = ["b", "c", "a"]
    #expect(numbers(try data.treatment.rows(of: other, shape: data.shape)) == [9, 7])
    var renamed = dataArray([[7, 8]], name: "renamed.csv")
    renamed.columnNames = ["x", "y"]
    #expect(numbers(try data.treatment.rows(of: renamed, shape: data.shape)) == [7, 8])
  }

  @Test("data of another size or without numbers are refused")
  func refused() throws {
    let data = try data([:], named)
    #expect(
      problem(data, dataArray([[1, 2, 3]]))
        == "rows.npy has rows of 3 numbers, and the model was fitted to rows of 2 numbers; give data of that size"
    )
    #expect(
      problem(data, dataArray([[1, 2, 3, 4]], image: DataArray.ImageSize(rows: 2, columns: 2)))
        == "rows.npy has rows of 2 × 2 numbers, and the model was fitted to rows of 2 numbers; give data of that size"
    )
    let bad = DataArray(
      name: "bad.npy", rowCount: 1, width: 2, storage: .numbers([1, .nan]),
      badCells: [1: DataTable.BadCell(location: "bad.npy, row 1", text: "nan")], digest: "bad")
    #expect(problem(data, bad) == "bad.npy, row 1: column 2 holds 'nan'; every number must be finite")
  }

  @Test("the data of a configuration are read again, unless they have changed")
  func again() throws {
    let example = TrainedCase(
      model: "ppca", options: ["latents": 1, "test_fraction": 0.34], data: named, family: "exact")
    let configuration = try example.settings().configuration
    let first = try example.learningData()
    let second = try #require(
      try LearningData(configuration: configuration, tables: Tables(arrays: ["named.csv": named])))
    #expect(numbers(second.training) == numbers(first.training))
    #expect(second.test.map(numbers) == first.test.map(numbers))
    #expect(second.test?.rowCount == 1)
    var changed = named
    changed.digest = "other"
    #expect(
      try LearningData(configuration: configuration, tables: Tables(arrays: ["named.csv": changed])) == nil)
  }

  private func problem(_ data: LearningData, _ array: DataArray) -> String {
    do throws(SettingsProblem) {
      return "no problem: \(try data.treatment.rows(of: array, shape: data.shape).rowCount) rows"
    } catch {
      return error.description
    }
  }
}
