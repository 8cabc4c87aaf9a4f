public import ReverseTape

/// Data made of the model: a component by its weight, and a draw of it.
extension GaussianMixture {
  /// K indicators of the component: 1 where a uniform lies between the sums of the weights before it and up to it.
  public func priorDraw(
    _ noise: GenerationNoise, _ theta: ParameterView, posteriorDraw: (Traced) -> Traced
  ) -> Traced {
    let tape = theta.vector.tape
    let one = tape.constant(1)
    guard count > 1 else { return one.expanded(to: noise.latentUniform.layout) }
    let below = (0..<count - 1).flatMap { row in (0..<count).map { $0 <= row ? 1.0 : 0 } }
    let sums = tape.constant(below, Shape(count - 1, count)).times(logWeights(theta).exp())
    let isBeyond = (noise.latentUniform - sums).mapped(.step)
    return Traced.concatenated([one, isBeyond]) - Traced.concatenated([isBeyond, tape.constant(0)])
  }

  /// Σ_k z_k (μ_k + Σ_k^½ ε), with A⁻¹ as the root of Σ = A⁻¹ A⁻ᵀ.
  public func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced? {
    (0..<count).reduce(mean(z, theta)) { $0 + z[$1] * offset($1, noise.normals, theta) }
  }

  private func offset(_ component: Int, _ normals: Traced, _ theta: ParameterView) -> Traced {
    switch options.covariance {
    case .full, .tied:
      let factor = precisionFactor(options.covariance == .full ? component : 0, theta)
      return factor.transposedTimes(factor).inverse().times(factor.transposedTimes(normals))
    case .diagonal:
      return theta["log_scales"][component * width..<(component + 1) * width].exp() * normals
    case .spherical:
      return theta["log_scales"][component].exp() * normals
    }
  }
}
