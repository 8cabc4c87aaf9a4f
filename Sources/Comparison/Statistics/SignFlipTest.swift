/// The two-sided test of paired differences by flipping their signs (Fisher 1935, "The design of experiments", §21).
///
/// Where group and baseline do not differ, a pair's difference is as likely as its negative. p is the share of all
/// assignments of signs whose sum is as far from 0 as the one seen. It assumes symmetry and nothing else.
public enum SignFlipTest {
  /// Up to so many pairs every assignment counts; of more, ``draws`` seeded ones.
  public static let mostEnumerated = 20
  public static let draws = 100_000

  /// p; nil of no pair, or where the differences are not finite.
  ///
  /// Enumerated in halves: the sums of each half's 2^(n/2) assignments are sorted, and pairs of them counted in one
  /// pass. Sampled, p is (b + 1) / (m + 1), which is valid and never 0 (Phipson & Smyth 2010,
  /// doi:10.2202/1544-6115.1585). Complexity: O(n 2^(n/2)) up to 20 pairs, 12,500 n above.
  public static func p(_ differences: [Double]) -> Double? {
    guard !differences.isEmpty else { return nil }
    let size = differences.reduce(0) { $0 + abs($1) }
    guard size.isFinite else { return nil }
    // Sums that are equal in exact arithmetic differ by the rounding of n additions.
    let seen = abs(differences.reduce(0, +)) - 1e-12 * size
    guard seen > 0 else { return 1 }
    return differences.count <= mostEnumerated ? enumerated(differences, seen) : sampled(differences, seen)
  }

  /// The least p that so many pairs can have.
  public static func smallestP(pairs: Int) -> Double {
    guard pairs > 0 else { return 1 }
    if pairs > mostEnumerated { return 1 / Double(draws + 1) }
    return 2 / Double(1 << pairs)
  }

  private static func enumerated(_ differences: [Double], _ seen: Double) -> Double {
    let half = differences.count / 2
    let left = sums(differences[..<half]).sorted()
    let right = sums(differences[half...]).sorted()
    // As `left` ascends, ever more of `right` reach the sum seen.
    var reaching = 0
    var first = right.count
    for sum in left {
      while first > 0, sum + right[first - 1] >= seen { first -= 1 }
      reaching += right.count - first
    }
    // As many reach it on the other side.
    return 2 * Double(reaching) / Double(left.count * right.count)
  }

  /// The sums of all assignments of signs.
  private static func sums(_ values: ArraySlice<Double>) -> [Double] {
    values.reduce([0]) { sums, value in sums.map { $0 - value } + sums.map { $0 + value } }
  }

  /// Eight pairs at a time: a random byte picks one of the 256 sums of their signs.
  private static func sampled(_ differences: [Double], _ seen: Double) -> Double {
    let tables = stride(from: 0, to: differences.count, by: 8).map { start in
      let values = differences[start..<min(start + 8, differences.count)]
      // Fewer than eight: the bits without a value change nothing.
      return sums(values + [Double](repeating: 0, count: 8 - values.count))
    }.flatMap { $0 }
    var generator = SplitMix(seed: 1935)
    var reaching = 0
    for _ in 0..<draws {
      var sum = 0.0
      var bits: UInt64 = 0
      for (place, start) in stride(from: 0, to: tables.count, by: 256).enumerated() {
        if place % 8 == 0 { bits = generator.next() }
        sum += tables[start + Int(bits & 0xFF)]
        bits >>= 8
      }
      if abs(sum) >= seen { reaching += 1 }
    }
    return Double(reaching + 1) / Double(draws + 1)
  }
}
