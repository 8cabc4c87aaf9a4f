/// Draws with replacement of as many values as there are, always the same ones for a number of values.
///
/// Draws of the same values are one resample with a weight: of five values there are 126, whatever the number of draws.
struct Resamples: Sendable {
  static let drawCount = 10_000
  /// More values have hardly two draws that are the same. Counts of up to 15 fit in four bits.
  private static let mostMerged = 15

  /// The number of values.
  let count: Int
  /// `count` indices for each resample.
  private(set) var indices: [Int] = []
  /// How often each resample was drawn.
  private(set) var weights: [Int] = []

  init(of count: Int) {
    self.count = count
    var generator = SplitMix(seed: 1987)
    if count > Self.mostMerged {
      indices = (0..<Self.drawCount * count).map { _ in generator.index(below: count) }
      weights = Array(repeating: 1, count: Self.drawCount)
      return
    }
    var places: [UInt64: Int] = [:]
    for _ in 0..<Self.drawCount {
      var tally: UInt64 = 0
      for _ in 0..<count { tally += 1 << UInt64(4 * generator.index(below: count)) }
      if let place = places[tally] {
        weights[place] += 1
      } else {
        places[tally] = weights.count
        weights.append(1)
        for index in 0..<count {
          indices += repeatElement(index, count: Int(tally >> UInt64(4 * index) & 15))
        }
      }
    }
  }
}

/// Values with weights, as if each stood there so many times.
struct WeightedSample {
  private var items: [(value: Double, weight: Int)] = []
  private(set) var count = 0

  mutating func append(_ value: Double, weight: Int) {
    items.append((value, weight))
    count += weight
  }

  /// The quantiles at some probabilities, as ``quantile(_:_:)`` gives them; nil of nothing.
  func quantiles(_ probabilities: [Double]) -> [Double]? {
    guard count > 0 else { return nil }
    let sorted = items.sorted { $0.value < $1.value }
    func value(at position: Int) -> Double {
      var passed = 0
      for item in sorted {
        passed += item.weight
        if passed > position { return item.value }
      }
      return sorted[sorted.count - 1].value
    }
    return probabilities.map { probability in
      let position = probability * Double(count - 1)
      let below = Int(position)
      let low = value(at: below)
      let high = value(at: min(below + 1, count - 1))
      return low + (position - Double(below)) * (high - low)
    }
  }
}
