import NumericArrays
import Testing

@Suite("Reductions and products")
struct ReductionTests {
  private func noise(_ rows: Int, _ draws: Int, seed: UInt64 = 1) -> [Double] {
    NoiseStream(seed: seed, purpose: .data).normals(dimension: rows, draws: draws, step: 0)
  }

  @Test("sums and scalar products agree with the naive loop to rounding")
  func sums() {
    for count in 0...70 {
      let a = noise(1, count) + [0]
      let b = noise(1, count, seed: 2) + [0]
      // 70 terms of size below 4, each rounded once or twice: 70 * 16 * 2^-52.
      #expect(abs(Double.kernelSum(a, count) - a.prefix(count).reduce(0, +)) < 3e-13)
      #expect(
        abs(Double.kernelDot(a, b, count) - zip(a, b).prefix(count).reduce(0) { $0 + $1.0 * $1.1 }) < 3e-13)
    }
  }

  @Test("sums over draws are the sums of the rows")
  func sumDraws() {
    for draws in [1, 2, 7, 8, 16, 33] {
      let array = noise(5, draws)
      let sums: [Double] = filled(5) { Double.kernelSumDraws($0, array, rows: 5, draws: draws) }
      #expect(same(sums, (0..<5).map { Statistics.sum(Array(array[$0 * draws..<($0 + 1) * draws])) }))
    }
  }

  @Test("the largest of a column, NaN where there is one, -inf of nothing")
  func maxRows() {
    for draws in [1, 3, 8, 20] {
      var array = noise(37, draws)
      let largest = (0..<draws).map { d in (0..<37).map { array[$0 * draws + d] }.max() ?? 0 }
      #expect(filled(draws) { Double.kernelMaxRows($0, array, rows: 37, draws: draws) } == largest)
      array[20 * draws] = .nan
      let spoilt: [Double] = filled(draws) { Double.kernelMaxRows($0, array, rows: 37, draws: draws) }
      #expect(spoilt[0].isNaN && spoilt.dropFirst() == largest.dropFirst())
      #expect(
        filled(draws) { Double.kernelMaxRows($0, array, rows: 0, draws: draws) }
          == [Double](repeating: -.infinity, count: draws))
    }
  }

  @Test("one NaN or infinity anywhere is seen")
  func allFinite() {
    for count in 0...40 {
      let clean = [Double](repeating: .greatestFiniteMagnitude, count: count + 1)
      #expect(Double.kernelAllFinite(clean, count))
      for position in 0..<count {
        for bad in [Double.nan, .infinity, -.infinity] {
          var array = clean
          array[position] = bad
          #expect(!Double.kernelAllFinite(array, count))
        }
      }
    }
  }

  @Test("products, small and BLAS, agree with the naive loop to rounding")
  func products() {
    // The last two are above the limit from which BLAS is called.
    for (m, k, n) in [
      (1, 1, 1), (3, 5, 1), (10, 10, 8), (9, 300, 19), (17, 4, 33), (2, 0, 3), (64, 65, 66), (50, 300, 8),
    ] {
      let (a, b) = (noise(m, k) + [0], noise(k, n, seed: 2) + [0])
      let at = (0..<k * m).map { a[($0 % m) * k + $0 / m] } + [0]
      let bt = (0..<n * k).map { b[($0 % k) * n + $0 / k] } + [0]
      let naive = (0..<m * n).map { e in (0..<k).reduce(0.0) { $0 + a[e / n * k + $1] * b[$1 * n + e % n] } }
      let results: [[Double]] = [
        filled(m * n) { Double.kernelProduct($0, a, b, m: m, k: k, n: n, transposeA: false) },
        filled(m * n) { Double.kernelProduct($0, at, b, m: m, k: k, n: n, transposeA: true) },
        filled(m * n) { Double.kernelProductTransposed($0, a, bt, m: m, k: k, n: n) },
      ]
      for result in results {
        // 300 terms below 16, sums below 100: a few hundred roundings of 1e-14 at worst.
        #expect(zip(result, naive).allSatisfy { abs($0 - $1) < 1e-12 }, "\(m) x \(k) x \(n)")
      }
      let single: [Float] = filled(m * n) {
        Float.kernelProduct($0, a.map(Float.init), b.map(Float.init), m: m, k: k, n: n, transposeA: false)
      }
      #expect(zip(single, naive).allSatisfy { abs(Double($0) - $1) < 1e-3 })
    }
  }
}
