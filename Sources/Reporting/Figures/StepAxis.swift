import Tracking

/// What the x axis of a course counts.
///
/// A store knows the steps of a run and its seconds as a whole: everything else is the step times what one step of the run
/// counts, and the axis says so.
public enum StepAxis: String, Sendable, Hashable, CaseIterable {
  case step, seconds
  case gradientEvaluations = "gradient-evaluations"
  case likelihoodEvaluations = "likelihood-evaluations"

  public var label: String {
    switch self {
    case .step: "step"
    case .seconds: "seconds (those of each run, spread evenly over its steps)"
    case .gradientEvaluations: "gradient evaluations (steps × samples)"
    case .likelihoodEvaluations: "likelihood evaluations (steps × samples × data of a step)"
    }
  }

  /// Why a run may have no place on the axis.
  var needs: String {
    switch self {
    case .step: "steps"
    case .seconds: "an end"
    case .gradientEvaluations: "gradients from samples"
    case .likelihoodEvaluations: "gradients from samples of a known number of data"
    }
  }
}

/// What a step of each run counts along an axis.
///
/// A step takes the gradient at each of its samples, and each of these looks at every datum of the minibatch, or of the
/// data where there is none. EM takes no gradients, and programs do not say what their steps take.
struct StepUnits {
  let axis: StepAxis
  /// The number of data of runs whose configuration does not hold it, as they recorded it at their end.
  private let observations: [String: Double]

  init(_ axis: StepAxis, of runs: [RunSummary], source: any RunSource) throws {
    self.axis = axis
    observations =
      axis == .likelihoodEvaluations
      ? try source.lastValues(of: "observations", runs: runs.map(\.record.runID)) : [:]
  }

  /// nil where it is not known.
  func perStep(of run: RunSummary) -> Double? {
    switch axis {
    case .step: return 1
    case .seconds:
      guard let outcome = run.outcome, outcome.steps > 0, outcome.seconds > 0 else { return nil }
      return outcome.seconds / Double(outcome.steps)
    case .gradientEvaluations: return samples(of: run)
    case .likelihoodEvaluations:
      guard let samples = samples(of: run) else { return nil }
      let data =
        (run.integer("minibatch") ?? run.dataCount).map(Double.init) ?? observations[run.record.runID]
      guard let data, data > 0 else { return nil }
      return samples * data
    }
  }

  private func samples(of run: RunSummary) -> Double? {
    guard let samples = run.integer("samples"), samples > 0, !run.isExpectationMaximization else {
      return nil
    }
    return Double(samples)
  }
}
