import NumericArrays

/// Which particles go on, in numbers that are their weights' on average.
package enum Resampling {
  /// (Σ w)² / Σ w² of log weights: what as many particles of equal weight would be.
  package static func effectiveSize(_ logWeights: [Double]) -> Double {
    let sum = Statistics.logSumExp(logWeights)
    guard sum > -.infinity else { return 0 }
    return SpecialFunctions.exp(2 * sum - Statistics.logSumExp(logWeights.map { 2 * $0 }))
  }

  /// By one uniform number for all (Carpenter, Clifford & Fearnhead 1999): the ancestor of each place.
  package static func systematic(_ logWeights: [Double], uniform: Double) -> [Int] {
    let count = logWeights.count
    return ancestors(logWeights, points: (0..<count).map { (Double($0) + uniform) / Double(count) })
  }

  /// Independently of each other, but for the first, which stays (Andrieu, Doucet & Holenstein 2010, §4.3).
  package static func conditional(_ logWeights: [Double], uniforms: [Double]) -> [Int] {
    let order = uniforms.indices.dropFirst().sorted { (uniforms[$0], $0) < (uniforms[$1], $1) }
    var result = [Int](repeating: 0, count: logWeights.count)
    for (place, ancestor) in zip(order, ancestors(logWeights, points: order.map { uniforms[$0] })) {
      result[place] = ancestor
    }
    return result
  }

  /// Where ascending points in [0, 1) fall among the weights.
  private static func ancestors(_ logWeights: [Double], points: [Double]) -> [Int] {
    let largest = logWeights.max() ?? 0
    let weights = logWeights.map { SpecialFunctions.exp($0 - largest) }
    let total = weights.reduce(0, +)
    // Rounding must not lead past the last particle that has a weight.
    let last = weights.lastIndex { $0 > 0 } ?? 0
    var (index, sum) = (0, weights[0])
    return points.map { point in
      while sum <= point * total, index < last {
        index += 1
        sum += weights[index]
      }
      return index
    }
  }
}
