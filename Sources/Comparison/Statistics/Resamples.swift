/// Draws with replacement of as many values as there are, always the same ones for a number of values.
///
/// Draws of the same values are one resample with a weight: of five values there are 126, whatever the number of draws.
package struct Resamples: Sendable {
  package static let drawCount = 10_000
  /// More values have hardly two draws that are the same. Counts of up to 15 fit in four bits.
  private static let mostMerged = 15
  /// Resamples lie side by side in groups of so many.
  package static let lanes = 4

  /// The number of values.
  let count: Int
  /// How often each value is in a resample: by group of resamples, value, and resample in the group. The last group is filled
  /// with resamples of weight 0, which hold the first value alone.
  package private(set) var counts: [SIMD4<Double>] = []
  /// How often each resample was drawn.
  package private(set) var weights: [Int] = []

  package init(of count: Int) {
    self.count = count
    var generator = SplitMix(seed: 1987)
    var places: [UInt64: Int] = [:]
    var tallies: [[UInt8]] = []
    tallies.reserveCapacity(Self.drawCount)
    for _ in 0..<Self.drawCount {
      var tally = [UInt8](repeating: 0, count: count)
      for _ in 0..<count { tally[generator.index(below: count)] += 1 }
      if count <= Self.mostMerged {
        let packed = tally.reduce(0) { $0 << 4 | UInt64($1) }
        if let place = places[packed] {
          weights[place] += 1
          continue
        }
        places[packed] = weights.count
      }
      weights.append(1)
      tallies.append(tally)
    }
    let padding = (Self.lanes - tallies.count % Self.lanes) % Self.lanes
    let alone = [UInt8(count)] + [UInt8](repeating: 0, count: count - 1)
    tallies += Array(repeating: alone, count: padding)
    weights += Array(repeating: 0, count: padding)
    counts.reserveCapacity(tallies.count / Self.lanes * count)
    for group in stride(from: 0, to: tallies.count, by: Self.lanes) {
      for index in 0..<count {
        counts.append(
          SIMD4((0..<Self.lanes).map { Double(tallies[group + $0][index]) }))
      }
    }
  }

  /// The greatest number of values: counts are bytes while they are tallied.
  static let mostValues = 250
}
