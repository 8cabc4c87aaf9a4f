import Foundation
import Inference
import NumericArrays
import Testing

@Suite struct DirectExpectationTests {
  /// Draws of a standard normal.
  private static func normals(_ count: Int, step: UInt64) -> [Double] {
    NoiseStream(seed: 8, purpose: .data).normals(dimension: 1, draws: count, step: step)
  }

  private static func mixture(width: Int, components: Int, rows: Int) throws -> (GaussianMixture, DataArray) {
    let data = DataArray(
      name: "rows.csv", rowCount: rows, width: width, storage: .numbers(normals(rows * width, step: 0)),
      digest: "rows")
    let model = LearnedCase(
      testDescription: "",
      configuration: [
        "gaussian-mixture": [
          "data": "rows.csv", "components": .integer(components), "covariance": "full",
        ]
      ], arrays: [data.name: data])
    let settings = try model.settings(["family": "exact", "optimizer": "em"])
    return (try #require(settings.learning.model as? GaussianMixture), data)
  }

  /// Σ over rows of log Σ_k π_k N(x; μ_k, Σ_k)^τ and of r, r y, r y yᵀ with y from the columns' means, by their formulas.
  private static func expected(
    _ theta: [Double], _ model: GaussianMixture, _ rows: [[Double]], components: Int, temperature: Double
  ) -> [Double] {
    let width = rows[0].count
    func block(_ name: String) -> [Double] { Array(theta[model.parameters.range(of: name)]) }
    let logits = block("logits")
    let logTotal = log(logits.reduce(0) { $0 + exp($1) })
    let means = block("means")
    let diagonal = block("log_precision_diagonal")
    let triangle = width > 1 ? block("precision_triangle") : []
    let center = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    var sums = [Double](repeating: 0, count: 1 + components * (1 + width + width * width))
    let squares = 1 + components * (1 + width)
    for row in rows {
      let weighted = (0..<components).map { k in
        var density = -0.5 * Double(width) * log(2 * Double.pi)
        for i in 0..<width {
          density += diagonal[k * width + i]
          var z = exp(diagonal[k * width + i]) * (row[i] - means[k * width + i])
          for j in 0..<i {
            let place = k * width * (width - 1) / 2 + i * (i - 1) / 2 + j
            z += triangle[place] * (row[j] - means[k * width + j])
          }
          density -= 0.5 * z * z
        }
        return exp(logits[k] - logTotal + density / temperature)
      }
      let total = weighted.reduce(0, +)
      sums[0] += log(total)
      let y = zip(row, center).map { $0 - $1 }
      for (k, share) in weighted.map({ $0 / total }).enumerated() {
        sums[1 + k] += share
        for i in 0..<width {
          sums[1 + components + k * width + i] += share * y[i]
          for j in 0..<width {
            let place = squares + (k * width + i) * width + j
            sums[place] += share * y[i] * y[j]
          }
        }
      }
    }
    return sums
  }

  @Test(
    "the sums over rows are those of the formulas, for any width and number of rows",
    arguments: 1...9, [1, 8, 13, 128, 300])
  func formulas(_ width: Int, _ rowCount: Int) throws {
    let components = min(1 + width % 4, rowCount)
    let (model, data) = try Self.mixture(width: width, components: components, rows: max(rowCount, 9))
    guard case .numbers(let values) = data.storage else { return }
    let theta = Self.normals(model.parameters.count, step: 1).map { 0.5 * $0 }
    let rows = (0..<data.rowCount).map { Array(values[$0 * width..<($0 + 1) * width]) }
    let columns = (0..<width).flatMap { column in rows.map { $0[column] } }
    let latents = try #require(model.direct)
    for temperature in [0.5, 1, 4] {
      let sums = columns.withUnsafeBufferPointer { columns in
        columns.baseAddress.map {
          latents.expectation(theta, inverseTemperature: 1 / temperature).sums(
            RowBlock(start: $0, stride: data.rowCount, count: data.rowCount))
        }
      }
      let expected = Self.expected(theta, model, rows, components: components, temperature: temperature)
      // Sums of at most 300 rows, each of numbers below 100 that some 100 roundings make: 300 · 100 · 100 · 2⁻⁵³ = 3e-10.
      let found = try #require(sums)
      #expect(found.count == expected.count)
      for (place, (value, expected)) in zip(found, expected).enumerated() {
        #expect(abs(value - expected) <= 3e-10, "\(temperature), \(place): \(value), not \(expected)")
      }
    }
  }

  @Test("rows that no component reaches have responsibilities that are not finite, and no crash")
  func unreachable() throws {
    let (model, _) = try Self.mixture(width: 2, components: 2, rows: 9)
    var theta = [Double](repeating: 0, count: model.parameters.count)
    for index in model.parameters.range(of: "means") { theta[index] = 1e200 }
    let sums = [Double](repeating: 0, count: 18).withUnsafeBufferPointer { rows in
      rows.baseAddress.map {
        model.expectation(theta, inverseTemperature: 1).sums(RowBlock(start: $0, stride: 9, count: 9))
      }
    }
    let found = try #require(sums)
    #expect(found[0] == -.infinity)
    #expect(found.dropFirst().allSatisfy { $0.isNaN })
  }
}
