public import NumericArrays

/// What an update takes besides the gradient: a learning rate for each lane, and the optimizer's decays to the power of the
/// update's number.
public struct UpdateFactors<Scalar: KernelScalar> {
  /// The number of runs that are moved at once.
  public let lanes: Int
  /// `[lanes]`.
  public let rates: UnsafePointer<Scalar>
  /// `[decays, lanes]`.
  public let powers: UnsafePointer<Double>

  package init(lanes: Int, rates: UnsafePointer<Scalar>, powers: UnsafePointer<Double>) {
    self.lanes = lanes
    self.rates = rates
    self.powers = powers
  }

  /// Every element of some rows of `[count, lanes]` by its place, with the learning rate of its lane.
  @inline(__always)
  func forEach(_ part: Range<Int>, _ body: (Int, Scalar) -> Void) {
    for start in stride(from: part.lowerBound * lanes, to: part.upperBound * lanes, by: lanes) {
      for lane in 0..<lanes { body(start + lane, rates[lane]) }
    }
  }
}

/// The optimizer's state of all lanes.
struct StepUpdate<Scalar: KernelScalar>: ~Copyable {
  /// nil where a family's location and scale are moved instead.
  private let elementwise: (any ElementwiseOptimizer)?
  private let locationScale: LocationScaleUpdate<Scalar>?
  /// nil where the parameters are few.
  private let passes: ParameterPasses<Scalar>?
  private let decays: [Double]
  private let momentCount: Int
  private let count: Int
  private let lanes: Int
  private let moments: UnsafeMutableBufferPointer<Scalar>
  private let rates: UnsafeMutablePointer<Scalar>
  private let powers: UnsafeMutableBufferPointer<Double>
  /// nil where the learning rates are given.
  private let path: PathRates<Scalar>?

  /// - Parameter betas: of the lanes' steps.
  init(
    _ optimizer: any GradientOptimizer, _ settings: RunSettings, count: Int, lanes: Int,
    passes: ParameterPasses<Scalar>?, betas: UnsafeMutableBufferPointer<Scalar>?
  ) {
    self.passes = passes
    self.count = count
    self.lanes = lanes
    decays = optimizer.decays
    momentCount = count * type(of: optimizer).momentCount
    moments = .allocate(capacity: max(1, momentCount * lanes))
    moments.initialize(repeating: 0)
    rates = .allocate(capacity: lanes)
    rates.initialize(repeating: 0, count: lanes)
    powers = .allocate(capacity: max(1, decays.count * lanes))
    powers.initialize(repeating: 0)
    switch optimizer.rule {
    case .elementwise(let rule):
      elementwise = rule
      path = nil
      locationScale = nil
    case .path(let rule):
      elementwise = rule
      path = PathRates(rule, count: count, lanes: lanes, rates: rates, passes: passes)
      locationScale = nil
    case .locationScale(let rule):
      elementwise = nil
      path = nil
      locationScale = LocationScaleUpdate(rule, settings, lanes: lanes, betas: betas)
    }
  }

  deinit {
    moments.deallocate()
    rates.deallocate()
    powers.deallocate()
  }

  /// Forgets what a lane's last run left, and sets the first learning rate.
  func open(
    _ lane: Int, control: StepControl, rate: Double, start parameters: UnsafeMutableBufferPointer<Scalar>?
  ) {
    set(lane, rate: rate)
    if let path, let start = parameters?.baseAddress { path.open(lane, start, clipNorm: control.clipNorm) }
    for index in stride(from: lane, to: moments.count, by: lanes) { moments[index] = 0 }
    for index in decays.indices { powers[index * lanes + lane] = 1 }
  }

  /// Adds a lane's moments and powers to a state.
  func save(_ lane: Int, into state: inout FitState) {
    state.numbers[FitLane.Key.moments] = (0..<momentCount).map { Double(moments[$0 * lanes + lane]) }
    state.numbers[FitLane.Key.powers] = decays.indices.map { powers[$0 * lanes + lane] }
    path?.save(lane, into: &state)
  }

  /// Takes a lane's moments and powers from a state.
  func restore(_ lane: Int, from state: FitState) {
    for (index, value) in (state.numbers[FitLane.Key.moments] ?? []).enumerated() {
      moments[index * lanes + lane] = Scalar(value)
    }
    for (index, value) in (state.numbers[FitLane.Key.powers] ?? []).enumerated() {
      powers[index * lanes + lane] = value
    }
    path?.restore(lane, from: state)
  }

  /// Sets the learning rate of a lane's next update, where it does not follow from the path.
  func set(_ lane: Int, rate: Double) {
    if path == nil { rates[lane] = Scalar(rate) }
  }

  /// Whether the learning rates follow from where the runs have been.
  var dependsOnPath: Bool { path != nil }

  /// Sets the learning rates of all lanes by where they have got to and the squared norms `[lanes]` of their gradients there.
  func follow(_ parameters: UnsafeMutablePointer<Scalar>, squaredNorm: UnsafePointer<Scalar>) {
    path?.follow(parameters, squaredNorm: squaredNorm)
  }

  /// What the iterate that a lane is at counts for in an average.
  func weight(ofIterateIn lane: Int) -> Double { path?.weight(lane) ?? 1 }

  /// Moves the parameters of all lanes uphill.
  func ascend(_ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>) {
    guard let moments = moments.baseAddress, let powers = powers.baseAddress else { return }
    for (index, decay) in decays.enumerated() {
      let own = powers + index * lanes
      for lane in 0..<lanes { own[lane] *= decay }
    }
    let factors = UpdateFactors(lanes: lanes, rates: UnsafePointer(rates), powers: UnsafePointer(powers))
    guard let elementwise else {
      locationScale?.ascend(parameters, gradient: gradient, rates: UnsafePointer(rates))
      return
    }
    if let passes {
      passes.ascend(elementwise, parameters, gradient: gradient, moments: moments, factors: factors)
    } else {
      elementwise.ascend(
        parameters, gradient: gradient, moments: moments, count: count, part: 0..<count, factors: factors)
    }
  }
}
