import Inference
import NumericArrays
import Testing

@Suite struct LearningDataTests {
  /// 40 rows of 3 numbers: the first names the row.
  private static let numbered = DataArray(
    name: "rows.csv", rowCount: 40, width: 3,
    storage: .numbers((0..<40).flatMap(numbers)),
    columnNames: ["row", "a", "b"], digest: "rows")

  private static func numbers(_ row: Int) -> [Double] {
    [Double(row), Double(row * 7 % 11), Double(row * row % 13) - 4]
  }

  private func data(_ array: DataArray = numbered, _ change: (inout DataOptions) -> Void) throws
    -> LearningData
  {
    var options = DataOptions()
    change(&options)
    return try LearningData(options, arrays: ["data": array])
  }

  private func names(_ rows: DataRows?) -> [Int] {
    guard let rows else { return [] }
    return (0..<rows.rowCount).map { Int(rows[$0, 0]) }
  }

  @Test("splits are disjoint and complete, of the sizes asked for, and the same every time")
  func splits() throws {
    let split = try data {
      $0.validationFraction = 0.25
      $0.testFraction = 0.1
    }
    let parts = [names(split.training), names(split.validation), names(split.test)]
    #expect(parts.map(\.count) == [26, 10, 4])
    #expect(parts.joined().sorted() == Array(0..<40))
    // Drawn, not cut off.
    #expect(parts[1] != Array(0..<10) && parts[2] != Array(10..<14))
    let again = try data {
      $0.validationFraction = 0.25
      $0.testFraction = 0.1
      $0.divideBy = 2
    }
    #expect([again.training, again.validation, again.test].map { names($0).count } == [26, 10, 4])
    for (rows, doubled) in [(split.training, again.training), (split.test, again.test)]
      as [(DataRows?, DataRows?)]
    {
      let (rows, doubled) = (try #require(rows), try #require(doubled))
      for row in 0..<rows.rowCount {
        for column in 0..<3 { #expect(doubled[row, column] == rows[row, column] / 2) }
      }
    }
  }

  @Test("without fractions all rows are for training, in order")
  func whole() throws {
    let all = try data { _ in }
    #expect(names(all.training) == Array(0..<40))
    #expect(all.validation == nil && all.test == nil)
  }

  @Test("what a run holds out does not depend on its seed")
  func seeds() throws {
    let settings = try irisModel("ppca", ["test_fraction": 0.2, "validation_fraction": 0.1]).settings([
      "family": "exact", "steps": 0,
    ])
    #expect(settings.learning.data.training.rowCount == 105)
    #expect(settings.configuration["data_count"] == 105)
    #expect(settings.configuration["validation_count"] == 15)
    #expect(settings.configuration["test_count"] == 30)
    // Facts of the training data: its eigenvalues.
    let facts = (0..<2).map { seed in
      learn(settings, seed: seed).points.filter { $0.metric == "covariance_eigenvalue" }
    }
    #expect(facts[0] == facts[1] && facts[0].count == 4)
  }

  @Test("standardizing gives the training data mean 0 and variance 1, and the others the same scale")
  func standardize() throws {
    let plain = try data { $0.testFraction = 0.3 }
    let scaled = try data {
      $0.testFraction = 0.3
      $0.standardize = true
      // Without effect on what is standardized.
      $0.divideBy = 10
    }
    let moments = scaled.training.columnMoments
    // A few dozen roundings of numbers near 1.
    for mean in moments.mean { #expect(abs(mean) < 1e-14) }
    for variance in moments.variance { #expect(abs(variance - 1) < 1e-13) }
    let (mean, variance) = plain.training.columnMoments
    let (test, raw) = (try #require(scaled.test), try #require(plain.test))
    for row in 0..<test.rowCount {
      for column in 0..<3 {
        let expected = (raw[row, column] - mean[column]) / variance[column].squareRoot()
        #expect(abs(test[row, column] - expected) < 1e-13)
      }
    }
    let testMean = test.columnMoments.mean
    #expect(testMean.contains { abs($0) > 0.01 })
  }

  @Test("features choose columns, in their order")
  func features() throws {
    let chosen = try data { $0.features = ["b", "row"] }
    #expect(chosen.shape.width == 2 && chosen.shape.columnNames == ["b", "row"])
    for row in 0..<40 {
      #expect(chosen.training[row, 0] == Self.numbered[row, 2] && chosen.training[row, 1] == Double(row))
    }
  }

  @Test("bytes and numbers are the same data")
  func storages() throws {
    let bytes = DataArray(
      name: "b", rowCount: 3, width: 2, storage: .bytes([0, 255, 51, 102, 204, 153]), digest: "b")
    let numbers = DataArray(
      name: "n", rowCount: 3, width: 2, storage: .numbers([0, 255, 51, 102, 204, 153]), digest: "n")
    let (a, b) = (try data(bytes) { $0.divideBy = 255 }, try data(numbers) { $0.divideBy = 255 })
    #expect(read(a.training, 0..<3, epoch: nil) == [0, 0.2, 0.8, 1, 0.4, 0.6])
    #expect(read(b.training, 0..<3, epoch: nil) == [0, 0.2, 0.8, 1, 0.4, 0.6])
    #expect(a.training[2, 1] == 0.6 && b.training[2, 1] == 0.6)
  }
}

/// Rows as a program reads them, `[width, rows]`.
func read(_ rows: DataRows, _ chosen: Range<Int>, epoch: Int?, seed: UInt64 = 0) -> [Double] {
  var out = [Double](repeating: .nan, count: rows.width * chosen.count)
  let index = chosen.map { Int32($0) }
  out.withUnsafeMutableBufferPointer { out in
    index.withUnsafeBufferPointer { index in
      guard let start = out.baseAddress else { return }
      RowCopy(rows, count: index.count, team: Team()).copy(
        index, to: start, stride: index.count, coins: NoiseStream(seed: seed, purpose: .data), epoch: epoch)
    }
  }
  return out
}

@Suite struct BinarizationTests {
  private static let intensities = [0, 0.1, 0.5, 0.50001, 0.75, 1]

  /// Rows of the intensities.
  private func rows(_ binarization: Binarization, count: Int = 4000, divideBy: Double = 1) throws -> DataRows
  {
    var options = DataOptions()
    options.binarize = binarization
    options.divideBy = divideBy
    let values = (0..<count).flatMap { _ in Self.intensities.map { $0 * divideBy } }
    let array = DataArray(
      name: "i", rowCount: count, width: Self.intensities.count, storage: .numbers(values), digest: "i")
    return try LearningData(options, arrays: ["data": array]).training
  }

  @Test("none leaves the intensities; threshold gives 1 above ½")
  func deterministic() throws {
    let plain = try rows(.none, count: 2, divideBy: 8)
    #expect(read(plain, 0..<1, epoch: 3) == Self.intensities)
    let cut = try rows(.threshold, count: 2, divideBy: 8)
    for epoch in [nil, 0, 1] as [Int?] { #expect(read(cut, 1..<2, epoch: epoch) == [0, 0, 0, 1, 1, 1]) }
  }

  @Test("fixed coins are the same at every epoch and seed, and of the row rather than its place")
  func fixed() throws {
    let rows = try rows(.fixed)
    let first = read(rows, 0..<4000, epoch: nil)
    for (epoch, seed) in [(nil, 5), (0, 0), (7, 3)] as [(Int?, UInt64)] {
      #expect(read(rows, 0..<4000, epoch: epoch, seed: seed) == first)
    }
    let alone = read(rows, 17..<18, epoch: 0)
    #expect(alone == (0..<6).map { first[$0 * 4000 + 17] })
  }

  @Test("dynamic coins change with the epoch and the seed; outside of epochs they are the fixed ones")
  func dynamic() throws {
    let rows = try rows(.dynamic)
    let draws = [(0, 0), (1, 0), (0, 1)].map { read(rows, 0..<4000, epoch: $0.0, seed: UInt64($0.1)) }
    #expect(draws[0] != draws[1] && draws[0] != draws[2] && draws[1] != draws[2])
    #expect(read(rows, 0..<4000, epoch: 1, seed: 0) == draws[1])
    #expect(read(rows, 0..<4000, epoch: nil, seed: 9) == read(try self.rows(.fixed), 0..<4000, epoch: nil))
  }

  @Test(
    "drawn pixels are 0 or 1 with their intensity as the mean", arguments: [Binarization.fixed, .dynamic])
  func means(_ binarization: Binarization) throws {
    let rows = try rows(binarization)
    for epoch in [0, 3] {
      let drawn = read(rows, 0..<4000, epoch: epoch)
      #expect(drawn.allSatisfy { $0 == 0 || $0 == 1 })
      for (column, intensity) in Self.intensities.enumerated() {
        let mean = Statistics.mean(Array(drawn[column * 4000..<(column + 1) * 4000]))
        // 5 standard errors of 4,000 independent coins; 0 and 1 are certain.
        let error = (intensity * (1 - intensity) / 4000).squareRoot()
        #expect(abs(mean - intensity) <= 5 * error, "\(intensity): \(mean)")
      }
    }
  }

  @Test("the expected share of zeros is that of the data as they will be drawn")
  func zeroShare() throws {
    // Of six intensities one is 0, three are at most ½, and the mean is 2.85001 / 6; 60,000 rows are more than are read.
    for count in [2, 60_000] {
      for (binarization, share) in [
        (Binarization.none, 1.0 / 6), (.threshold, 0.5), (.fixed, 1 - 2.85001 / 6),
        (.dynamic, 1 - 2.85001 / 6),
      ] {
        // Sums of 100,000 numbers of at most 1, each rounded.
        #expect(abs(try rows(binarization, count: count).zeroShare - share) < 1e-5 * share)
      }
    }
  }

  @Test("data are mostly zero from 70 % on, by the training rows alone")
  func mostlyZero() throws {
    for (ones, isMostlyZero) in [(2, true), (3, true), (4, false)] {
      let array = DataArray(
        name: "i", rowCount: 1, width: 10, storage: .bytes((0..<10).map { $0 < ones ? 1 : 0 }), digest: "i")
      let dense = DataArray(
        name: "t", rowCount: 1, width: 10, storage: .bytes([UInt8](repeating: 1, count: 10)), digest: "t")
      let data = try LearningData(DataOptions(), arrays: ["data": array, "test": dense])
      #expect(data.isMostlyZero == isMostlyZero, "\(ones) of 10")
    }
  }

  @Test("the coins of two epochs are independent")
  func independence() throws {
    let rows = try rows(.dynamic)
    let (a, b) = (read(rows, 0..<4000, epoch: 0), read(rows, 0..<4000, epoch: 1))
    // The third intensity is ½: both are 1 in a quarter of the rows, sd √(3/16 / 4000).
    let both = (0..<4000).filter { a[2 * 4000 + $0] == 1 && b[2 * 4000 + $0] == 1 }.count
    #expect(abs(Double(both) / 4000 - 0.25) <= 5 * (0.1875 / 4000).squareRoot())
  }
}
