import Foundation
public import NumericArrays

/// Where θ starts: weights and means by the option, with the covariance that they leave within the components, pooled over
/// them, so that a component of few data does not start collapsed.
extension GaussianMixture {
  public func initialParameters(_ data: DataRows, noise: NoiseStream, start: Int) throws(DegenerateModel)
    -> [Double]
  {
    if options.start == .given { return try givenParameters(data) }
    let rows = CenteredRows(data, center: shape.center)
    let averages = try startAverages(rows, noise: noise, step: UInt64(start) << 32)
    let moments = rows.secondMoments(isMatrix: hasMatrices)
    return try parameters(averages, pooled(moments, averages.weights, averages.offsets))
  }

  private var hasMatrices: Bool { options.covariance == .full || options.covariance == .tied }

  private func startAverages(_ rows: CenteredRows, noise: NoiseStream, step: UInt64) throws(DegenerateModel)
    -> Averages
  {
    var shares = [Double](repeating: 0, count: count)
    var sums = Matrix(rows: count, columns: width)
    func add(_ row: Int, to component: Int, _ share: Double) {
      shares[component] += share
      for column in 0..<width { sums[component, column] += share * rows[row, column] }
    }
    if options.start == .kMeans {
      let clusters = KMeans(rows, count: count, uniforms: noise.uniforms(count: count, step: step))
      for (row, component) in clusters.labels.enumerated() { add(row, to: component, 1) }
    } else {
      // Exponentials in proportion to their sum: uniform among all responsibilities (Devroye 1986, §V.2.1).
      let uniforms = noise.uniforms(count: rows.count * count, step: step)
      for row in 0..<rows.count {
        let drawn = uniforms[row * count..<(row + 1) * count].map { -Foundation.log(1 - $0) }
        let sum = drawn.reduce(0, +)
        for component in 0..<count { add(row, to: component, drawn[component] / sum) }
      }
    }
    return try averages(shares, sums)
  }

  private func givenParameters(_ data: DataRows) throws(DegenerateModel) -> [Double] {
    let means = options.startMeans ?? []
    let weights = options.startWeights ?? [Double](repeating: 1, count: count)
    let total = weights.reduce(0, +)
    let offsets = means.indices.map { means[$0] - shape.center[$0 % width] }
    let variances = options.startVariances ?? data.columnMoments.variance
    return try parameters(
      Averages(
        weights: weights.map { $0 / total },
        offsets: Matrix(rows: count, columns: width, elements: offsets)),
      hasMatrices ? Matrix.diagonal(variances) : Matrix(rows: 1, columns: width, elements: variances))
  }

  /// The second moments around the components' means, of all data together.
  private func pooled(_ moments: Matrix, _ weights: [Double], _ offsets: Matrix) -> Matrix {
    var result = moments
    for component in 0..<count {
      let offset = offsets.row(component)
      for i in 0..<moments.rows {
        for j in 0..<width {
          let other = hasMatrices ? offset[i] : offset[j]
          result[i, j] -= weights[component] * other * offset[j]
        }
      }
    }
    return result
  }

  /// θ with one covariance for all components, a matrix `[d, d]` or a row of variances `[1, d]`.
  private func parameters(_ averages: Averages, _ covariance: Matrix) throws(DegenerateModel) -> [Double] {
    let variances = hasMatrices ? covariance.diagonal : covariance.row(0)
    let average = [variances.reduce(0, +) / Double(width)]
    let spread: Spread =
      switch options.covariance {
      case .full: .matrices([Matrix](repeating: covariance, count: count))
      case .tied: .matrices([covariance])
      case .diagonal: .variances([[Double]](repeating: variances, count: count))
      case .spherical: .variances([[Double]](repeating: average, count: count))
      }
    let scale = options.covariance == .spherical ? average : variances
    return try parameters(averages, spread, scale: [[Double]](repeating: scale, count: count))
  }
}

/// Rows of data less their center, row-major.
struct CenteredRows {
  let count: Int
  let width: Int
  private let values: [Double]

  init(_ data: DataRows, center: [Double]) {
    count = data.rowCount
    width = data.width
    let width = data.width
    values = (0..<data.rowCount).flatMap { row in (0..<width).map { data[row, $0] - center[$0] } }
  }

  subscript(row: Int, column: Int) -> Double { values[row * width + column] }

  /// The average of y yᵀ `[d, d]`, or of y² `[1, d]`.
  func secondMoments(isMatrix: Bool) -> Matrix {
    if isMatrix {
      var product = [Double](repeating: 0, count: width * width)
      product.withUnsafeMutableBufferPointer { out in
        values.withUnsafeBufferPointer { values in
          guard let out = out.baseAddress, let values = values.baseAddress else { return }
          Double.kernelProduct(out, values, values, m: width, k: count, n: width, transposeA: true)
        }
      }
      return Matrix(rows: width, columns: width, elements: product.map { $0 / Double(count) })
    }
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<count {
      for column in 0..<width { sums[column] += self[row, column] * self[row, column] }
    }
    return Matrix(rows: 1, columns: width, elements: sums.map { $0 / Double(count) })
  }
}
