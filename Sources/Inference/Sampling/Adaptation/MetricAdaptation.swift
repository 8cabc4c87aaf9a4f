/// The diagonal of the inverse metric, learned in windows of doubling length as Stan does it (Stan Reference Manual, "HMC algorithm
/// parameters"): a first stretch for the step size alone, windows that each estimate the posterior's variances, and a last
/// stretch for the step size.
struct MetricAdaptation {
  private let first: Int
  private let last: Int
  private let total: Int
  private var windowEnd: Int
  private var windowLength: Int
  private var moments: RunningVariances

  /// - Parameter iterations: those of the warm-up.
  init(dimension: Int, iterations: Int) {
    total = iterations
    moments = RunningVariances(count: dimension)
    let (initial, base, final) =
      iterations >= 150
      ? (75, 25, 50)
      : (
        Int(0.15 * Double(iterations)),
        iterations - Int(0.15 * Double(iterations)) - Int(0.1 * Double(iterations)),
        Int(0.1 * Double(iterations))
      )
    first = initial
    last = iterations - final
    windowLength = base
    windowEnd = iterations < 20 ? Int.max : initial + base
    extendLastWindow()
  }

  /// Takes the draw of an iteration of the warm-up into account, counted from 0.
  ///
  /// - Returns: the inverse metric, where a window ends.
  mutating func learn(_ z: [Double], iteration: Int) -> [Double]? {
    guard windowEnd != Int.max, iteration >= first, iteration < last else { return nil }
    moments.add(z)
    guard iteration + 1 == windowEnd else { return nil }
    // Shrunk towards a small multiple of the identity, as five draws of it would.
    let n = Double(moments.count)
    let inverse = moments.variances.map { n / (n + 5) * $0 + 1e-3 * 5 / (n + 5) }
    moments = RunningVariances(count: z.count)
    windowLength *= 2
    windowEnd = min(windowEnd + windowLength, last)
    extendLastWindow()
    return inverse
  }

  /// A window after which there is no room for the next takes that room.
  private mutating func extendLastWindow() {
    if windowEnd < last, windowEnd + 2 * windowLength > last { windowEnd = last }
  }
}

/// Means and variances of a stream of vectors (Welford 1962).
struct RunningVariances {
  private(set) var count = 0
  private var means: [Double]
  private var squares: [Double]

  init(count: Int) {
    means = Array(repeating: 0, count: count)
    squares = means
  }

  mutating func add(_ x: [Double]) {
    count += 1
    for index in x.indices {
      let difference = x[index] - means[index]
      means[index] += difference / Double(count)
      squares[index] += difference * (x[index] - means[index])
    }
  }

  /// With n − 1 in the denominator; 1 of fewer than two.
  var variances: [Double] { squares.map { count > 1 ? $0 / Double(count - 1) : 1 } }
}
