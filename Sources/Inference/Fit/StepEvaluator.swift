import NumericArrays
import ReverseTape

/// Replays a step's program: fills its slots for a step and reads its outputs.
final class StepEvaluator<Scalar: KernelScalar> {
  private let evaluator: Evaluator<Scalar>
  private let passes: ParameterPasses<Scalar>
  private let beta: Beta
  private let draws: Int
  private let noise: NoiseStream
  private let rows: NoiseStream
  private let parameterSlot: UnsafeMutableBufferPointer<Scalar>?
  private let noiseSlot: UnsafeMutableBufferPointer<Scalar>?
  private let betaSlot: UnsafeMutableBufferPointer<Scalar>?
  private let noiseCount: Int
  private var minibatch: MinibatchSlots<Scalar>?
  private var data: DatumSlot<Scalar>?
  /// Room for a gradient cut to its longest norm.
  private let clipped: UnsafeMutableBufferPointer<Scalar>
  /// φ where the program reads it, so that who moves it there need not copy it.
  let parameters: UnsafeMutableBufferPointer<Scalar>

  init(_ program: Program, settings: RunSettings, seed: UInt64, parameterCount: Int, team: Team) {
    evaluator = Evaluator(program, team: team)
    passes = ParameterPasses(count: parameterCount, team: team)
    beta = settings.beta
    draws = program.draws
    noise = NoiseStream(seed: seed, purpose: .fit)
    rows = NoiseStream(seed: seed, purpose: .minibatch)
    parameterSlot = evaluator.slot(BoundTape.parametersSlot)
    parameters = parameterSlot ?? .allocate(capacity: max(1, parameterCount))
    if parameterSlot == nil { parameters.initialize(repeating: 0) }
    noiseSlot = evaluator.slot(BoundTape.noiseSlot)
    betaSlot = evaluator.slot(BoundTape.betaSlot)
    noiseCount = (noiseSlot?.count ?? 0) / program.draws
    clipped = .allocate(capacity: max(1, parameterSlot?.count ?? 0))
    clipped.initialize(repeating: 0)
    // A constant β is written once.
    betaSlot?[0] = Scalar(settings.beta.value(at: 0))
    switch settings.task {
    case .inference(let task):
      if let size = settings.minibatch, let data = task.model.rows {
        minibatch = MinibatchSlots(data, size: size, evaluator: evaluator)
      }
    case .learning(let task):
      data = DatumSlot(
        evaluator, data: task.data.training, size: settings.minibatch, samples: settings.samples, seed: seed,
        team: team)
    }
  }

  deinit {
    clipped.deallocate()
    if parameterSlot == nil { parameters.deallocate() }
  }

  /// Evaluates the program at φ with the noise, the rows and the β of a step.
  func run(step: Int, parameters: UnsafeMutableBufferPointer<Scalar>) {
    if let parameterSlot, let to = parameterSlot.baseAddress, let from = parameters.baseAddress, to != from {
      to.update(from: from, count: parameterSlot.count)
    }
    if let start = noiseSlot?.baseAddress {
      noise.fillNormals(start, dimension: noiseCount, draws: draws, step: UInt64(step))
    }
    if case .scheduled(let schedule) = beta { betaSlot?[0] = Scalar(schedule.beta(at: step)) }
    minibatch?.fill(rows, step: step)
    data?.fill(step: step)
    evaluator.run()
  }

  var objective: Scalar { evaluator.output(0)[0] }

  /// The gradient, valid until the next run; nil where there are no parameters.
  var gradient: UnsafePointer<Scalar>? { parameterSlot == nil ? nil : evaluator.output(1).baseAddress }

  func value(_ output: Int) -> Double { Double(evaluator.output(output)[0]) }

  /// The Euclidean norm of the gradient; 0 where there are no parameters.
  var gradNorm: Double {
    guard let gradient else { return 0 }
    return passes.squaredNorm(gradient).squareRoot()
  }

  /// The gradient's norm, nil where it or the objective is NaN or infinite.
  var finiteGradNorm: Double? {
    let norm = gradNorm
    return objective.isFinite && norm.isFinite ? norm : nil
  }

  /// The gradient times a factor, valid until the next call; nil where there are no parameters.
  func gradient(times factor: Double) -> UnsafePointer<Scalar>? {
    guard let gradient, let start = clipped.baseAddress else { return nil }
    let factor = Scalar(factor)
    for index in 0..<clipped.count { start[index] = gradient[index] * factor }
    return UnsafePointer(start)
  }

  /// Moves parameters uphill by one update of an optimizer.
  func ascend(
    _ optimizer: any GradientOptimizer, _ parameters: UnsafeMutablePointer<Scalar>,
    gradient: UnsafePointer<Scalar>, moments: UnsafeMutablePointer<Scalar>, rate: Scalar, update: Int
  ) {
    passes.ascend(
      optimizer, parameters, gradient: gradient, moments: moments, rate: rate, update: update)
  }
}
