public import ReverseTape

/// The responsibilities: the posterior of which component a datum is of.
extension GaussianMixture: TractableLatents {
  /// r_k ∝ π_k N(x; μ_k, Σ_k)^τ for the inverse temperature τ.
  public func posterior(_ x: Traced, _ theta: ParameterView, inverseTemperature: Traced) -> LatentDistribution
  {
    .categorical(logProbabilities: weighted(x, theta, inverseTemperature).logSoftmax())
  }

  /// log Σ_k π_k N(x; μ_k, Σ_k)^(1/β).
  public func logNormalizer(_ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced {
    weighted(x, theta, 1 / beta).logSumExp()
  }

  /// Σ r (log r − log p_β(k given x)).
  public func divergence(_ q: LatentDistribution, _ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced
  {
    guard let q = q.logProbabilities,
      let target = posterior(x, theta, inverseTemperature: 1 / beta).logProbabilities
    else { preconditionFailure("categorical latents have categorical posteriors") }
    return (q.exp() * (q - target)).sum()
  }

  private func weighted(_ x: Traced, _ theta: ParameterView, _ inverseTemperature: Traced) -> Traced {
    logWeights(theta) + inverseTemperature * logDensities(x, theta)
  }

  /// Averages over the data, with y = x − c around the data's center c: of r `[K]`, of r yᵀ `[K, d]`, and of the squares that
  /// the covariances take: r_k y yᵀ `[K, d, d]` (full), y yᵀ `[d, d]` (tied), r (y²)ᵀ `[K, d]` (diagonal), r yᵀy `[K]`
  /// (spherical).
  public func statistics(_ x: Traced, _ q: LatentDistribution) -> Traced {
    guard let logProbabilities = q.logProbabilities else {
      preconditionFailure("categorical latents have categorical posteriors")
    }
    let shares = logProbabilities.exp()
    let offset = x - x.tape.constant(shape.center)
    let share = 1 / Double(x.tape.draws)
    let squares: [Traced] =
      switch options.covariance {
      case .full: (0..<count).map { (shares[$0] * offset).outerProduct(offset) * share }
      case .tied: [offset.outerProduct(offset) * share]
      case .diagonal: [shares.outerProduct(offset.square()) * share]
      case .spherical: [(shares * offset.square().sum()).meanOverDraws()]
      }
    return Traced.concatenated(
      [shares.meanOverDraws(), shares.outerProduct(offset) * share] + squares)
  }
}
