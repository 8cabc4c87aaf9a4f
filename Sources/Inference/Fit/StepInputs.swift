import NumericArrays
import ReverseTape

/// The slots of a step's program: φ, which updates move where it lies, and what is new at each step.
struct StepInputs<Scalar: KernelScalar>: ~Copyable {
  /// `[parameters, lanes]`.
  let parameters: UnsafeMutableBufferPointer<Scalar>?
  /// `[lanes]`.
  let beta: UnsafeMutableBufferPointer<Scalar>?
  /// `[lanes]`; nil unless the objective has a number that changes from step to step.
  private let control: UnsafeMutableBufferPointer<Scalar>?
  private let carried: CarriedSlots<Scalar>
  private let noise: UnsafeMutableBufferPointer<Scalar>?
  private let noiseCount: Int
  /// nil where the draws are independent.
  private let sobol: SobolNormals?
  private let draws: Int
  private let lanes: Int
  private let seeds: UnsafeMutablePointer<UInt64>
  private let steps: UnsafeMutablePointer<UInt64>
  private let minibatchSize: Int?
  private let minibatch: MinibatchSlots<Scalar>?
  private var data: DatumSlot<Scalar>?

  init(_ evaluator: Evaluator<Scalar>, _ program: StepProgram, _ settings: RunSettings) {
    lanes = evaluator.program.lanes
    draws = evaluator.program.draws
    parameters = evaluator.slot(BoundTape.parametersSlot)
    beta = evaluator.slot(BoundTape.betaSlot)
    control = evaluator.slot(BoundTape.controlSlot)
    carried = CarriedSlots(evaluator, program)
    noise = evaluator.slot(BoundTape.noiseSlot)
    noiseCount = program.noiseCount
    sobol = program.sobol
    minibatchSize = settings.minibatch
    seeds = .allocate(capacity: lanes)
    seeds.initialize(repeating: 0, count: lanes)
    steps = .allocate(capacity: lanes)
    steps.initialize(repeating: 0, count: lanes)
    if let size = settings.minibatch, let tables = program.minibatchTables as? MinibatchTables<Scalar> {
      minibatch = MinibatchSlots(tables, size: size, evaluator: evaluator)
    } else {
      minibatch = nil
    }
  }

  deinit {
    seeds.deallocate()
    steps.deallocate()
  }

  /// Puts a run into a lane: its start, its noise, its β and what its former steps have left. A run with data of its own is alone.
  mutating func open(
    _ lane: Int, _ run: FitRun, start: [Double], _ evaluator: Evaluator<Scalar>, team: Team
  ) {
    seeds[lane] = run.seed
    let step = run.state?.step ?? 0
    steps[lane] = UInt64(step)
    beta?[lane] = Scalar(run.settings.beta.value(at: step))
    carried.open(lane, run.state)
    if let parameters {
      for (index, value) in start.enumerated() { parameters[index * lanes + lane] = Scalar(value) }
    }
    if case .learning(let task) = run.settings.task {
      data = DatumSlot(
        evaluator, data: task.data.training, size: minibatchSize, samples: run.settings.drawsPerStep,
        seed: run.seed, team: team)
    }
  }

  /// Writes the noise and the data of the steps that the lanes are at.
  mutating func fill() {
    if let start = noise?.baseAddress {
      if let sobol {
        for lane in 0..<lanes {
          sobol.fill(start + lane, stride: lanes, seed: seeds[lane], step: steps[lane])
        }
      } else if lanes == 1 {
        Scalar.kernelNormals(
          start, dimension: noiseCount, draws: draws, firstDraw: 0, seed: seeds[0],
          purpose: NoisePurpose.fit.rawValue, step: steps[0])
      } else {
        Scalar.kernelLaneNormals(
          start, dimension: noiseCount, draws: draws, lanes: lanes, seeds: seeds,
          purpose: NoisePurpose.fit.rawValue, steps: steps)
      }
    }
    minibatch?.fill(NoiseStream(seed: seeds[0], purpose: .minibatch), step: Int(steps[0]))
    data?.fill(step: Int(steps[0]))
  }

  /// The number of updates that a lane's run has made.
  func step(of lane: Int) -> Int { Int(steps[lane]) }

  /// What a lane's former steps have left, by the names of the slots.
  func carried(of lane: Int) -> [String: [Double]] { carried.values(of: lane) }

  /// Takes all lanes to their next step, of which this one was computed.
  func advance() {
    carried.advance()
    for lane in 0..<lanes { steps[lane] &+= 1 }
  }

  /// Sets the objective's own number of a lane's step.
  func set(_ lane: Int, control value: Double?) {
    if let value { control?[lane] = Scalar(value) }
  }

  /// Sets a scheduled β to that of the lane's step.
  func set(_ lane: Int, beta schedule: Beta) {
    if case .scheduled(let schedule) = schedule { beta?[lane] = Scalar(schedule.beta(at: step(of: lane))) }
  }
}
