/// Values with weights, as if each stood there so many times.
struct WeightedSample {
  private var values: [Double] = []
  private var weights: [Int] = []
  /// The sum of the weights.
  private(set) var count = 0

  /// Makes it empty, and keeps its room.
  mutating func removeAll() {
    values.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    count = 0
  }

  mutating func append(_ value: Double, weight: Int) {
    values.append(value)
    weights.append(weight)
    count += weight
  }

  /// The values at some positions of the sorted sample, counted from 0; nil of nothing.
  ///
  /// Only the values near a position are sorted: they are spread over bins first.
  ///
  /// - Precondition: the values are finite, and the positions below ``count``.
  func orderStatistics(_ positions: [Int]) -> [Double]? {
    guard count > 0, let low = values.min(), let high = values.max() else { return nil }
    guard high > low else { return positions.map { _ in low } }
    let scale = Double(Self.bins - 1) / (high - low)
    func bin(_ value: Double) -> Int { Int((value - low) * scale) }
    var heights = [Int](repeating: 0, count: Self.bins)
    for index in values.indices { heights[bin(values[index])] += weights[index] }
    var members: [Int: [Int]] = [:]
    let places = positions.map { position in
      var passed = 0
      var own = 0
      while passed + heights[own] <= position {
        passed += heights[own]
        own += 1
      }
      members[own] = []
      return (position: position, bin: own, passed: passed)
    }
    var isWanted = [Bool](repeating: false, count: Self.bins)
    for own in members.keys { isWanted[own] = true }
    for index in values.indices {
      let own = bin(values[index])
      if isWanted[own] { members[own, default: []].append(index) }
    }
    let sorted = members.mapValues { own in own.sorted { values[$0] < values[$1] } }
    return places.map { position, own, passed in
      var passed = passed
      for member in sorted[own, default: []] {
        passed += weights[member]
        if passed > position { return values[member] }
      }
      return high
    }
  }

  private static let bins = 1024
}
