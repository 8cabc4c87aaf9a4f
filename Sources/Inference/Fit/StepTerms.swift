/// One recorded step: the bound after `step` updates, in nats.
public struct StepTerms: Sendable, Hashable {
  public var step: Int
  /// The ELBO at β = 1.
  public var elbo: Double
  /// The estimate that was maximised, at the step's β.
  public var objective: Double
  public var terms: TermValues
  public var beta: Double
  /// The Euclidean norm of the objective's gradient, before clipping; nil where none is taken.
  public var gradNorm: Double?
}

/// The final evaluation of a run at β = 1, in nats.
public struct Yardstick: Sendable, Hashable {
  public var elbo: Double
  /// nil where the ELBO is exact.
  public var elboStandardError: Double?
  public var terms: TermValues
  public var logEvidenceStandardError: Double?
}

/// How a fit ended.
public struct FitResult: Sendable {
  public enum Ending: Sendable, Hashable {
    case finished
    /// The objective, its gradient or the final bound is NaN or infinite.
    case diverged(String)
    /// The caller asked to stop.
    case interrupted
  }

  public var ending: Ending
  /// The number of updates made.
  public var steps: Int
  /// nil unless finished.
  public var yardstick: Yardstick?
  /// The first identity that did not hold, with its step and size.
  public var suspect: String?
  /// The recorded terms that are exact.
  public var exactTerms: [Term]
  public var identitiesChecked: Int
  /// The largest relative difference between exact writings of the ELBO.
  public var largestResidual: Double?
  /// φ at the end, averaged where averaging is on.
  public var parameters: [Double]
}

extension FitResult {
  /// An end of which nothing more is known.
  init(_ ending: Ending, steps: Int) {
    self.init(
      ending: ending, steps: steps, yardstick: nil, suspect: nil, exactTerms: [], identitiesChecked: 0,
      largestResidual: nil, parameters: [])
  }

  /// The end of a run whose model has degenerated.
  init(degenerate model: DegenerateModel, steps: Int) {
    self.init(.diverged("step \(steps): \(model)"), steps: steps)
  }
}
