import Foundation
import NumericArrays

/// The E-step without a program, where every component has a covariance of its own.
extension GaussianMixture: DirectLatents {
  /// Beyond it the sums of a block leave the processor's caches, and matrix products of BLAS are as fast.
  static var directWidth: Int { 64 }

  public var direct: (any DirectLatents)? {
    options.covariance == .full && width <= Self.directWidth ? self : nil
  }

  public func expectation(_ theta: [Double], inverseTemperature: Double) -> any DirectExpectation {
    func block(_ name: String) -> ArraySlice<Double> { theta[parameters.range(of: name)] }
    let logits = block("logits")
    let largest = logits.max() ?? 0
    let logTotal = largest + Foundation.log(logits.reduce(0) { $0 + Foundation.exp($1 - largest) })
    let logDiagonals = Array(block("log_precision_diagonal"))
    var triangle = width > 1 ? block("precision_triangle") : []
    var factors = [Double](repeating: 0, count: count * width * width)
    for row in 0..<count * width {
      for column in 0..<row % width { factors[row * width + column] = triangle.removeFirst() }
      factors[row * width + row % width] = Foundation.exp(logDiagonals[row])
    }
    let constants = logits.enumerated().map { component, logit in
      let halfLogPrecision = logDiagonals[component * width..<(component + 1) * width].reduce(0, +)
      return logit - logTotal
        + inverseTemperature * (halfLogPrecision - 0.5 * Double(width) * LogDensity.logTwoPi)
    }
    let offsets = zip(block("means"), 0...).map { $0 - shape.center[$1 % width] }
    return MixtureExpectation(
      center: shape.center, offsets: offsets, factors: factors, constants: constants,
      inverseTemperature: inverseTemperature)
  }
}

/// One E-step of a mixture with full covariances: log Σ_k π_k N(x; μ_k, Σ_k)^τ, and the statistics of the responsibilities.
struct MixtureExpectation: DirectExpectation {
  /// Columns of a block: 16 rows of them are 16 KB, half of a first-level cache.
  private static let columns = 128

  let center: [Double]
  /// The means, from the center `[K, d]`.
  let offsets: [Double]
  /// The lower triangular A with Σ⁻¹ = Aᵀ A `[K, d, d]`.
  let factors: [Double]
  /// log π + τ (½ log |Σ⁻¹| − ½ d log 2π) `[K]`.
  let constants: [Double]
  let inverseTemperature: Double

  private var width: Int { center.count }
  private var components: Int { constants.count }
  /// The numbers that a component's moments take.
  private var momentCount: Int { 1 + width + width * width }

  func sums(_ rows: RowBlock) -> [Double] {
    let lanes = MixtureKernels.lanes
    let columns = min(Self.columns, (rows.count + lanes - 1) / lanes * lanes)
    // Log normalizers and moments by lanes, then a block's data, responsibilities and room.
    let sumCount = (1 + components * momentCount) * lanes
    let size = sumCount + (2 * width + components + 2) * columns
    // A vector that lies across two cache lines is loaded twice.
    return withUnsafeTemporaryAllocation(byteCount: size * 8, alignment: 64) { bytes in
      let memory = bytes.bindMemory(to: Double.self)
      memory.initialize(repeating: 0)
      guard let sums = memory.baseAddress else { preconditionFailure("no memory") }
      let y = sums + sumCount
      let shares = y + width * columns
      let room = shares + components * columns
      for first in stride(from: 0, to: rows.count, by: columns) {
        let count = min(columns, rows.count - first)
        MixtureKernels.center(
          y, rows.start + first, stride: rows.stride, center: center, width: width, columns: columns,
          count: count)
        add(y, columns: columns, count: count, shares: shares, room: room, to: sums)
      }
      return total(sums)
    }
  }

  /// Adds the sums over a block's first `count` columns.
  private func add(
    _ y: UnsafePointer<Double>, columns: Int, count: Int, shares: UnsafeMutablePointer<Double>,
    room: UnsafeMutablePointer<Double>, to sums: UnsafeMutablePointer<Double>
  ) {
    offsets.withUnsafeBufferPointer { offsets in
      factors.withUnsafeBufferPointer { factors in
        guard let offsets = offsets.baseAddress, let factors = factors.baseAddress else { return }
        for component in 0..<components {
          MixtureKernels.distances(
            shares + component * columns, y, mean: offsets + component * width,
            factor: factors + component * width * width, width: width, columns: columns, room: room)
        }
      }
    }
    MixtureKernels.shares(
      shares, normalizers: sums, constants: constants, inverseTemperature: inverseTemperature,
      components: components, columns: columns, count: count, room: room)
    let moments = sums + MixtureKernels.lanes
    for component in 0..<components {
      MixtureKernels.addMoments(
        moments + component * momentCount * MixtureKernels.lanes, shares: shares + component * columns, y,
        width: width, columns: columns, room: room)
    }
  }

  /// The lanes added up, in the order of the model's statistics: shares, means and both triangles of squares.
  private func total(_ lanes: UnsafePointer<Double>) -> [Double] {
    let sums = [Double](unsafeUninitializedCapacity: 1 + components * momentCount) { sums, count in
      count = 1 + components * momentCount
      guard let start = sums.baseAddress else { return }
      Double.kernelSumDraws(start, lanes, rows: count, draws: MixtureKernels.lanes)
    }
    func moment(_ component: Int, _ index: Int) -> Double { sums[1 + component * momentCount + index] }
    var result = [sums[0]]
    result.reserveCapacity(1 + components * momentCount)
    result += (0..<components).map { moment($0, 0) }
    for component in 0..<components { result += (0..<width).map { moment(component, 1 + $0) } }
    for component in 0..<components {
      let start = result.count
      result += repeatElement(0, count: width * width)
      for row in 0..<width {
        for column in 0...row {
          let value = moment(component, 1 + width + row * width + column)
          result[start + row * width + column] = value
          result[start + column * width + row] = value
        }
      }
    }
    return result
  }
}
