import ReverseTape

/// Latents with the prior N(0, I): what PPCA, factor analysis and plain VAEs have in common.
enum StandardNormalLatents {
  static func logPrior(_ z: Traced) -> Traced { z.standardNormalLogDensity() }

  /// −½ Σ (m² + v) − (L/2) log 2π.
  static func expectedLogPrior(_ q: LatentDistribution) -> Traced? {
    q.gaussian.map { q in
      -0.5 * (q.mean.square() + q.variance).sum() - 0.5 * Double(q.dimension) * LogDensity.logTwoPi
    }
  }

  /// ½ (Σ (m² + v − 1) − log |Σ|) (Kingma & Welling 2014, appendix B).
  static func divergence(_ q: LatentDistribution) -> Traced? {
    q.gaussian.map { q in
      0.5 * ((q.mean.square() + q.variance).sum() - q.logDeterminant) - 0.5 * Double(q.dimension)
    }
  }

  /// E KL[q(z_j given z_<j) ‖ N(0, 1)] of each latent, ½ (m_j² + v_j − 1 − log w_j) with the variance w_j given the latents before it:
  /// the chain rule of the divergence (Cover & Thomas 2006, theorem 2.5.3).
  static func divergences(_ q: LatentDistribution) -> Traced? {
    guard let q = q.gaussian, let scales = q.conditionalScales else { return nil }
    return 0.5 * (q.mean.square() + q.variance) - scales.log() - 0.5
  }
}
