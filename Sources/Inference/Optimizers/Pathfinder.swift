import NumericArrays

/// Pathfinder: of the Gaussians that a quasi-Newton ascent passes by, the one with the highest ELBO (Zhang, Carpenter, Gelman & Vehtari
/// 2022, algorithm 1).
///
/// Each point of the ascent gives a covariance H, the inverse Hessian that its latest steps say, and the mean z + H ∇log p.
public struct Pathfinder: GaussianFinder {
  public static let name = "pathfinder"
  public static let summary =
    "the best of the Gaussians along a quasi-Newton ascent (Zhang, Carpenter, Gelman & Vehtari 2022)"
  public var history = 6
  public var draws = 25
  public var spread = 2.0
  public static var options: [Option<Self>] {
    [
      .integer("history", \.history, 1...1000, "steps whose slopes make a covariance"),
      .integer("draws", \.draws, 2...100_000, "draws of each Gaussian's ELBO"),
      .number(
        "spread", \.spread, .nonNegative, "the ascent starts uniformly within so much of the start's location"
      ),
    ]
  }

  public init() {}

  public var needsMode: Bool { false }

  public func location(near start: GaussianStart, seed: UInt64) -> [Double] {
    let uniforms = NoiseStream(seed: seed, purpose: .initial).uniforms(count: start.mean.count, step: 1 << 32)
    return zip(start.mean, uniforms).map { $0 + spread * (2 * $1 - 1) }
  }

  public func makeSearch(seed: UInt64) -> any GaussianSearch { PathfinderSearch(draws: draws, seed: seed) }
}

private struct PathfinderSearch: GaussianSearch {
  let draws: Int
  let seed: UInt64
  private var diagonal: [Double] = []
  private var best: (elbo: Double, gaussian: GaussianStart)?

  init(draws: Int, seed: UInt64) {
    self.draws = draws
    self.seed = seed
  }

  mutating func visit(_ point: AscentPoint) {
    guard let latest = point.ascent.pairs.last, point.step > 0 else { return }
    if diagonal.isEmpty { diagonal = [Double](repeating: 1, count: point.ascent.z.count) }
    renewDiagonal(latest)
    let covariance = inverseHessian(point.ascent.pairs)
    let gradient = point.ascent.gradient
    let mean = zip(point.ascent.z, covariance * gradient).map(+)
    guard let gaussian = try? GaussianStart(mean: mean, covariance: covariance) else { return }
    let elbo = elbo(of: gaussian, point)
    if elbo > best?.elbo ?? -.infinity { best = (elbo, gaussian) }
  }

  func result(_ last: AscentPoint) throws(GaussianSearchFailure) -> GaussianStart {
    if let best { return best.gaussian }
    throw GaussianSearchFailure(
      description:
        "no point of the ascent gives a Gaussian with a finite ELBO; start elsewhere, or with a smaller spread"
    )
  }

  /// The diagonal that the pairs are applied to, updated by the latest of them (Gilbert & Lemaréchal 1989, eq. 4.6; Zhang et al. 2022,
  /// algorithm 3).
  private mutating func renewDiagonal(_ pair: QuasiNewtonAscent.Pair) {
    var (a, b, c) = (0.0, 0.0, 0.0)
    for index in diagonal.indices {
      a += pair.change[index] * diagonal[index] * pair.change[index]
      b += pair.change[index] * pair.step[index]
      c += pair.step[index] * pair.step[index] / diagonal[index]
    }
    for index in diagonal.indices {
      let step = pair.step[index]
      let inverse =
        a / (b * diagonal[index]) + pair.change[index] * pair.change[index] / b
        - a * step * step / (b * c * diagonal[index] * diagonal[index])
      diagonal[index] = 1 / inverse
    }
  }

  /// The diagonal, updated by every pair (BFGS; Nocedal & Wright 2006, eq. 6.17).
  private func inverseHessian(_ pairs: [QuasiNewtonAscent.Pair]) -> Matrix {
    var h = Matrix.diagonal(diagonal)
    let count = diagonal.count
    for pair in pairs {
      let product = h * pair.change
      let scale = 1 / QuasiNewtonAscent.dot(pair.step, pair.change)
      let factor = scale * (1 + scale * QuasiNewtonAscent.dot(pair.change, product))
      for row in 0..<count {
        for column in 0..<count {
          h[row, column] +=
            factor * pair.step[row] * pair.step[column]
            - scale * (product[row] * pair.step[column] + pair.step[row] * product[column])
        }
      }
    }
    return h
  }

  /// Estimated by draws of the same noise for every point.
  private func elbo(of gaussian: GaussianStart, _ point: AscentPoint) -> Double {
    let count = gaussian.mean.count
    let noise = NoiseStream(seed: seed, purpose: .search).normals(dimension: count, draws: draws, step: 1)
    let factor = gaussian.factor
    var sum = 0.0
    var gradient = point.ascent.gradient
    for draw in 0..<draws {
      let own = (0..<count).map { noise[$0 * draws + draw] }
      let z = zip(gaussian.mean, factor * own).map(+)
      let half = own.reduce(0) { $0 + 0.5 * $1 * $1 }
      sum += point.density.logDensity(z, gradient: &gradient) + half
    }
    let elbo = sum / Double(draws) + 0.5 * Matrix.logDeterminant(lower: factor)
    return elbo.isNaN ? -.infinity : elbo
  }
}
