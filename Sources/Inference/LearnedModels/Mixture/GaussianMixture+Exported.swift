import Foundation
import NumericArrays

extension GaussianMixture {
  /// `weights` `[K]`, `means` `[K, d]` and `covariances`: `[K, d, d]` (full), `[d, d]` (tied), `[K, d]` (diagonal), `[K]`
  /// (spherical).
  public func exported(_ theta: [Double]) -> [ExportedArray] {
    func block(_ name: String) -> [Double] { Array(theta[parameters.range(of: name)]) }
    let logits = block("logits")
    let largest = logits.max() ?? 0
    let shares = logits.map { Foundation.exp($0 - largest) }
    let total = shares.reduce(0, +)
    let lengths: [Int] =
      switch options.covariance {
      case .full: [count, width, width]
      case .tied: [width, width]
      case .diagonal: [count, width]
      case .spherical: [count]
      }
    let covariances: [Double]
    switch options.covariance {
    case .full, .tied:
      let diagonals = block("log_precision_diagonal").map { Foundation.exp($0) }
      let triangles = width > 1 ? block("precision_triangle") : []
      covariances = (0..<diagonals.count / width).flatMap { index in
        covariance(
          diagonal: diagonals[index * width..<(index + 1) * width],
          triangle: triangles.dropFirst(index * width * (width - 1) / 2))
      }
    case .diagonal, .spherical:
      covariances = block("log_scales").map { Foundation.exp(2 * $0) }
    }
    return [
      ExportedArray("weights", [count], shares.map { $0 / total }),
      ExportedArray("means", [count, width], block("means")),
      ExportedArray("covariances", lengths, covariances),
    ]
  }

  /// Σ = A⁻¹ A⁻ᵀ, row by row.
  private func covariance(diagonal: ArraySlice<Double>, triangle: ArraySlice<Double>) -> [Double] {
    var lower = Matrix.diagonal(Array(diagonal))
    var rest = triangle
    for row in 0..<width {
      for column in 0..<row { lower[row, column] = rest.removeFirst() }
    }
    let columns = (0..<width).map { column in
      Matrix.forwardSubstitution(lower: lower, (0..<width).map { $0 == column ? 1 : 0 })
    }
    let factor = Matrix(columns).transposed
    return (factor * factor.transposed).elements
  }
}
