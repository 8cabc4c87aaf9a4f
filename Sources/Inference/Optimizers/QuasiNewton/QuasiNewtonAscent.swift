import NumericArrays

/// Ascent of a function, such as a log density, by limited-memory quasi-Newton steps (L-BFGS; Nocedal 1980; Liu & Nocedal 1989), each along a line to a point
/// that satisfies the weak Wolfe conditions, found by bisection (Lewis & Overton 2013, algorithm 2.6).
struct QuasiNewtonAscent {
  /// A step and the change of the downward slope along it.
  struct Pair {
    var step: [Double]
    var change: [Double]
  }

  private static let sufficientRise = 1e-4
  private static let flatterSlope = 0.9
  private static let mostTrials = 60

  private let function: any AscendedFunction
  private let history: Int
  private(set) var z: [Double]
  private(set) var gradient: [Double]
  private(set) var value: Double
  /// The latest pairs, oldest first.
  private(set) var pairs: [Pair] = []

  init(_ function: any AscendedFunction, from z: [Double], history: Int) {
    self.function = function
    self.history = history
    self.z = z
    gradient = [Double](repeating: 0, count: z.count)
    value = function.value(at: z, gradient: &gradient)
  }

  var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
  var gradientNorm: Double { Self.dot(gradient, gradient).squareRoot() }

  /// What a Newton step promises, half of it, in nats: gᵀ H g.
  var promise: Double { Self.dot(gradient, direction()) }

  /// One step; false where no higher point is found.
  mutating func advance() -> Bool {
    let direction = direction()
    let slope = Self.dot(gradient, direction)
    guard slope > 0, slope.isFinite else { return false }
    var (low, high) = (0.0, Double.infinity)
    var length = pairs.isEmpty ? min(1, 1 / gradientNorm) : 1
    for _ in 0..<Self.mostTrials {
      let next = zip(z, direction).map { $0 + length * $1 }
      var slopes = gradient
      let found = function.value(at: next, gradient: &slopes)
      if !(found >= value + Self.sufficientRise * length * slope) {
        high = length
      } else if Self.dot(slopes, direction) > Self.flatterSlope * slope {
        low = length
      } else {
        move(to: next, slopes, found)
        return true
      }
      length = high.isFinite ? 0.5 * (low + high) : 2 * low
    }
    return false
  }

  private mutating func move(to next: [Double], _ slopes: [Double], _ found: Double) {
    let pair = Pair(step: zip(next, z).map(-), change: zip(gradient, slopes).map(-))
    // The weak Wolfe conditions make it positive, but for rounding.
    if Self.dot(pair.step, pair.change) > 1e-12 * Self.dot(pair.change, pair.change) {
      if pairs.count == history { pairs.removeFirst() }
      pairs.append(pair)
    }
    (z, gradient, value) = (next, slopes, found)
  }

  /// H g with the inverse H of the downward curvature that the pairs say, by two loops over them (Nocedal 1980).
  private func direction() -> [Double] {
    var direction = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = Self.dot(pair.step, direction) / Self.dot(pair.step, pair.change)
      weights.append(weight)
      for index in direction.indices { direction[index] -= weight * pair.change[index] }
    }
    if let last = pairs.last {
      let scale = Self.dot(last.step, last.change) / Self.dot(last.change, last.change)
      for index in direction.indices { direction[index] *= scale }
    }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let own = Self.dot(pair.change, direction) / Self.dot(pair.step, pair.change)
      for index in direction.indices { direction[index] += (weight - own) * pair.step[index] }
    }
    return direction
  }

  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
  }
}
