/// The range of k independent standard normal values: Tukey's studentized range with infinitely many degrees of freedom.
package enum StudentizedRange {
  /// P(Q ≤ q) = k ∫ φ(z) [Φ(z) − Φ(z − q)]^(k−1) dz (Hartley 1942, doi:10.2307/2332134), by the trapezoidal rule, which
  /// converges exponentially for smooth integrands that vanish at both ends.
  package static func probability(below q: Double, groups k: Int) -> Double {
    guard q > 0 else { return 0 }
    let spacing = 1.0 / 32
    // φ(±9) is below 1e-17.
    let sum = stride(from: -9.0, through: 9.0, by: spacing).reduce(0.0) { sum, z in
      let within = Normal.probability(below: z) - Normal.probability(below: z - q)
      return sum + Normal.density(z) * power(within, k - 1)
    }
    return min(Double(k) * sum * spacing, 1)
  }

  /// The q with P(Q ≤ q) = `probability`, by bisection.
  package static func quantile(_ probability: Double, groups k: Int) -> Double {
    var low = 0.0
    var high = 1.0
    while Self.probability(below: high, groups: k) < probability { high *= 2 }
    // 40 halvings of at most 16 leave 1e-11.
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if Self.probability(below: middle, groups: k) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
