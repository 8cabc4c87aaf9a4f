import NumericArrays

/// The run of an optimizer that finds a Gaussian: a step is one of the ascent; q is evaluated in the end.
struct GaussianFit {
  let run: FitRun
  let finder: any GaussianFinder
  let evaluation: FittedEvaluation

  /// The ascent ends where a further step promises less, relative to the log density.
  private static let tolerance = 1e-12
  /// A mode is reached where a further step promises no more, in nats.
  private static let largestPromise = 1e-4

  func execute(_ source: any FitSource) -> FitResult {
    guard case .inference(let task) = run.settings.task else {
      preconditionFailure("learned models ascend a bound")
    }
    let beta = run.settings.beta.constant ?? 1
    let density = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta))
    var ascent = QuasiNewtonAscent(
      density, from: finder.location(near: task.start.given, seed: run.seed), history: finder.history)
    guard ascent.isFinite else {
      return FitResult(
        .diverged("step 0: the log density or its gradient is not finite; start elsewhere"), steps: 0)
    }
    var search = finder.makeSearch(seed: run.seed)
    var step = 0
    search.visit(AscentPoint(step: 0, ascent: ascent, density: density))
    record(ascent, 0, beta, source)
    while step < run.settings.steps {
      if source.request().ends(run.number) { return FitResult(.interrupted, steps: step) }
      if ascent.promise <= Self.tolerance * max(1, abs(ascent.value)) || !ascent.advance() { break }
      step += 1
      search.visit(AscentPoint(step: step, ascent: ascent, density: density))
      if step % run.settings.recordEvery == 0 { record(ascent, step, beta, source) }
    }
    if step % run.settings.recordEvery != 0 { record(ascent, step, beta, source) }
    do throws(GaussianSearchFailure) {
      let gaussian = try search.result(AscentPoint(step: step, ascent: ascent, density: density))
      var result = finish(gaussian, task, step, evaluations: density.count, source)
      if finder.needsMode, ascent.promise > Self.largestPromise {
        result.suspect =
          "step \(step): the ascent has not reached a mode: a further step promises \(ascent.promise.shortest) nats"
      }
      return result
    } catch {
      return FitResult(.diverged("step \(step): \(error)"), steps: step)
    }
  }

  private func finish(
    _ gaussian: GaussianStart, _ task: InferenceTask, _ step: Int, evaluations: Int, _ source: any FitSource
  ) -> FitResult {
    let count = task.family.parameterCount(for: task.model)
    let noise = NoiseStream(seed: run.seed, purpose: .initial).normals(dimension: count, draws: 1, step: 0)
    let parameters = task.family.parameters(near: gaussian, model: task.model, noise: noise)
    var result = FitResult(.finished, steps: step)
    result.parameters = parameters
    guard evaluation.finish(&result, beta: nil, of: run.number, source) else { return result }
    source.measure(MetricPoint("gradient_evaluations", step: step, Double(evaluations)), of: run.number)
    return result
  }

  private func record(_ ascent: QuasiNewtonAscent, _ step: Int, _ beta: Double, _ source: any FitSource) {
    var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
    steps[.objective] = [ascent.value]
    steps[.gradNorm] = [ascent.gradientNorm]
    steps[.beta] = [beta]
    source.record(steps, of: run.number)
  }
}
