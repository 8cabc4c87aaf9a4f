import NumericArrays

/// A run of several Pathfinders: a step is a path, which leads to a Gaussian.
struct MultiPathRun {
  /// In nats.
  private static let largestDisagreement = 0.05
  /// Above it the variance of the weights is infinite, and so is the error of the evidence.
  private static let largestShape = 0.5

  private let run: FitRun
  private let task: InferenceTask
  private let options: MultiPathfinder
  private let evaluation: PosteriorDensity.Evaluation
  private let beta: Double
  private let isLikelihoodKnown: Bool

  init(_ run: FitRun, _ task: InferenceTask, _ options: MultiPathfinder) {
    self.run = run
    self.task = task
    self.options = options
    beta = run.settings.beta.constant ?? 1
    evaluation = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta))
    isLikelihoodKnown = task.model.opaqueReason == nil
  }

  func execute(_ source: any FitSource) -> FitResult {
    var finder = Pathfinder()
    finder.history = options.history
    finder.spread = options.spread
    var paths: [WhitenedDensity] = []
    var draws: [MultiPathDraws.Draw] = []
    var failure: SamplerFailure?
    for path in 0..<options.paths {
      if source.request().ends(run.number) { return FitResult(.interrupted, steps: path) }
      let seed = run.seed ^ (UInt64(path + 1) << 40)
      do throws(SamplerFailure) {
        let gaussian = try PathfinderStart.gaussian(
          evaluation, near: task.start.given, by: finder, mostSteps: run.settings.steps, seed: seed)
        paths.append(WhitenedDensity(evaluation, from: gaussian))
      } catch {
        failure = error
        continue
      }
      let own = self.draws(of: paths[paths.count - 1], number: paths.count - 1, seed: seed)
      record(own, paths[paths.count - 1], step: path + 1, source)
      draws += own
    }
    guard !paths.isEmpty else {
      return FitResult(.diverged("step 0: \(failure?.description ?? "there is no path")"), steps: 0)
    }
    return finish(MultiPathDraws(draws, of: paths), paths: paths.count, source)
  }

  /// Independent draws of one path's Gaussian.
  private func draws(of path: WhitenedDensity, number: Int, seed: UInt64) -> [MultiPathDraws.Draw] {
    let noise = NoiseStream(seed: seed, purpose: .posterior).normals(
      dimension: path.dimension, draws: options.draws, step: 0)
    return (0..<options.draws).map { draw in
      let z = path.latents((0..<path.dimension).map { noise[$0 * options.draws + draw] })
      let described = evaluation.described(z)
      // log p(z) + log p(x|z) / β.
      let target =
        beta == 1 ? described.joint : described.joint + (1 / beta - 1) * described.likelihood
      return MultiPathDraws.Draw(
        path: number, z: z, target: target, joint: described.joint, likelihood: described.likelihood,
        variables: described.variables)
    }
  }

  /// The ELBO of one path's Gaussian, whose entropy is known.
  private func record(
    _ draws: [MultiPathDraws.Draw], _ path: WhitenedDensity, step: Int, _ source: any FitSource
  ) {
    let count = Double(draws.count)
    let joint = draws.reduce(0) { $0 + $1.joint } / count
    let entropy = 0.5 * Double(path.dimension) * (1 + LogDensity.logTwoPi) + path.logVolume
    var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
    steps[.elbo] = [joint + entropy]
    steps[.logJoint] = [joint]
    steps[.entropy] = [entropy]
    if isLikelihoodKnown {
      let likelihood = draws.reduce(0) { $0 + $1.likelihood } / count
      steps[.reconstruction] = [likelihood]
      steps[.klPrior] = [likelihood - (joint + entropy)]
    }
    steps[.beta] = [beta]
    source.record(steps, of: run.number)
  }

  private func finish(_ draws: MultiPathDraws, paths: Int, _ source: any FitSource) -> FitResult {
    let step = options.paths
    var moments = MomentPoints(task.model.reference, step: step)
    var points: [MetricPoint] = []
    func add(_ metric: String, _ value: Double) { points.append(MetricPoint(metric, step: step, value)) }
    for (index, name) in task.model.variableNames.prefix(MomentPoints.mostVariables).enumerated() {
      let own = draws.moments { $0.variables[index] }
      moments.add(name, mean: own.mean, sd: own.sd)
      add("posterior_mean_se[\(name)]", own.error)
    }
    let weights = draws.weights
    if let shape = weights.tailShape {
      add("pareto_k", shape)
      add("pareto_k_threshold", weights.threshold)
    }
    add("importance_draws", Double(draws.all.count))
    add("importance_ess", weights.effectiveSampleSize)
    // At another β the normaliser is not that of the posterior.
    if beta == 1 { add("log_evidence_lower", draws.lowerBound) }
    add("paths", Double(paths))
    add("path_disagreement", draws.disagreement)
    add("gradient_evaluations", Double(evaluation.count))
    for point in moments.all + points { source.measure(point, of: run.number) }
    let error =
      (weights.standardError * weights.standardError + draws.disagreement * draws.disagreement).squareRoot()
    var result = FitResult(.finished, steps: step)
    result.yardstick = Yardstick(
      logNormaliser: (weights.logMean, error),
      offset: (draws.moments { $0.joint - $0.target }.mean, 0), joint: draws.moments(\.joint).mean,
      likelihood: isLikelihoodKnown ? draws.moments(\.likelihood).mean : nil, isPosterior: beta == 1)
    result.suspect = suspect(draws, paths: paths)
    return result
  }

  /// Why the draws are not to be trusted; nil where they are.
  private func suspect(_ draws: MultiPathDraws, paths: Int) -> String? {
    let weights = draws.weights
    var reasons: [String] = []
    let limit = min(weights.threshold, Self.largestShape)
    if let shape = weights.tailShape, !(shape <= limit) {
      reasons.append(
        "k̂ of the weights is \(shape.shortest), above \(limit.shortest): the paths' Gaussians miss a part of the posterior"
      )
    }
    if !(draws.disagreement <= Self.largestDisagreement) {
      reasons.append(
        "by the jackknife over the paths the log evidence has an error of \(draws.disagreement.shortest) nats, above "
          + "\(Self.largestDisagreement): each knows another part of the posterior; take more paths, or another family"
      )
    }
    if paths < options.paths {
      reasons.append("\(paths) of \(options.paths) paths found a Gaussian")
    }
    return reasons.isEmpty ? nil : "step \(options.paths): " + reasons.joined(separator: "; ")
  }
}
