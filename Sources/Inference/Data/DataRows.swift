package import NumericArrays

/// Rows of numbers, ready to be read into a program: chosen, scaled and binarised.
public struct DataRows: Sendable {
  public private(set) var rowCount: Int
  public let width: Int
  private let storage: DataArray.Storage
  /// Which rows of the storage these are; nil: all, in order.
  private var rows: [Int32]?
  /// Subtracted from and divided into each column; nil where nothing is done to it.
  private let center: [Double]?
  private let scale: [Double]
  public let binarization: Binarization
  /// What decides a fixed binarisation: other data have other coins.
  private let fixedCoins: NoiseStream

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

  /// The first place whose number meets the condition, before binarisation.
  func firstPlace(where condition: (Double) -> Bool) -> (row: Int, column: Int)? {
    for row in 0..<rowCount {
      for column in 0..<width where condition(self[row, column]) { return (row, column) }
    }
    return nil
  }

  /// The mean and the maximum-likelihood variance of every column, before binarisation.
  public var columnMoments: (mean: [Double], variance: [Double]) {
    var mean = [Double](repeating: 0, count: width)
    var variance = mean
    for row in 0..<rowCount {
      for column in 0..<width { mean[column] += self[row, column] }
    }
    for column in 0..<width { mean[column] /= Double(rowCount) }
    for row in 0..<rowCount {
      for column in 0..<width {
        let offset = self[row, column] - mean[column]
        variance[column] += offset * offset
      }
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

  /// Copies rows into `out` `[width, stride]`, a column of it for each row from `firstColumn` on.
  ///
  /// - Parameters:
  ///   - coins: what decides a binarisation, by step: uniforms of (epoch, row) where it is drawn.
  ///   - epoch: the epoch whose coins a dynamic binarisation takes; nil takes the fixed ones.
  package func copy<Scalar: KernelScalar>(
    _ chosen: UnsafeBufferPointer<Int32>, to out: UnsafeMutablePointer<Scalar>, stride: Int, firstColumn: Int,
    coins: NoiseStream, epoch: Int?
  ) {
    var uniforms = [Double](repeating: 0.5, count: width)
    for (index, row) in chosen.enumerated() {
      let column = out + firstColumn + index
      let source = rows.map { Int($0[Int(row)]) } ?? Int(row)
      write(source, to: column, stride: stride)
      switch binarization {
      case .none: continue
      case .threshold: break
      case .fixed, .dynamic:
        let isDynamic = binarization == .dynamic && epoch != nil
        let stream = isDynamic ? coins : fixedCoins
        let step = UInt64(isDynamic ? epoch ?? 0 : 0) << 32 | UInt64(source)
        uniforms.withUnsafeMutableBufferPointer {
          guard let start = $0.baseAddress else { return }
          stream.fillUniforms(start, count: width, step: step)
        }
      }
      for place in 0..<width {
        let value = Double(column[place * stride])
        // A NaN stays one.
        if value == value { column[place * stride] = value > uniforms[place] ? 1 : 0 }
      }
    }
  }

  /// Copies the rows from `first` on into `out` `[width, chunk]`, with the fixed coins; beyond the last row it is repeated.
  func copyChunk<Scalar: KernelScalar>(from first: Int, to out: UnsafeMutablePointer<Scalar>, chunk: Int) {
    let chosen = (0..<chunk).map { Int32(min(first + $0, rowCount - 1)) }
    chosen.withUnsafeBufferPointer {
      copy($0, to: out, stride: chunk, firstColumn: 0, coins: fixedCoins, epoch: nil)
    }
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  private func write<Scalar: KernelScalar>(
    _ row: Int, to column: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    scale.withUnsafeBufferPointer { scale in
      switch storage {
      case .bytes(let values):
        values.withUnsafeBufferPointer { values in
          for place in 0..<width {
            column[place * stride] = Scalar(
              (Double(values[row * width + place]) - (center?[place] ?? 0)) / scale[place])
          }
        }
      case .numbers(let values):
        values.withUnsafeBufferPointer { values in
          for place in 0..<width {
            column[place * stride] = Scalar(
              (values[row * width + place] - (center?[place] ?? 0)) / scale[place])
          }
        }
      }
    }
  }
}
