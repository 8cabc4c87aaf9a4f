import NumericArrays
public import ReverseTape

/// A Gaussian q on a tape, by its moments: what closed forms of its expectations are written with.
///
/// All are shared where q has one φ, and per draw where each draw has its own.
public struct GaussianMoments {
  /// How the covariance is held.
  enum Covariance {
    /// Independent elements.
    case diagonal
    /// Σ = L Lᵀ with a lower triangle L.
    case factor(LowerFactor)
    /// Σ = W Wᵀ + diag(own) with W `[D, rank]`.
    case lowRank(Traced, own: Traced)
    /// Groups of elements, independent of one another.
    case blocks([CovarianceBlock])
    /// Σ itself, `[D, D]`.
    case full(Traced)
  }

  /// `[D]`.
  public let mean: Traced
  /// The diagonal of Σ, `[D]`.
  public let variance: Traced
  /// log |Σ|.
  public let logDeterminant: Traced
  let covariance: Covariance

  public var dimension: Int { mean.count }

  /// Whether the form of the covariance lets each element have any scale, whatever the others have.
  var canScaleRows: Bool {
    if case .full = covariance { return false }
    return true
  }

  /// The sd of each element given those before it, `[D]`; nil where the form of the covariance does not say.
  var conditionalScales: Traced? {
    switch covariance {
    case .diagonal: variance.squareRoot()
    case .factor(let lower): lower.scale
    case .lowRank, .blocks, .full: nil
    }
  }

  /// ½ (D (1 + log 2π) + log |Σ|).
  public var entropy: Traced {
    0.5 * logDeterminant + 0.5 * Double(dimension) * (1 + LogDensity.logTwoPi)
  }

  /// log N(z; mean, Σ) at any z `[D]`.
  public func logDensity(at z: Traced) -> Traced {
    -0.5 * (squaredLength(z - mean) + logDeterminant) - 0.5 * Double(dimension) * LogDensity.logTwoPi
  }

  /// vᵀ Σ⁻¹ v.
  private func squaredLength(_ vector: Traced) -> Traced {
    switch covariance {
    case .diagonal:
      return (vector.square() / variance).sum()
    case .factor(let lower):
      return lower.solve(vector).square().sum()
    case .lowRank(let factor, let own):
      // Woodbury: |v/s|² − uᵀ M⁻¹ u with s² = own, u = (W/s)ᵀ (v/s) and M = I + (W/s)ᵀ (W/s).
      let inverseScales = 1 / own.squareRoot()
      let rank = factor.shape.columns
      let scaled = factor * inverseScales.repeatedColumns(rank)
      let identity = factor.tape.constant(Matrix.identity(rank).elements, Shape(rank, rank))
      let inner = identity + scaled.transposedTimes(scaled)
      let whitened = inverseScales * vector
      let projected = scaled.transposedTimes(whitened)
      return whitened.square().sum() - (projected * inner.inverse().times(projected)).sum()
    case .blocks(let blocks):
      let lengths = blocks.map { $0.factor.solve(vector.part($0.places)).square().sum() }
      return lengths.dropFirst().reduce(lengths[0], +)
    case .full(let matrix):
      return (vector * matrix.matrixInverse().matrixTimes(vector)).sum()
    }
  }

  /// The variances of the projections `rows · z`: the diagonal of `rows Σ rowsᵀ`, `[k]` for rows `[k, D]`.
  public func variances(along rows: Traced) -> Traced {
    switch covariance {
    case .diagonal:
      rows.square().times(variance)
    case .factor(let lower):
      rows.times(lower.matrix).square().sumRows()
    case .lowRank(let factor, let own):
      rows.times(factor).square().sumRows() + rows.square().times(own)
    case .blocks(let blocks):
      blocks.dropFirst().reduce(blocks[0].variances(along: rows)) { $0 + $1.variances(along: rows) }
    case .full(let matrix):
      (rows.times(matrix) * rows).sumRows()
    }
  }

  /// tr(W Σ Wᵀ): the variances of the elements of W z, summed, for a constant lower triangle W.
  func totalVariance(through whitening: LowerFactor) -> Traced {
    if case .factor(let lower) = covariance, lower.scale.extent == .shared {
      return whitening.times(lower).squaredRows.sum()
    }
    return variances(along: whitening.matrix).sum()
  }

  /// The covariances of all elements with element `index`: a column of Σ, `[D]`.
  public func covariance(with index: Int) -> Traced {
    switch covariance {
    case .diagonal:
      variance[index].scattered([index], into: mean.shape)
    case .factor(let lower):
      product(lower.matrix, lower.matrix.row(index))
    case .lowRank(let factor, let own):
      product(factor, factor.row(index)) + own[index].scattered([index], into: mean.shape)
    case .blocks(let blocks):
      blocks.lazy.compactMap { $0.covariance(with: index, into: mean.shape) }.first ?? mean.tape.constant(0)
    case .full(let matrix):
      matrix.row(index)
    }
  }

  /// The covariances of some elements with another one, `[range]`; the number 0 where they are independent.
  func covariance(of range: Range<Int>, with index: Int) -> Traced {
    areIndependent(range, index) ? mean.tape.constant(0) : covariance(with: index)[range]
  }

  /// Whether the form of the covariance makes elements independent of another one.
  private func areIndependent(_ range: Range<Int>, _ index: Int) -> Bool {
    switch covariance {
    case .diagonal: !range.contains(index)
    case .blocks(let blocks):
      blocks.allSatisfy { !($0.places.contains(index) && $0.places.contains(where: range.contains)) }
    case .factor, .lowRank, .full: false
    }
  }

  /// E[exp(a·z_index)] for a constant a: the mean of a log-normal.
  public func expectedExponential(_ scale: Double, of index: Int) -> Traced {
    (scale * mean[index] + (0.5 * scale * scale) * variance[index]).exp()
  }

  /// A matrix, shared or per draw, times a vector of the same extent.
  private func product(_ matrix: Traced, _ vector: Traced) -> Traced {
    if matrix.extent == .shared { return matrix.times(vector) }
    let columns = (0..<matrix.count).map { $0 % matrix.shape.columns }
    return (matrix * vector.gathered(columns, matrix.shape)).sumRows()
  }
}
