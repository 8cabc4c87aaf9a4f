extension FittedEvaluation {
  /// Evaluates what a run that has ended by itself has found: its yardstick, what is suspect of it unless something was before, and its
  /// metrics.
  ///
  /// - Returns: whether there is a yardstick; without one the run has diverged.
  func finish(_ result: inout FitResult, beta: Double?, of run: Int, _ source: any FitSource) -> Bool {
    let step = result.steps
    var workspace = Workspace()
    do {
      let (measured, suspect, points) = try measure(result.parameters, beta: beta, step: step, &workspace)
      guard measured.elbo.isFinite else {
        result.ending = .diverged("step \(step): the final elbo is \(measured.elbo)")
        return false
      }
      result.yardstick = measured
      if let suspect, result.suspect == nil { result.suspect = "step \(step): \(suspect)" }
      for point in points { source.measure(point, of: run) }
      return true
    } catch {
      result.ending = .diverged("step \(step): the final elbo cannot be estimated (\(error))")
      return false
    }
  }
}
