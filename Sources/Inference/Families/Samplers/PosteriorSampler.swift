public import ReverseTape

/// No family but the posterior itself, by draws, by integrals or by particles that are moved there: it has no φ and no bound.
///
/// Its runs are references, listed beside the families and not ranked with them: means, standard deviations, and the evidence. At
/// β ≠ 1 they are of p(z) p(x|z)^(1/β), which the β-weighted bound is tight at.
public protocol PosteriorSampler: Family {
  /// Executes a run from its start, so that an interrupted one starts again, and reports its steps and values to the source.
  func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult
}

extension PosteriorSampler {
  public func parameterCount(for model: any Model) -> Int { 0 }
  public func noiseCount(for model: any Model) -> Int { 0 }
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] { [] }
  public var hasDensity: Bool { false }

  /// Nothing: there is no q on a tape.
  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    Variational()
  }
}
