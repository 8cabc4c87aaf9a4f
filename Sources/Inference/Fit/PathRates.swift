import NumericArrays

/// The learning rates of an optimizer that has them from the path, for every lane.
final class PathRates<Scalar: KernelScalar> {
  private let optimizer: any PathOptimizer
  private let count: Int
  private let lanes: Int
  /// `[lanes]`, where the rates go.
  private let rates: UnsafeMutablePointer<Scalar>
  /// nil where the parameters are few.
  private let passes: ParameterPasses<Scalar>?
  /// `[count, lanes]`.
  private let starts: UnsafeMutablePointer<Scalar>
  /// `[lanes]`.
  private let squaredDistances: UnsafeMutablePointer<Double>
  private let paths: UnsafeMutablePointer<Path>
  /// The squares of the largest norms.
  private let limits: UnsafeMutablePointer<Double>

  init(
    _ optimizer: any PathOptimizer, count: Int, lanes: Int, rates: UnsafeMutablePointer<Scalar>,
    passes: ParameterPasses<Scalar>?
  ) {
    self.optimizer = optimizer
    self.count = count
    self.lanes = lanes
    self.rates = rates
    self.passes = passes
    starts = .allocate(capacity: max(1, count * lanes))
    starts.initialize(repeating: 0, count: max(1, count * lanes))
    squaredDistances = .allocate(capacity: lanes)
    squaredDistances.initialize(repeating: 0, count: lanes)
    paths = .allocate(capacity: lanes)
    paths.initialize(repeating: Path(distance: 0), count: lanes)
    limits = .allocate(capacity: lanes)
    limits.initialize(repeating: .infinity, count: lanes)
  }

  deinit {
    starts.deallocate()
    squaredDistances.deallocate()
    paths.deallocate()
    limits.deallocate()
  }

  /// Begins the path of a lane's run where its parameters are.
  func open(_ lane: Int, _ parameters: UnsafeMutablePointer<Scalar>, clipNorm: Double?) {
    var square = 0.0
    for index in stride(from: lane, to: count * lanes, by: lanes) {
      starts[index] = parameters[index]
      square += Double(parameters[index]) * Double(parameters[index])
    }
    paths[lane] = Path(distance: optimizer.initialMovement * (1 + square.squareRoot()))
    limits[lane] = clipNorm.map { $0 * $0 } ?? .infinity
  }

  /// Sets the rates by where the runs have got to and the squared norms `[lanes]` of their gradients there.
  func follow(_ parameters: UnsafeMutablePointer<Scalar>, squaredNorm: UnsafePointer<Scalar>) {
    if let passes {
      squaredDistances[0] = passes.squaredDistance(parameters, from: starts)
    } else {
      measure(parameters)
    }
    for lane in 0..<lanes {
      let distance = squaredDistances[lane].squareRoot()
      if distance > paths[lane].distance { paths[lane].distance = distance }
      let norm = min(Double(squaredNorm[lane]), limits[lane])
      rates[lane] = Scalar(optimizer.rate(&paths[lane], squaredNorm: norm))
    }
  }

  /// The distances of all lanes, each summed in the order of the parameters.
  private func measure(_ parameters: UnsafeMutablePointer<Scalar>) {
    for lane in 0..<lanes { squaredDistances[lane] = 0 }
    for start in stride(from: 0, to: count * lanes, by: lanes) {
      for lane in 0..<lanes {
        let offset = Double(parameters[start + lane]) - Double(starts[start + lane])
        squaredDistances[lane] += offset * offset
      }
    }
  }

  /// What the iterate that a lane is at counts for in an average.
  func weight(_ lane: Int) -> Double { optimizer.weight(atDistance: paths[lane].distance) }

  // MARK: States

  private enum Key {
    static var start: String { "start" }
    static var path: String { "path" }
  }

  /// Whether a state has all that ``restore(_:from:)`` takes, where the rule has a path.
  static func takes(_ state: FitState, _ rule: UpdateRule, count: Int) -> Bool {
    guard case .path = rule else { return true }
    return state.numbers[Key.start]?.count == count && state.numbers[Key.path]?.count == 2
  }

  func save(_ lane: Int, into state: inout FitState) {
    state.numbers[Key.start] = (0..<count).map { Double(starts[$0 * lanes + lane]) }
    state.numbers[Key.path] = [paths[lane].distance, paths[lane].sum]
  }

  func restore(_ lane: Int, from state: FitState) {
    for (index, value) in (state.numbers[Key.start] ?? []).enumerated() {
      starts[index * lanes + lane] = Scalar(value)
    }
    if let path = state.numbers[Key.path], path.count == 2 {
      paths[lane] = Path(distance: path[0], sum: path[1])
    }
  }
}
