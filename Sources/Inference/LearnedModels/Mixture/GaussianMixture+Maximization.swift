import Foundation
import NumericArrays

/// The M-step (McLachlan & Peel 2000, §3.2; Celeux & Govaert 1995, §3, for the kinds of covariance).
extension GaussianMixture {
  /// A share of the data that is lost when all shares are added up: its component adds nothing to the bound.
  private static var smallestShare: Double { 1e-12 }
  /// A variance that is mostly rounding: what a sum of squares loses, a few thousand times.
  private static var resolution: Double { 1e-12 }

  public func maximized(_ statistics: [Double], current: [Double]) throws(DegenerateModel) -> [Double] {
    guard statistics.allSatisfy(\.isFinite) else {
      throw DegenerateModel("the responsibilities are not finite", fix: "standardize the data")
    }
    let shares = Array(statistics[0..<count])
    let sums = Matrix(
      rows: count, columns: width, elements: Array(statistics[count..<count * (1 + width)]))
    let squares = Array(statistics[(count * (1 + width))...])
    let averages = try averages(shares, sums)
    let moments = secondMoments(squares, averages)
    return try parameters(averages, covariances(averages, moments), scale: scales(averages, moments))
  }

  /// The weights, and the components' means from the center `[K, d]`.
  struct Averages {
    var weights: [Double]
    var offsets: Matrix
  }

  /// - Throws: the component that is empty.
  func averages(_ shares: [Double], _ sums: Matrix) throws(DegenerateModel) -> Averages {
    let total = shares.reduce(0, +)
    let weights = shares.map { $0 / total }
    if let empty = weights.firstIndex(where: { !($0 > Self.smallestShare) }) {
      throw DegenerateModel(
        "component \(empty + 1) is empty: its weight fell to \(weights[empty].shortest)",
        fix: "use fewer components, or another start")
    }
    let offsets = (0..<count).flatMap { component in sums.row(component).map { $0 / shares[component] } }
    return Averages(weights: weights, offsets: Matrix(rows: count, columns: width, elements: offsets))
  }

  /// Covariances, or what they are made of: matrices, or rows of variances.
  enum Spread {
    /// Of every component, or one that is tied.
    case matrices([Matrix])
    /// Of every component, for each column or one for all.
    case variances([[Double]])
  }

  /// The second moments around the center, of each component where its covariance is its own.
  private func secondMoments(_ squares: [Double], _ averages: Averages) -> Spread {
    switch options.covariance {
    case .full:
      let size = width * width
      return .matrices(
        (0..<count).map { component in
          // The shares of a whole are 1 but for rounding, which the weights are free of.
          let elements = squares[component * size..<(component + 1) * size]
          return Matrix(
            rows: width, columns: width, elements: elements.map { $0 / averages.weights[component] })
        })
    case .tied:
      return .matrices([Matrix(rows: width, columns: width, elements: squares)])
    case .diagonal:
      return .variances(
        (0..<count).map { component in
          squares[component * width..<(component + 1) * width].map { $0 / averages.weights[component] }
        })
    case .spherical:
      return .variances(
        (0..<count).map { [squares[$0] / (averages.weights[$0] * Double(width))] })
    }
  }

  /// The second moments around the means.
  func covariances(_ averages: Averages, _ moments: Spread) -> Spread {
    let offsets = averages.offsets
    switch (moments, options.covariance) {
    case (.matrices(let matrices), .tied):
      var result = matrices[0]
      for component in 0..<count {
        result = result - averages.weights[component] * Self.square(offsets.row(component))
      }
      return .matrices([result])
    case (.matrices(let matrices), _):
      return .matrices(matrices.indices.map { matrices[$0] - Self.square(offsets.row($0)) })
    case (.variances(let rows), .spherical):
      return .variances(
        rows.indices.map { component in
          [rows[component][0] - offsets.row(component).reduce(0) { $0 + $1 * $1 } / Double(width)]
        })
    case (.variances(let rows), _):
      return .variances(
        rows.indices.map { component in zip(rows[component], offsets.row(component)).map { $0 - $1 * $1 } })
    }
  }

  private static func square(_ vector: [Double]) -> Matrix {
    Matrix(
      rows: vector.count, columns: vector.count,
      elements: vector.flatMap { left in vector.map { left * $0 } })
  }

