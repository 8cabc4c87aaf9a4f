import NumericArrays

/// A run of the trapezoidal rule: a step is a lattice, finer than the one before in the directions in which that was too coarse.
///
/// Its coordinates v are those of Pathfinder's Gaussian, stretched so that heavy tails end too: z = m + L sinh(v).
struct QuadratureRun {
  /// The error that is stated, in differences of two levels: where a tail is too narrow for both, they err as much as they differ.
  private static let safety = 3.0

  private let run: FitRun
  private let task: InferenceTask
  private let options: LatticeQuadrature
  private let evaluation: PosteriorDensity.Evaluation
  private let beta: Double

  init(_ run: FitRun, _ task: InferenceTask, _ options: LatticeQuadrature) {
    self.run = run
    self.task = task
    self.options = options
    beta = run.settings.beta.constant ?? 1
    evaluation = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta))
  }

  func execute(_ source: any FitSource) -> FitResult {
    let start: GaussianStart
    do throws(SamplerFailure) {
      // Not by the run's seed: there is one result.
      start = try PathfinderStart.gaussian(evaluation, near: task.start.given, seed: 0)
    } catch {
      return FitResult(.diverged("step 0: \(error)"), steps: 0)
    }
    let density = WhitenedDensity(evaluation, from: start)
    var slope = start.mean
    var spacings = start.mean.map { _ in Lattice.firstSpacing }
    var last: Lattice?
    var step = 0
    var isStopped = false
    while step < max(1, run.settings.steps) {
      let lattice = Lattice(spacings: spacings, mostPoints: options.mostPoints) {
        isStopped = source.request().ends(run.number)
        return isStopped
      } _: { v in
        density.logDensity(v.map(Self.sinh), slope: &slope) + v.reduce(0) { $0 + Self.logCosh($1) }
      }
      if isStopped { return FitResult(.interrupted, steps: step) }
      guard let lattice else { break }
      last = lattice
      step += 1
      record(lattice, step, source)
      guard !(error(of: lattice) <= options.tolerance) else { break }
      let allowed = options.tolerance / Self.safety / Double(spacings.count)
      let coarse = lattice.differences.map { !($0 <= allowed) }
      // Where no direction is too coarse by itself, all are together.
      spacings = zip(spacings, coarse).map { $1 || !coarse.contains(true) ? 0.5 * $0 : $0 }
    }
    guard let last else {
      return FitResult(
        .diverged(
          "step 0: the integrand counts at more than \(options.mostPoints) points, or at none; is the posterior proper?"
        ),
        steps: 0)
    }
    return finish(last, density, step, source)
  }

  private func record(_ lattice: Lattice, _ step: Int, _ source: any FitSource) {
    var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
    if beta == 1 { steps[.logEvidence] = [lattice.logIntegral] }
    steps[.beta] = [beta]
    source.record(steps, of: run.number)
    source.measure(MetricPoint("lattice_points", step: step, Double(lattice.points.count)), of: run.number)
  }

  private func finish(
    _ lattice: Lattice, _ density: WhitenedDensity, _ step: Int, _ source: any FitSource
  ) -> FitResult {
    let error = error(of: lattice)
    let names = task.model.variableNames.prefix(MomentPoints.mostVariables)
    var (joint, likelihood, target) = (0.0, 0.0, 0.0)
    var sums = names.map { _ in (first: 0.0, second: 0.0) }
    // Moments about a point near the mean, so that a variance loses no digits.
    let center = density.described(lattice.spacings.map { _ in 0 }).variables
    let whole = lattice.spacings.reduce(lattice.logIntegral) { $0 - SpecialFunctions.log($1) }
    for (index, value) in zip(lattice.points, lattice.logValues) {
      let share = SpecialFunctions.exp(value - whole)
      let v = index.coordinates(lattice.spacings)
      let described = density.described(v.map(Self.sinh))
      joint += share * described.joint
      likelihood += share * described.likelihood
      target += share * (value - v.reduce(0) { $0 + Self.logCosh($1) } - density.logVolume)
      for variable in sums.indices {
        let distance = described.variables[variable] - center[variable]
        sums[variable].first += share * distance
        sums[variable].second += share * distance * distance
      }
    }
    var moments = MomentPoints(task.model.reference, step: step)
    for (index, name) in names.enumerated() {
      let (first, second) = sums[index]
      moments.add(name, mean: center[index] + first, sd: max(0, second - first * first).squareRoot())
    }
    var points = [MetricPoint("gradient_evaluations", step: step, Double(evaluation.count))]
    // At another β the normaliser is not that of the posterior.
    if beta == 1 {
      points.append(MetricPoint("log_evidence_lower", step: step, lattice.logIntegral - error))
      points.append(MetricPoint("log_evidence_upper", step: step, lattice.logIntegral + error))
    }
    for point in moments.all + points { source.measure(point, of: run.number) }
    var result = FitResult(.finished, steps: step)
    result.yardstick = Yardstick(
      logNormaliser: (lattice.logIntegral, error), offset: (joint - target, 0), joint: joint,
      likelihood: task.model.opaqueReason == nil ? likelihood : nil, isPosterior: beta == 1)
    if !(error <= options.tolerance) {
      result.suspect =
        "step \(step): by two levels of refinement the error is \(error.shortest), above \(options.tolerance.shortest)"
    }
    return result
  }

  /// Rounding leaves no less than 1e-14.
  private func error(of lattice: Lattice) -> Double { max(1e-14, Self.safety * lattice.difference) }

  private static func sinh(_ v: Double) -> Double {
    0.5 * (SpecialFunctions.exp(v) - SpecialFunctions.exp(-v))
  }

  /// log cosh v, which overflows nowhere.
  private static func logCosh(_ v: Double) -> Double {
    abs(v) + SpecialFunctions.log(0.5 * (1 + SpecialFunctions.exp(-2 * abs(v))))
  }
}
