import Foundation
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

  @Test("log Σ exp is that of the naive formula, far from zero too, and a column's bits are its own")
  func logSumExp() {
    for rows in [1, 2, 15, 16, 17, 40] {
      for draws in [1, 3, 8, 16, 21] {
        let array = noise(rows, draws)
        for offset in [0.0, 1000, -1000] {
          let moved = array.map { $0 + offset }
          let values: [Double] = filled(draws) {
            Double.kernelLogSumExpRows($0, moved, rows: rows, draws: draws)
          }
          let single: [Float] = filled(draws) {
            Float.kernelLogSumExpRows($0, moved.map(Float.init), rows: rows, draws: draws)
          }
          for d in 0..<draws {
            let column = (0..<rows).map { moved[$0 * draws + d] }
            let naive = offset + log(column.reduce(0) { $0 + exp($1 - offset) })
            // Adding and taking away 1000 loses 1000 ε = 2e-13; in single precision 1000 · 2⁻²⁴ = 6e-5.
            #expect(abs(values[d] - naive) < 1e-12)
            #expect(abs(Double(single[d]) - naive) < 2e-4)
            let alone: [Double] = filled(1) {
              Double.kernelLogSumExpRows($0, column, rows: rows, draws: 1)
            }
            #expect(alone[0].bitPattern == values[d].bitPattern)
          }
        }
      }
    }
  }

  @Test("log Σ exp of infinities: −∞ of nothing else, +∞ beside anything, NaN beside NaN")
  func logSumExpLimits() {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let inf = Scalar.infinity
      // One column each: all −∞; one finite; +∞; +∞ and −∞; NaN; NaN and +∞.
      let columns: [[Scalar]] = [
        [-inf, -inf, -inf], [-inf, 3, -inf], [1, inf, 2], [inf, -inf, 0], [0, .nan, -inf], [.nan, inf, 0],
      ]
      let wanted: [Scalar] = [-inf, 3, inf, inf, .nan, .nan]
      let array = (0..<3).flatMap { row in columns.map { $0[row] } }
      #expect(same(filled(6) { Scalar.kernelLogSumExpRows($0, array, rows: 3, draws: 6) }, wanted))
      #expect(filled(2) { Scalar.kernelLogSumExpRows($0, array, rows: 0, draws: 2) } == [-inf, -inf])
    }
    check(Double.self)
    check(Float.self)
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
