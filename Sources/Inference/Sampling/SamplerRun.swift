import NumericArrays

/// The chains of one run, side by side: a step is an iteration of all of them.
struct SamplerRun {
  private let run: FitRun
  private let task: InferenceTask
  private let options: NoUTurn
  private let density: PosteriorDensity
  private let evaluation: PosteriorDensity.Evaluation
  private let beta: Double
  private let warmUp: Int
  private let total: Int
  private var draws: ChainDraws

  init(_ run: FitRun, _ task: InferenceTask, _ options: NoUTurn) {
    self.run = run
    self.task = task
    self.options = options
    beta = run.settings.beta.constant ?? 1
    density = PosteriorDensity(task.model, beta: beta)
    evaluation = PosteriorDensity.Evaluation(density)
    total = run.settings.steps
    warmUp = Int(options.warmUp * Double(total))
    draws = ChainDraws(chains: options.chains, isLikelihoodKnown: task.model.opaqueReason == nil)
  }

  /// Advances the chains until the steps are over or the source ends the run; an interrupted run starts again.
  mutating func execute(_ source: any FitSource) -> FitResult {
    var chains: [MarkovChain] = []
    do throws(MarkovChain.NoStart) {
      for number in 0..<options.chains {
        chains.append(
          try MarkovChain(
            evaluation, options, number: number, seed: run.seed, location: task.start.given.mean,
            warmUp: warmUp))
      }
    } catch {
      return FitResult(.diverged("step 0: \(error)"), steps: 0)
    }
    for iteration in 0..<total {
      if source.request().ends(run.number) { return FitResult(.interrupted, steps: iteration) }
      let step = iteration + 1
      let isRecorded = step % run.settings.recordEvery == 0 || step == total
      var terms = StepMean()
      for index in chains.indices {
        let draw = chains[index].advance(iteration: iteration)
        let isKept = iteration >= warmUp
        guard isRecorded || isKept else { continue }
        let described = evaluation.described(draw.z)
        terms.add(described.joint, described.likelihood)
        if isKept { draws.append(draw, described, to: index, maxDepth: options.maxDepth) }
      }
      if isRecorded { source.record(terms.recorded(step, draws.isLikelihoodKnown, beta), of: run.number) }
    }
    guard draws.count >= 4 else {
      return FitResult(
        .diverged("step \(total): \(draws.count) draws after the warm-up are too few; use more steps"),
        steps: total)
    }
    let summary = SamplerSummary(
      draws, density.variableNames, task.model.reference, seed: run.seed, isPosterior: beta == 1
    ) { [evaluation, dimension = density.dimension] z in
      var gradient = [Double](repeating: 0, count: dimension)
      return evaluation.logDensity(z, gradient: &gradient)
    }
    for point in summary.points(step: total) + costs(chains) { source.measure(point, of: run.number) }
    if let truth = task.truth {
      let kept = draws
      let points = TruthRank.points(truth, of: task.model, step: total) { kept.variable($0).flatMap(\.self) }
      for point in points { source.measure(point, of: run.number) }
    }
    var result = FitResult(.finished, steps: total)
    result.yardstick = summary.yardstick
    result.suspect = summary.suspect(step: total)
    return result
  }

  private func costs(_ chains: [MarkovChain]) -> [MetricPoint] {
    [
      MetricPoint("gradient_evaluations", step: total, Double(evaluation.count)),
      MetricPoint(
        "step_size", step: total, chains.reduce(0) { $0 + $1.size } / Double(max(1, chains.count))),
    ]
  }

  /// The means over the chains of one iteration.
  private struct StepMean {
    private var joint = 0.0
    private var likelihood = 0.0
    private var count = 0.0

    mutating func add(_ joint: Double, _ likelihood: Double) {
      self.joint += joint
      self.likelihood += likelihood
      count += 1
    }

    func recorded(_ step: Int, _ isLikelihoodKnown: Bool, _ beta: Double) -> RecordedSteps {
      var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
      steps[.logJoint] = [joint / count]
      if isLikelihoodKnown { steps[.reconstruction] = [likelihood / count] }
      steps[.beta] = [beta]
      return steps
    }
  }
}
