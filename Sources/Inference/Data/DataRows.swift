import NumericArrays

/// Rows of numbers, ready to be read into a program: chosen, scaled and binarised.
public struct DataRows: Sendable {
  public private(set) var rowCount: Int
  public let width: Int
  let storage: DataArray.Storage
  /// Which rows of the storage these are; nil: all, in order.
  private(set) var rows: [Int32]?
  /// Subtracted from and divided into each column; nil where nothing is done to it.
  let center: [Double]?
  let scale: [Double]
  public let binarization: Binarization
  /// What decides a fixed binarisation: other data have other coins.
  let fixedCoins: NoiseStream

  init(
    _ array: DataArray, rows: [Int32]?, center: [Double]?, scale: [Double], binarization: Binarization
  ) {
    precondition(scale.count == array.width, "a scale for every column")
    storage = array.storage
    width = array.width
    self.rows = rows
    rowCount = rows?.count ?? array.rowCount
    self.center = center
    self.scale = scale
    self.binarization = binarization
    fixedCoins = NoiseStream(seed: UInt64(array.digest, radix: 16) ?? 0, purpose: .data)
  }

  /// A number of a row, before binarisation.
  public subscript(row: Int, column: Int) -> Double {
    let place = (rows.map { Int($0[row]) } ?? row) * width + column
    let raw: Double =
      switch storage {
      case .bytes(let values): Double(values[place])
      case .numbers(let values): values[place]
      }
    return (raw - (center?[column] ?? 0)) / scale[column]
  }

  /// The first rows, or all where there are fewer.
  public func first(_ count: Int) -> DataRows {
    var copy = self
    copy.rowCount = min(count, rowCount)
    copy.rows = rows.map { Array($0.prefix(count)) }
    return copy
  }

  /// What each byte stands for, where the storage is bytes and that is the same in all columns.
  func byteValues<Scalar: BinaryFloatingPoint>(as _: Scalar.Type) -> [Scalar]? {
    guard case .bytes = storage, center == nil, let first = scale.first, scale.allSatisfy({ $0 == first })
    else { return nil }
    return (0...255).map { Scalar(Double($0) / first) }
  }

  /// Reads every row in turn, before binarisation, until the body returns false.
  private func forEachRow(_ body: (_ row: Int, _ numbers: UnsafeBufferPointer<Double>) -> Bool) {
    let byteValues = byteValues(as: Double.self)
    var numbers = [Double](repeating: 0, count: width)
    for row in 0..<rowCount {
      let start = (rows.map { Int($0[row]) } ?? row) * width
      if let byteValues, case .bytes(let values) = storage {
        for column in 0..<width { numbers[column] = byteValues[Int(values[start + column])] }
      } else {
        for column in 0..<width { numbers[column] = self[row, column] }
      }
      guard numbers.withUnsafeBufferPointer({ body(row, $0) }) else { return }
    }
  }

  /// The first place whose number meets the condition, before binarisation.
  func firstPlace(where condition: (Double) -> Bool) -> (row: Int, column: Int)? {
    var found: (row: Int, column: Int)?
    forEachRow { row, numbers in
      if let column = numbers.firstIndex(where: condition) { found = (row, column) }
      return found == nil
    }
    return found
  }

  /// The mean and the maximum-likelihood variance of every column, before binarisation.
  public var columnMoments: (mean: [Double], variance: [Double]) {
    var mean = [Double](repeating: 0, count: width)
    var variance = mean
    forEachRow { _, numbers in
      for column in numbers.indices { mean[column] += numbers[column] }
      return true
    }
    for column in 0..<width { mean[column] /= Double(rowCount) }
    forEachRow { _, numbers in
      for column in numbers.indices {
        let offset = numbers[column] - mean[column]
        variance[column] += offset * offset
      }
      return true
    }
    return (mean, variance.map { $0 / Double(rowCount) })
  }

  /// The mean of every column over at most a thousand rows, spread evenly: a point amid the data at little cost.
  var typicalRow: [Double] {
    let stride = max(1, (rowCount + 999) / 1000)
    let chosen = Swift.stride(from: 0, to: rowCount, by: stride)
    var mean = [Double](repeating: 0, count: width)
    for (index, row) in chosen.enumerated() {
      for column in 0..<width { mean[column] += (self[row, column] - mean[column]) / Double(index + 1) }
    }
    return mean
  }

  /// The share of zeros that is expected after binarisation, by at most some 100,000 numbers, rows spread evenly.
  package var zeroShare: Double {
    let stride = max(1, rowCount * width / 100_000)
    var (zeros, count) = (0.0, 0.0)
    for row in Swift.stride(from: 0, to: rowCount, by: stride) {
      for column in 0..<width {
        let value = self[row, column]
        switch binarization {
        case .none: zeros += value == 0 ? 1 : 0
        case .threshold: zeros += value > 0.5 ? 0 : 1
        case .fixed, .dynamic: zeros += 1 - min(max(value, 0), 1)
        }
        count += 1
      }
    }
    return zeros / count
  }
}
