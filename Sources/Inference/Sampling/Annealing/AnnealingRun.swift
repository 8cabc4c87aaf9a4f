import NumericArrays

/// A run of annealed importance sampling or sequential Monte Carlo: a step is a temperature of all systems of particles.
struct AnnealingRun {
  /// How often the start is fitted again.
  private static let refits = 2

  private let run: FitRun
  private let task: InferenceTask
  private let plan: AnnealingPlan
  private let evaluation: PosteriorDensity.Evaluation
  private let random: AnnealingRandomness
  private let beta: Double
  private let isLikelihoodKnown: Bool

  init(_ run: FitRun, _ task: InferenceTask, _ plan: AnnealingPlan) {
    self.run = run
    self.task = task
    self.plan = plan
    beta = run.settings.beta.constant ?? 1
    evaluation = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta))
    random = AnnealingRandomness(seed: run.seed)
    isLikelihoodKnown = task.model.opaqueReason == nil
  }

  /// Leads the particles to the posterior, and others back from it.
  func execute(_ source: any FitSource) -> FitResult {
    func shouldStop() -> Bool { source.request().ends(run.number) }
    do throws(SamplerFailure) {
      guard let (density, learned) = try learn(shouldStop) else { return FitResult(.interrupted, steps: 0) }
      let path = try path(from: learned)
      let total = path.rungs.count
      var systems = (0..<plan.systems).map { ParticleSystem($0, .forward, plan, random, density) }
      for rung in path.rungs.indices {
        if shouldStop() { return FitResult(.interrupted, steps: rung) }
        for index in systems.indices { systems[index].advance(to: rung, of: path, density) }
        let step = rung + 1
        guard step % run.settings.recordEvery == 0 || step == total else { continue }
        record(ParticleMeans(systems, density), step, path.rungs[rung], source)
      }
      guard systems.contains(where: { $0.logEstimate > -.infinity }) else {
        return FitResult(.diverged("step \(total): no particle has a weight"), steps: total)
      }
      var backward: BackwardEstimates?
      if plan.isBracketed {
        backward = try BackwardEstimates(
          plan, path, density, random, evaluation, near: task.start.given.mean, seed: run.seed,
          shouldStop: shouldStop)
        if backward == nil { return FitResult(.interrupted, steps: total) }
      }
      return finish(systems, density, backward, steps: total, source)
    } catch {
      return FitResult(.diverged("step 0: \(error)"), steps: 0)
    }
  }

  /// The start, and the path that the last of the pilots finds from it. Pathfinder's Gaussian is one of a mode; each pilot but the last
  /// leaves one with the moments of the posterior as it has found it.
  private func learn(_ shouldStop: () -> Bool) throws(SamplerFailure) -> (WhitenedDensity, AnnealingPath)? {
    var start = task.start.given
    if plan.start == .fitted {
      start = try PathfinderStart.gaussian(evaluation, near: task.start.given, seed: run.seed)
      for number in 0..<Self.refits {
        var pilot = AnnealingPilot(number, WhitenedDensity(evaluation, from: try wide(start)), plan, random)
        guard try pilot.learn(shouldStop: shouldStop) != nil else { return nil }
        start = pilot.moments ?? start
      }
      start = try wide(start)
    }
    let density = WhitenedDensity(evaluation, from: start)
    var pilot = AnnealingPilot(Self.refits, density, plan, random)
    return try pilot.learn(shouldStop: shouldStop).map { (density, $0) }
  }

  private func wide(_ gaussian: GaussianStart) throws(SamplerFailure) -> GaussianStart {
    let wide = try? GaussianStart(
      mean: gaussian.mean, covariance: plan.spread * plan.spread * gaussian.covariance)
    if let wide { return wide }
    throw SamplerFailure(description: "the fitted Gaussian has no covariance; give another initial location")
  }

  /// The pilot's, in as many temperatures as are asked for.
  private func path(from learned: AnnealingPath) throws(SamplerFailure) -> AnnealingPath {
    guard run.settings.steps > 0 else {
      throw SamplerFailure(description: "no temperature is asked for; use steps of 1 at least")
    }
    if let temperatures = plan.temperatures { return learned.resampled(to: temperatures) }
    guard learned.rungs.count <= run.settings.steps else {
      throw SamplerFailure(
        description:
          "the way takes \(learned.rungs.count) temperatures, where steps are \(run.settings.steps); "
          + "use more steps, or a smaller conditional_ess")
    }
    return learned
  }

  private func record(
    _ means: ParticleMeans, _ step: Int, _ rung: AnnealingPath.Rung, _ source: any FitSource
  ) {
    var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
    steps[.logJoint] = [means.joint]
    if isLikelihoodKnown { steps[.reconstruction] = [means.likelihood] }
    steps[.beta] = [beta]
    source.record(steps, of: run.number)
    source.measure(
      MetricPoint("inverse_temperature", step: step, rung.inverseTemperature), of: run.number)
  }

  private func finish(
    _ systems: [ParticleSystem], _ density: WhitenedDensity, _ backward: BackwardEstimates?, steps: Int,
    _ source: any FitSource
  ) -> FitResult {
    let means = ParticleMeans(systems, density)
    let forward = EvidenceEstimate(logEstimates: systems.map(\.logEstimate))
    var moments = MomentPoints(task.model.reference, step: steps)
    var points: [MetricPoint] = []
    func add(_ metric: String, _ value: Double) { points.append(MetricPoint(metric, step: steps, value)) }
    for (index, name) in task.model.variableNames.prefix(MomentPoints.mostVariables).enumerated() {
      let own = means.moments(index)
      moments.add(name, mean: own.mean, sd: own.sd)
      add("posterior_mean_se[\(name)]", own.error)
    }
    let bracket = EvidenceBracket(forward, backward, systems: plan.systems)
    // At another β the normaliser is not that of the posterior.
    if beta == 1 { points += bracket.points(step: steps) }
    let transitions = Double(plan.systems * plan.particles * plan.moves * steps)
    add("acceptance", systems.reduce(0) { $0 + $1.acceptance } / transitions)
    add("gradient_evaluations", Double(evaluation.count))
    for point in moments.all + points { source.measure(point, of: run.number) }
    var result = FitResult(.finished, steps: steps)
    result.yardstick = Yardstick(
      logNormaliser: (forward.logMean, forward.standardError), offset: means.offset, joint: means.joint,
      likelihood: isLikelihoodKnown ? means.likelihood : nil, isPosterior: beta == 1)
    result.suspect = bracket.suspect(step: steps)
    return result
  }
}
