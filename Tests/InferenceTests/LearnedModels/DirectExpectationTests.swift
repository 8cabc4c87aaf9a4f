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

  /// Responsibilities of some other posterior `[components, rows]`.
  private static func others(components: Int, rows: Int) -> [Double] {
    let weights = normals(components * rows, step: 2).map { exp($0) }
    return weights.indices.map { place in
      let total = (0..<components).reduce(0) { $0 + weights[$1 * rows + place % rows] }
      return weights[place] / total
    }
  }

  /// Responsibilities `[components, rows]` as a pass keeps them: by blocks of 128 rows, or of fewer where there are fewer, a
  /// multiple of 8; the last is filled up with zeros.
  private static func blocks(_ shares: [Double], components: Int, rows: Int) -> [Double] {
    let columns = min(128, (rows + 7) / 8 * 8)
    return stride(from: 0, to: rows, by: columns).flatMap { first in
      (0..<components).flatMap { component in
        (first..<first + columns).map { $0 < rows ? shares[component * rows + $0] : 0 }
      }
    }
  }

  /// The sums of a pass by their formulas, with y from the columns' means: of log Σ_k π_k N(x; μ_k, Σ_k)^τ and the same at
  /// τ = 1; of what is expected under r ∝ π N^τ, then under others; and of r, r y, r y yᵀ. With them r itself.
  private static func expected(
    _ theta: [Double], _ model: GaussianMixture, _ rows: [[Double]], others: [Double], temperature: Double
  ) -> (sums: [Double], shares: [Double]) {
    let width = rows[0].count
    func block(_ name: String) -> [Double] { Array(theta[model.parameters.range(of: name)]) }
    let logits = block("logits")
    let components = logits.count
    let logTotal = log(logits.reduce(0) { $0 + exp($1) })
    let means = block("means")
    let diagonal = block("log_precision_diagonal")
    let triangle = width > 1 ? block("precision_triangle") : []
    let center = (0..<width).map { column in rows.reduce(0) { $0 + $1[column] } / Double(rows.count) }
    let head = 10
    let squares = head + components * (1 + width)
    var sums = [Double](repeating: 0, count: squares + components * width * width)
    var shares = others
    for (index, row) in rows.enumerated() {
      let densities = (0..<components).map { k in
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
        return density
      }
      func joint(_ k: Int, _ temperature: Double) -> Double {
        logits[k] - logTotal + densities[k] / temperature
      }
      func logNormalizer(_ temperature: Double) -> Double {
        log((0..<components).reduce(0) { $0 + exp(joint($1, temperature)) })
      }
      let (tempered, evidence) = (logNormalizer(temperature), logNormalizer(1))
      sums[0] += tempered
      sums[1] += evidence
      let y = zip(row, center).map { $0 - $1 }
      for k in 0..<components {
        let share = exp(joint(k, temperature) - tempered)
        let other = others[k * rows.count + index]
        shares[k * rows.count + index] = share
        for (first, weight) in [(2, share), (6, other)] {
          sums[first] += weight * densities[k]
          sums[first + 1] += weight * (logits[k] - logTotal)
          sums[first + 2] += weight * (joint(k, temperature) - tempered)
          sums[first + 3] += weight * (joint(k, 1) - evidence)
        }
        sums[head + k] += share
        for i in 0..<width {
          sums[head + components + k * width + i] += share * y[i]
          for j in 0..<width {
            let place = squares + (k * width + i) * width + j
            sums[place] += share * y[i] * y[j]
          }
        }
      }
    }
    return (sums, shares)
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
      let pass = latents.pass(theta, inverseTemperature: 1 / temperature)
      let others = Self.others(components: components, rows: data.rowCount)
      var shares = Self.blocks(others, components: components, rows: data.rowCount)
      #expect(shares.count == latents.posteriorCount(rows: data.rowCount))
      func sums(_ posteriors: PosteriorBlock?) throws -> [Double] {
        try columns.withUnsafeBufferPointer { columns in
          let rows = RowBlock(
            start: try #require(columns.baseAddress), stride: data.rowCount, count: data.rowCount)
          return pass.sums(rows, posteriors: posteriors)
        }
      }
      let found = try shares.withUnsafeMutableBufferPointer { shares in
        try sums(PosteriorBlock(start: try #require(shares.baseAddress), isHeld: true))
      }
      let expected = Self.expected(theta, model, rows, others: others, temperature: temperature)
      // Sums of at most 300 rows, each of numbers below 100 that some 100 roundings make: 300 · 100 · 100 · 2⁻⁵³ = 3e-10.
      #expect(found.count == expected.sums.count)
      for (place, (value, expected)) in zip(found, expected.sums).enumerated() {
        #expect(abs(value - expected) <= 3e-10, "\(temperature), \(place): \(value), not \(expected)")
      }
      // Shares of at most 1.
      let expectedShares = Self.blocks(expected.shares, components: components, rows: data.rowCount)
      for (value, expected) in zip(shares, expectedShares) { #expect(abs(value - expected) <= 1e-12) }
      // Without the terms, the same normalizer and statistics.
      let bare = try sums(nil)
      #expect(bare[0] == found[0])
      #expect(bare.dropFirst(10) == found.dropFirst(10))
    }
  }

  @Test("rows that no component reaches have responsibilities that are not finite, and no crash")
  func unreachable() throws {
    let (model, _) = try Self.mixture(width: 2, components: 2, rows: 9)
    var theta = [Double](repeating: 0, count: model.parameters.count)
    for index in model.parameters.range(of: "means") { theta[index] = 1e200 }
    let found = try [Double](repeating: 0, count: 18).withUnsafeBufferPointer { rows in
      model.pass(theta, inverseTemperature: 1).sums(
        RowBlock(start: try #require(rows.baseAddress), stride: 9, count: 9), posteriors: nil)
    }
    let sums = DirectSums(found)
    #expect(sums.logNormalizer == -.infinity)
    #expect(sums.statistics.allSatisfy { $0.isNaN })
  }
}
