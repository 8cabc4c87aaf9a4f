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
}
