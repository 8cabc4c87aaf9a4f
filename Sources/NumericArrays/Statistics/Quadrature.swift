/// Why an integral has no value.
public enum QuadratureError: Error, Hashable, CustomStringConvertible {
  case notFinite(at: Double)
  case notConverged(lower: Double, upper: Double)

  public var description: String {
    switch self {
    case .notFinite(let point): "the integrand is not finite at \(point)"
    case .notConverged(let lower, let upper):
      "the integral does not converge between \(lower) and \(upper); is the integrand smooth there?"
    }
  }
}

/// Integrals of smooth functions over finite intervals.
///
/// Gauss and Legendre's rule with 20 points on each panel; a panel that differs from the sum of its halves is halved.
/// Peaks must be at least about a hundredth of the interval wide to be seen by the first 16 panels.
public enum Quadrature {
  /// ∫ f from `lower` to `upper`, to `tolerance` relative to the integral of |f|.
  public static func integral(
    from lower: Double, to upper: Double, tolerance: Double = 1e-14, _ integrand: (Double) -> Double
  ) throws -> Double {
    precondition(lower.isFinite && upper.isFinite && lower <= upper, "the interval must be finite")
    let panels = firstPanels(lower, upper)
    var size = 0.0
    let coarse = try panels.map { panel in
      size += try rule(panel.0, panel.1) { abs(integrand($0)) }
      return try rule(panel.0, panel.1, integrand)
    }
    var total = 0.0
    for (panel, estimate) in zip(panels, coarse) {
      total += try refined(panel.0, panel.1, estimate, tolerance * size, depth: 40, integrand)
    }
    return total
  }

  /// log ∫ exp(g) from `lower` to `upper`; the largest g seen is taken out first, since exp overflows above 709.
  /// g may be -inf.
  public static func logIntegral(
    from lower: Double, to upper: Double, tolerance: Double = 1e-14, _ logIntegrand: (Double) -> Double
  ) throws -> Double {
    var largest = -Double.infinity
    for (start, end) in firstPanels(lower, upper) {
      for node in nodes {
        let point = (start + end) / 2 + (end - start) / 2 * node.position
        let value = logIntegrand(point)
        if value.isNaN || value == .infinity { throw QuadratureError.notFinite(at: point) }
        largest = max(largest, value)
      }
    }
    guard largest > -.infinity else { return -.infinity }
    let scaled = try integral(from: lower, to: upper, tolerance: tolerance) {
      SpecialFunctions.exp(logIntegrand($0) - largest)
    }
    return largest + SpecialFunctions.log(scaled)
  }

  private static func firstPanels(_ lower: Double, _ upper: Double) -> [(Double, Double)] {
    let count = 16
    let edges = (0...count).map { lower + (upper - lower) * (Double($0) / Double(count)) }
    return Array(zip(edges, edges.dropFirst()))
  }

  private static func refined(
    _ lower: Double, _ upper: Double, _ estimate: Double, _ allowed: Double, depth: Int,
    _ integrand: (Double) -> Double
  ) throws -> Double {
    let middle = (lower + upper) / 2
    let left = try rule(lower, middle, integrand)
    let right = try rule(middle, upper, integrand)
    if abs(left + right - estimate) <= allowed { return left + right }
    guard depth > 0 else { throw QuadratureError.notConverged(lower: lower, upper: upper) }
    return try refined(lower, middle, left, allowed, depth: depth - 1, integrand)
      + refined(middle, upper, right, allowed, depth: depth - 1, integrand)
  }

  private static func rule(
    _ lower: Double, _ upper: Double, _ integrand: (Double) -> Double
  ) throws -> Double {
    let middle = (lower + upper) / 2
    let half = (upper - lower) / 2
    var sum = 0.0
    for node in nodes {
      let value = integrand(middle + half * node.position)
      guard value.isFinite else { throw QuadratureError.notFinite(at: middle + half * node.position) }
      sum += node.weight * value
    }
    return half * sum
  }

  // The zeros of the Legendre polynomial P₂₀ by Newton's method, and 2 / ((1 - x²) P'(x)²) (Abramowitz and Stegun
  // 25.4.29).
  private static let nodes: [(position: Double, weight: Double)] = (1...20).map { index in
    let degree = 20
    var x = SpecialFunctions.cos(.pi * (Double(index) - 0.25) / (Double(degree) + 0.5))
    var slope = 0.0
    for _ in 0..<8 {
      var previous = 1.0
      var current = x
      for n in 2...degree {
        let next = (Double(2 * n - 1) * x * current - Double(n - 1) * previous) / Double(n)
        previous = current
        current = next
      }
      slope = Double(degree) * (x * current - previous) / (x * x - 1)
      x -= current / slope
    }
    return (x, 2 / ((1 - x * x) * slope * slope))
  }
}
