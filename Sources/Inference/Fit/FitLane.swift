import NumericArrays

/// What one of the runs in a replay has for itself, besides its share of the arrays and the number of its step.
final class FitLane {
  let run: FitRun
  let control: StepControl
  var check: IdentityCheck
  /// The objective's own number that changes from step to step; nil where there is none.
  private let objectiveControl: ObjectiveControl?
  /// Where that is a multiplier.
  private var multiplier: Multiplier?
  /// The first iterate that is averaged; nil where averaging is off.
  private let firstAveraged: Int?
  /// The running mean of the iterates, in Double.
  private var average: [Double] = []
  /// The sum of the weights in it.
  private var averaged = 0.0

  init(_ run: FitRun, control: StepControl, total: Int, check: IdentityCheck) {
    self.run = run
    self.control = control
    self.check = check
    firstAveraged = control.firstAveraged(of: total)
    objectiveControl = (run.settings.objective as? any RateObjective)?.control
    if case .multiplier(let rule) = objectiveControl { multiplier = Multiplier(rule) }
  }

  /// What a state calls the parts of a lane.
  enum Key {
    static let parameters = "parameters"
    static let moments = "moments"
    static let powers = "powers"
    static let average = "average"
    static let averaged = "averaged"
    static let pilotRate = "pilot_learning_rate"
  }

  /// Adds what it keeps beside the arrays to a state.
  func save(into state: inout FitState) {
    state.numbers[Key.average] = average
    state.numbers[Key.averaged] = [averaged]
    if run.settings.pilot != nil { state.numbers[Key.pilotRate] = [control.learningRate] }
    multiplier?.save(into: &state)
    check.save(into: &state, prefix: "")
  }

  /// Takes what it keeps beside the arrays from a state.
  func restore(from state: FitState) {
    average = state.numbers[Key.average] ?? []
    averaged = state.number(Key.averaged) ?? 0
    multiplier?.restore(from: state)
    check.restore(from: state, prefix: "")
  }

  var beta: Beta { run.settings.beta }

  /// Whether something is to be done at steps between the recorded ones.
  var hasChores: Bool {
    firstAveraged != nil || !control.isConstant || control.clipNorm != nil || beta.constant == nil
      || objectiveControl != nil
  }

  /// The objective's own number at a step; nil where there is none.
  func objectiveNumber(at step: Int) -> Double? {
    switch objectiveControl {
    case .scheduled(let schedule, _): schedule.value(at: step)
    case .multiplier: multiplier?.value
    case nil: nil
    }
  }

  /// Takes the constraint of a step, whose multiplier it moves once the parameters have moved.
  func observe(constraint: Double) { multiplier?.observe(constraint) }

  /// Moves the objective's own number to the next step.
  func advanceObjective() { multiplier?.advance() }

  /// What is recorded of the objective's own number at a step.
  func objectivePoints(at step: Int) -> [MetricPoint] {
    switch objectiveControl {
    case .scheduled(let schedule, let metric): [MetricPoint(metric, step: step, schedule.value(at: step))]
    case .multiplier:
      [
        MetricPoint("multiplier", step: step, multiplier?.value ?? .nan),
        MetricPoint("constraint", step: step, multiplier?.average ?? .nan),
      ]
    case nil: []
    }
  }

  func isAveraging(at step: Int) -> Bool { firstAveraged.map { step >= $0 } ?? false }

  /// Takes the iterate `parameters[index · stride]` into the average, by its weight > 0.
  func addToAverage<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, count: Int, stride: Int, weight: Double
  ) {
    if average.isEmpty { average = [Double](repeating: 0, count: count) }
    averaged += weight
    let share = averaged / weight
    average.withUnsafeMutableBufferPointer { average in
      for index in average.indices {
        average[index] += (Double(parameters[index * stride]) - average[index]) / share
      }
    }
  }

  /// φ, averaged where averaging is on.
  func parameters<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, count: Int, stride: Int
  ) -> [Double] {
    averaged > 0 ? average : (0..<count).map { Double(parameters[$0 * stride]) }
  }
}
