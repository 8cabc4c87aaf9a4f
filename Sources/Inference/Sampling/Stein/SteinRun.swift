import NumericArrays

/// A run of Stein variational gradient descent: a step moves every particle by the optimizer's rule.
struct SteinRun {
  /// The kernel that the recorded discrepancy is by, whatever moves the particles: with it a discrepancy that goes to 0 means
  /// convergence (Gorham & Mackey 2017, theorem 8).
  private static let judge = SteinKernel(.multiquadric, bandwidth: 1)
  /// How far Stein's identity may be from holding.
  private static let largestResidual = 0.5
  /// Numbers of a program: 80 MB.
  private static let largest = 10_000_000

  private let run: FitRun
  private let task: InferenceTask
  private let options: SteinParticles
  private let beta: Double
  private let block: Int
  private let evaluation: PosteriorDensity.Evaluation
  /// Of single points.
  private let description: PosteriorDensity.Evaluation

  init(_ run: FitRun, _ task: InferenceTask, _ options: SteinParticles) {
    self.run = run
    self.task = task
    self.options = options
    beta = run.settings.beta.constant ?? 1
    let rows = max(1, task.model.rows?.rowCount ?? task.model.observationCount)
    // Equal blocks, so that their means have one weight.
    let count = options.particles
    block = (1...count).last { count % $0 == 0 && ($0 == 1 || $0 * rows <= Self.largest) } ?? 1
    evaluation = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta, points: block))
    description = PosteriorDensity.Evaluation(PosteriorDensity(task.model, beta: beta))
  }

  func execute(_ source: any FitSource) -> FitResult {
    guard let optimizer = run.settings.optimizer as? any GradientOptimizer else {
      preconditionFailure("particles move by gradients")
    }
    var particles = start()
    let (total, size) = (run.settings.steps, particles.elements.count)
    let update = StepUpdate<Double>(
      optimizer, run.settings, count: size, lanes: 1, passes: nil, betas: nil)
    var places = particles.elements
    places.withUnsafeMutableBufferPointer {
      update.open(0, control: optimizer.control, rate: optimizer.control.rate(at: 0, of: total), start: $0)
    }
    var step = 0
    while true {
      if source.request().ends(run.number) { return FitResult(.interrupted, steps: step) }
      let here = scores(particles)
      let kernel =
        options.bandwidth.map { SteinKernel(options.kernel, bandwidth: $0) }
        ?? SteinKernel(options.kernel, medianOf: particles)
      var direction = kernel.direction(particles, scores: here.scores).elements
      let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm.isFinite, here.joint.isFinite else {
        return FitResult(
          .diverged("step \(step): the log density of a particle or its gradient is not finite"), steps: step)
      }
      let isLast = step == total
      if isLast || step % run.settings.recordEvery == 0 {
        record(step, particles, here, norm: norm, source)
      }
      if isLast { return finish(particles, here, step, source) }
      if let limit = optimizer.control.clipNorm, norm > limit {
        for index in direction.indices { direction[index] *= limit / norm }
      }
      update.set(0, rate: optimizer.control.rate(at: step, of: total))
      places.withUnsafeMutableBufferPointer { places in
        guard let start = places.baseAddress else { return }
        var square = norm * norm
        if update.dependsOnPath { update.follow(start, squaredNorm: &square) }
        update.ascend(start, gradient: direction)
      }
      particles = Matrix(rows: particles.rows, columns: particles.columns, elements: places)
      step += 1
    }
  }

  /// Draws from the run's start.
  private func start() -> Matrix {
    let (dimension, count) = (task.model.dimension, options.particles)
    let noise = Matrix(
      rows: dimension, columns: count,
      elements: NoiseStream(seed: run.seed, purpose: .initial).normals(
        dimension: dimension, draws: count, step: 0))
    let start = task.start.given
    var particles = start.isDiagonal ? noise : start.factor * noise
    for row in 0..<dimension {
      let sd = start.isDiagonal ? start.variances[row].squareRoot() : 1
      for column in 0..<count {
        particles[row, column] = start.mean[row] + sd * particles[row, column]
      }
    }
    return particles
  }

  /// The gradients of the log density at all particles, and the means of log p(x, z) and log p(x|z) over them.
  private func scores(_ particles: Matrix) -> (scores: Matrix, joint: Double, likelihood: Double) {
    var scores = Matrix(rows: particles.rows, columns: particles.columns)
    var (joint, likelihood) = (0.0, 0.0)
    let share = Double(block) / Double(particles.columns)
    for first in stride(from: 0, to: particles.columns, by: block) {
      var part = Matrix(rows: particles.rows, columns: block)
      for row in 0..<part.rows {
        for column in 0..<block { part[row, column] = particles[row, first + column] }
      }
      let slopes = evaluation.gradients(at: part)
      let means = evaluation.means()
      joint += share * means.joint
      likelihood += share * means.likelihood
      for row in 0..<part.rows {
        for column in 0..<block { scores[row, first + column] = slopes[row, column] }
      }
    }
    return (scores, joint, likelihood)
  }

  private func record(
    _ step: Int, _ particles: Matrix, _ here: (scores: Matrix, joint: Double, likelihood: Double),
    norm: Double,
    _ source: any FitSource
  ) {
    var steps = RecordedSteps(firstStep: step, stride: 1, count: 1)
    steps[.logJoint] = [here.joint]
    if task.model.opaqueReason == nil { steps[.reconstruction] = [here.likelihood] }
    steps[.beta] = [beta]
    steps[.gradNorm] = [norm / Double(options.particles).squareRoot()]
    source.record(steps, of: run.number)
    let discrepancy = Self.judge.discrepancy(particles, scores: here.scores)
    source.measure(MetricPoint("ksd", step: step, discrepancy), of: run.number)
  }

  private func finish(
    _ particles: Matrix, _ here: (scores: Matrix, joint: Double, likelihood: Double), _ step: Int,
    _ source: any FitSource
  ) -> FitResult {
    let count = Double(options.particles)
    let variables = (0..<options.particles).map { description.described(particles.column($0)).variables }
    var moments = MomentPoints(task.model.reference, step: step)
    for (index, name) in task.model.variableNames.prefix(MomentPoints.mostVariables).enumerated() {
      let mean = variables.reduce(0) { $0 + $1[index] } / count
      let square = variables.reduce(0) { $0 + ($1[index] - mean) * ($1[index] - mean) }
      moments.add(name, mean: mean, sd: (square / count).squareRoot())
    }
    let residual = residual(particles, here.scores)
    let points = [
      MetricPoint("stein_residual", step: step, residual),
      MetricPoint("gradient_evaluations", step: step, Double(evaluation.count)),
    ]
    for point in moments.all + points { source.measure(point, of: run.number) }
    var result = FitResult(.finished, steps: step)
    // Particles have no density, so neither an entropy nor a KL.
    result.yardstick = Yardstick(
      logNormaliser: nil, offset: (0, 0), joint: here.joint,
      likelihood: task.model.opaqueReason == nil ? here.likelihood : nil, isPosterior: false)
    if options.particles > 1, !(residual <= Self.largestResidual) {
      result.suspect =
        "step \(step): by Stein's identity the particles are not the posterior: a residual is \(residual.shortest), above "
        + "\(Self.largestResidual); they have not converged, or are too few for \(particles.rows) latents"
    }
    return result
  }

  /// The largest over the latents of |E[s] sd| and |1 + E[(z − m) s]|, s being the derivative of the log density: both are 0 under it.
  private func residual(_ particles: Matrix, _ scores: Matrix) -> Double {
    let count = Double(particles.columns)
    let (center, score) = (SteinKernel.means(particles), SteinKernel.means(scores))
    return (0..<particles.rows).reduce(0) { largest, row in
      var (square, product) = (0.0, 0.0)
      for column in 0..<particles.columns {
        let offset = particles[row, column] - center[row]
        square += offset * offset
        product += offset * scores[row, column]
      }
      let sd = (square / count).squareRoot()
      return max(largest, max(abs(score[row]) * sd, abs(1 + product / count)))
    }
  }
}
