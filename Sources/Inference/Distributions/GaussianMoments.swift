import NumericArrays
public import ReverseTape

/// A Gaussian q on a tape, by its moments: what closed forms of its expectations are written with.
public struct GaussianMoments {
  /// How the covariance is held.
  enum Covariance {
    /// Independent elements.
    case diagonal
    /// Σ = L Lᵀ with a lower triangle L `[D, D]`.
    case factor(Traced)
    /// Σ = W Wᵀ + diag(own) with W `[D, rank]`.
    case lowRank(Traced, own: Traced)
  }

  /// `[D]`, shared.
  public let mean: Traced
  /// The diagonal of Σ, `[D]`, shared.
  public let variance: Traced
  /// log |Σ|.
  public let logDeterminant: Traced
  let covariance: Covariance

  public var dimension: Int { mean.count }

  /// ½ (D (1 + log 2π) + log |Σ|).
  public var entropy: Traced {
    0.5 * logDeterminant + 0.5 * Double(dimension) * (1 + LogDensity.logTwoPi)
  }

  /// The variances of the projections `rows · z`: the diagonal of `rows Σ rowsᵀ`, `[k]` for rows `[k, D]`.
  public func variances(along rows: Traced) -> Traced {
    switch covariance {
    case .diagonal:
      rows.square().times(variance)
    case .factor(let lower):
      rowSums(rows.times(lower).square())
    case .lowRank(let factor, let own):
      rowSums(rows.times(factor).square()) + rows.square().times(own)
    }
  }

  /// The covariances of all elements with element `index`: a column of Σ, `[D]`.
  public func covariance(with index: Int) -> Traced {
    switch covariance {
    case .diagonal:
      variance[index].scattered([index], into: mean.shape)
    case .factor(let lower):
      lower.times(row(index, of: lower))
    case .lowRank(let factor, let own):
      factor.times(row(index, of: factor)) + own[index].scattered([index], into: mean.shape)
    }
  }

  /// E[exp(a·z_index)] for a constant a: the mean of a log-normal.
  public func expectedExponential(_ scale: Double, of index: Int) -> Traced {
    (scale * mean[index] + (0.5 * scale * scale) * variance[index]).exp()
  }

  /// E[f(z_index)] for a smooth f, by the trapezoidal rule over ±8.5 sd.
  ///
  /// For a Gaussian weight the rule converges exponentially (Trefethen & Weideman 2014, §5): with f's nearest pole at
  /// distance d from the real axis and spacing h = 17 sd / 191 the error is of order exp(−2π d / h). For softplus(a z),
  /// d = π / a: below 1e-12 for a · sd up to 8.
  public func expectation(of index: Int, _ function: (Traced) -> Traced) -> Traced {
    let count = 192
    let spacing = 17 / Double(count - 1)
    let nodes = (0..<count).map { -8.5 + spacing * Double($0) }
    let weights = nodes.map { SpecialFunctions.exp(-0.5 * $0 * $0) }
    let total = weights.reduce(0, +)
    let tape = mean.tape
    let points = mean[index] + variance[index].squareRoot() * tape.constant(nodes)
    return (tape.constant(weights.map { $0 / total }) * function(points)).sum()
  }

  private func row(_ index: Int, of matrix: Traced) -> Traced {
    let width = matrix.shape.columns
    return matrix[index * width..<(index + 1) * width]
  }

  private func rowSums(_ matrix: Traced) -> Traced {
    matrix.times(matrix.tape.constant([Double](repeating: 1, count: matrix.shape.columns)))
  }
}
