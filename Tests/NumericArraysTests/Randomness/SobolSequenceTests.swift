import NumericArrays
import Testing

@Suite struct SobolSequenceTests {
  private static let dimension = SobolSequence.dimensionLimit

  @Test("there are numbers for at least 21 axes")
  func dimensions() { #expect(Self.dimension >= 21) }

  @Test(
    "every block of a power of two has one point in each interval of every axis", arguments: [nil, 0, 1, 77])
  func stratification(seed: UInt64?) {
    let sequence = SobolSequence(dimension: Self.dimension, seed: seed)
    let points = (0..<1024).map(sequence.point)
    for bits in 0...10 {
      let size = 1 << bits
      for start in stride(from: 0, to: 1024, by: size) {
        for axis in 0..<Self.dimension {
          let cells = Set(points[start..<start + size].map { Int($0[axis] * Double(size)) })
          #expect(cells == Set(0..<size), "axis \(axis), points \(start) to \(start + size - 1)")
        }
      }
    }
  }

  @Test(
    "in the first two axes every elementary interval of area 2^-m has one of 2^m points", arguments: [nil, 5])
  func net(seed: UInt64?) {
    // Sobol's first two axes are a (0, 2)-sequence in base 2.
    let sequence = SobolSequence(dimension: 2, seed: seed)
    for m in 0...9 {
      let points = (0..<1 << m).map(sequence.point)
      for a in 0...m {
        let cells = Set(
          points.map { Int($0[0] * Double(1 << a)) << (m - a) | Int($0[1] * Double(1 << (m - a))) })
        #expect(cells.count == 1 << m, "2^-\(a) by 2^-\(m - a)")
      }
    }
  }

  @Test("the points are those of scipy.stats.qmc.Sobol, which has the same direction numbers")
  func reference() {
    // scipy 1.17.1: Sobol(21, scramble=False).random(1024)[1000]; exact, as both are dyadic.
    let sequence = SobolSequence(dimension: 21, seed: nil)
    #expect(sequence.point(0) == Array(repeating: 0, count: 21))
    #expect(sequence.point(1) == Array(repeating: 0.5, count: 21))
    #expect(
      sequence.point(1000) == [
        0.2197265625, 0.0966796875, 0.5185546875, 0.6767578125, 0.2802734375, 0.9072265625,
        0.0458984375, 0.8994140625, 0.5009765625, 0.0693359375, 0.0849609375, 0.2548828125,
        0.1611328125, 0.3837890625, 0.1435546875, 0.3701171875, 0.7197265625, 0.3447265625,
        0.9912109375, 0.7255859375, 0.5224609375,
      ])
    #expect(
      Array(SobolSequence(dimension: 50, seed: nil).point(777)[44...]) == [
        0.3212890625, 0.1513671875, 0.3759765625, 0.0322265625, 0.7763671875, 0.9521484375,
      ])
  }

  @Test("a seed moves every point, and the same seed moves it to the same place")
  func seeds() {
    let one = SobolSequence(dimension: 3, seed: 1)
    #expect(one.point(9) == SobolSequence(dimension: 3, seed: 1).point(9))
    #expect(one.point(9) != SobolSequence(dimension: 3, seed: 2).point(9))
    #expect((0..<64).allSatisfy { one.point($0).allSatisfy { $0 > 0 && $0 < 1 } })
  }

  @Test("256 points have a lower discrepancy than random ones", arguments: [0, 1, 2, 3])
  func discrepancy(seed: UInt64) {
    let sequence = SobolSequence(dimension: 4, seed: seed)
    let noise = NoiseStream(seed: seed, purpose: .search)
    let sobol = centeredDiscrepancy((0..<256).map(sequence.point))
    let random = centeredDiscrepancy((0..<256).map { noise.uniforms(count: 4, step: UInt64($0)) })
    // A random set has E[CD2^2] = ((5/4)^d - (13/12)^d) / n = 0.0042 for d = 4; a net is an order below.
    #expect(sobol < random / 4)
  }

  /// The squared centered L2 discrepancy (Hickernell 1998, equation 5).
  private func centeredDiscrepancy(_ points: [[Double]]) -> Double {
    let n = Double(points.count)
    func product(_ x: [Double], _ factor: (Double) -> Double) -> Double { x.reduce(1) { $0 * factor($1) } }
    let single = points.reduce(0.0) { sum, x in
      sum + product(x) { 1 + 0.5 * abs($0 - 0.5) - 0.5 * abs($0 - 0.5) * abs($0 - 0.5) }
    }
    var pairs = 0.0
    for x in points {
      for y in points {
        var factor = 1.0
        for (a, b) in zip(x, y) { factor *= 1 + 0.5 * abs(a - 0.5) + 0.5 * abs(b - 0.5) - 0.5 * abs(a - b) }
        pairs += factor
      }
    }
    var constant = 1.0
    for _ in points[0] { constant *= 13.0 / 12 }
    return constant - 2 / n * single + pairs / (n * n)
  }
}