  /// What the rounding of each covariance's variances is in proportion to: the second moments of the component or, where they
  /// are larger, of all data.
  private func scales(_ averages: Averages, _ moments: Spread) -> [[Double]] {
    let own: [[Double]] =
      switch moments {
      case .matrices(let matrices): matrices.map { matrix in (0..<width).map { matrix[$0, $0] } }
      case .variances(let rows): rows
      }
    guard own.count == count else { return own }
    let all = own[0].indices.map { column in
      (0..<count).reduce(0) { $0 + averages.weights[$1] * own[$1][column] }
    }
    return own.map { zip($0, all).map { max($0, $1) } }
  }

  // MARK: θ

  /// θ of weights, means and covariances, these bounded from below by the floor.
  ///
  /// - Parameter scale: what the rounding of each variance is in proportion to.
  /// - Throws: the component whose covariance is singular.
  func parameters(_ averages: Averages, _ spread: Spread, scale: [[Double]]) throws(DegenerateModel)
    -> [Double]
  {
    let means = (0..<count).flatMap { component in
      zip(averages.offsets.row(component), shape.center).map { $0 + $1 }
    }
    return averages.weights.map { Foundation.log($0) } + means + (try logPrecisions(spread, scale))
  }

  private func logPrecisions(_ spread: Spread, _ scale: [[Double]]) throws(DegenerateModel) -> [Double] {
    switch spread {
    case .variances(let rows):
      var logs: [Double] = []
      for (component, row) in rows.enumerated() {
        for (column, variance) in row.enumerated() {
          let bounded = max(variance, options.floor ?? variance)
          guard bounded > Self.resolution * scale[component][column] else {
            throw collapse(component, column: row.count > 1 ? column : nil, variance: bounded)
          }
          logs.append(0.5 * Foundation.log(bounded))
        }
      }
      return logs
    case .matrices(let matrices):
      var diagonals: [Double] = []
      var triangles: [Double] = []
      for (component, matrix) in matrices.enumerated() {
        let factor = try precisionFactor(matrix, scale[component], component)
        diagonals += (0..<width).map { Foundation.log(factor[$0, $0]) }
        triangles += (0..<width).flatMap { row in (0..<row).map { factor[row, $0] } }
      }
      return diagonals + triangles
    }
  }

  /// The lower triangular A with Σ⁻¹ = Aᵀ A: the inverse of the Cholesky factor.
  private func precisionFactor(_ covariance: Matrix, _ scale: [Double], _ component: Int)
    throws(DegenerateModel) -> Matrix
  {
    let lower: Matrix
    do {
      let bounded = try bounded(covariance)
      // Before the factor, of which rounding decides which column fails first where several vanish.
      if let column = (0..<width).first(where: { !(bounded[$0, $0] > Self.resolution * scale[$0]) }) {
        throw collapse(component, column: column, variance: bounded[column, column])
      }
      lower = try bounded.cholesky()
    } catch let error as DegenerateModel {
      throw error
    } catch {
      guard case .notPositiveDefinite(let column, let pivot) = error as? LinearAlgebraError else {
        throw DegenerateModel(
          "the covariance of component \(component + 1): \(error)", fix: "standardize the data")
      }
      throw collapse(component, column: column, variance: pivot)
    }
    for column in 0..<width
    where !(lower[column, column] * lower[column, column] > Self.resolution * scale[column]) {
      throw collapse(component, column: column, variance: lower[column, column] * lower[column, column])
    }
    let columns = (0..<width).map { column in
      Matrix.forwardSubstitution(lower: lower, (0..<width).map { $0 == column ? 1 : 0 })
    }
    return Matrix(columns).transposed
  }

  /// The covariance with eigenvalues below the floor raised to it: the maximum of the expected log density among the
  /// covariances without smaller ones, as the best eigenvectors are those of the sample (Theobald 1975).
  private func bounded(_ covariance: Matrix) throws -> Matrix {
    guard let floor = options.floor else { return covariance }
    let eigen = try covariance.symmetricEigen()
    guard let smallest = eigen.values.first, smallest < floor else { return covariance }
    return eigen.vectors * Matrix.diagonal(eigen.values.map { max($0, floor) }) * eigen.vectors.transposed
  }

  private func collapse(_ component: Int, column: Int?, variance: Double) -> DegenerateModel {
    let name = options.covariance == .tied ? "the tied covariance" : "component \(component + 1)"
    let along = column.map { " along \(shape.name(ofColumn: $0))" } ?? ""
    return DegenerateModel(
      "\(name) collapsed: its variance\(along) fell to \(variance.shortest)",
      fix: options.floor == nil ? "set floor, use fewer components, or another start" : "raise floor")
  }
}
