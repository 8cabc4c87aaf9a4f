import Foundation
import NumericArrays
import ReverseTape

/// The M-step: a regression of x on the latents with a constant (Rubin & Thayer 1982, eq. 7; Ghahramani & Hinton 1996).
extension LinearGaussian {
  /// Averages over the data of x x' (its diagonal), x z̃ᵀ and E[z̃ z̃ᵀ] with z̃ = (z, 1): `[d + d (q+1) + (q+1)²]`.
  func statistics(_ x: Traced, _ q: LatentDistribution) -> Traced {
    guard let q = q.gaussian, case .full(let covariance) = q.covariance else {
      preconditionFailure("an M-step follows from the exact posterior")
    }
    let tape = x.tape
    let draws = Double(tape.draws)
    let one = tape.constant(1).expanded(to: Layout(.scalar, .perDraw))
    let extended = Traced.concatenated([q.mean, one])
    let size = latentCount + 1
    let places = (0..<latentCount).flatMap { i in (0..<latentCount).map { i * size + $0 } }
    let spread = covariance.scattered(places, into: Shape(size, size))
    return Traced.concatenated([
      x.square().meanOverDraws(), x.outerProduct(extended) * (1 / draws),
      extended.outerProduct(extended) * (1 / draws) + spread,
    ])
  }

  func maximized(_ statistics: [Double], current: [Double]) throws(DegenerateModel) -> [Double] {
    let size = latentCount + 1
    let squares = statistics[0..<width]
    let cross = Matrix(
      rows: width, columns: size, elements: Array(statistics[width..<width + width * size]))
    let moments = Matrix(rows: size, columns: size, elements: Array(statistics[(width + width * size)...]))
    let factor: Matrix
    do {
      factor = try moments.cholesky()
    } catch {
      throw DegenerateModel(
        "the second moments of the latents are singular", fix: "use fewer latents, or check the data")
    }
    // (W b) = E[x z̃ᵀ] E[z̃ z̃ᵀ]⁻¹, row by row.
    let solution = (0..<width).map { Matrix.solve(lower: factor, cross.row($0)) }
    let residuals = (0..<width).map { column in
      squares[column] - zip(solution[column], cross.row(column)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let weights = solution.flatMap { $0[0..<latentCount] }
    let offsets = solution.map { $0[latentCount] }
    let variances: [Double] =
      switch noise {
      case .fixed: []
      case .shared: [residuals.reduce(0, +) / Double(width)]
      case .perColumn: residuals
      }
    // As a difference of sums it has lost half of its digits by then, and so has what is computed with it.
    let least = zip(squares, cross.column(latentCount)).map { square, mean in 1e-8 * (square - mean * mean) }
    let leasts = noise == .shared ? [least.reduce(0, +) / Double(width)] : least
    if let column = variances.indices.first(where: { !(variances[$0] > max(0, leasts[$0])) }) {
      let of = noise == .perColumn ? "of column \(column + 1) " : ""
      throw DegenerateModel(
        "the noise variance \(of)fell to \(variances[column]), less than 1e-8 of the data's",
        fix:
          "use fewer latents, a beta of at least 1, or leave out columns that are constant or follow from others"
      )
    }
    return weights + offsets + variances.map { Foundation.log($0) }
  }

  /// Weights drawn near zero on the scale of the data, the mean, and half of the columns' variances as noise.
  func initialParameters(_ data: DataRows, noise stream: NoiseStream, start: Int) -> [Double] {
    let (mean, variance) = data.columnMoments
    let variates = stream.normals(
      dimension: width * latentCount, draws: 1, step: UInt64(start) << 32)
    let weights = (0..<width).flatMap { row in
      (0..<latentCount).map { column in
        variates[row * latentCount + column] * (0.5 * variance[row] / Double(latentCount)).squareRoot()
      }
    }
    let half = variance.map { Foundation.log(max(0.5 * $0, .leastNormalMagnitude)) }
    let average = Foundation.log(max(0.5 * variance.reduce(0, +) / Double(width), .leastNormalMagnitude))
    let noise: [Double] =
      switch self.noise {
      case .fixed: []
      case .shared: [average]
      case .perColumn: half
      }
    return weights + mean + noise
  }
}
