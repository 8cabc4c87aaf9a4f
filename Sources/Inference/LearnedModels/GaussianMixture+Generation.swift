public import ReverseTape

/// What a mixture generates: a component by its weight, and a datum of it.
extension GaussianMixture {
  /// K indicators, of the component in whose stretch of the cumulated weights the uniform lies.
  public func priorDraw(
    _ noise: GenerationNoise, _ theta: ParameterView, posteriorDraw: (Traced) -> Traced
  ) -> Traced {
    let weights = logWeights(theta).exp()
    let one = weights.tape.constant(1)
    if count == 1 { return one }
    var ends = [weights[0]]
    for component in 1..<max(count - 1, 1) { ends.append(ends[component - 1] + weights[component]) }
    // Whether the uniform lies before the end of each component but the last, which has no end.
    let isBefore = (Traced.concatenated(ends) - noise.latentUniform).mapped(.step)
    return Traced.concatenated([isBefore, one]) - Traced.concatenated([one.tape.constant(0), isBefore])
  }

  /// μ_k + A_k⁻¹ ε with Σ_k⁻¹ = A_kᵀ A_k, so that A_k⁻¹ = Σ_k A_kᵀ.
  public func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced? {
    let normals = noise.normals
    func spread(_ index: Int) -> Traced {
      let factor = precisionFactor(index, theta)
      return factor.transposedTimes(factor).inverse().times(factor.transposedTimes(normals))
    }
    let offset: Traced =
      switch options.covariance {
      case .full: (1..<count).reduce(z[0] * spread(0)) { $0 + z[$1] * spread($1) }
      case .tied: spread(0)
      case .diagonal: theta["log_scales"].exp().transposedTimes(z) * normals
      case .spherical: (theta["log_scales"].exp() * z).sum() * normals
      }
    return mean(z, theta) + offset
  }
}
