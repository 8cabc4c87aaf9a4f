import NumericArrays
import Testing

@Suite("Broadcasting arithmetic")
struct BroadcastingTests {
  typealias Kernel = (
    UnsafeMutablePointer<Double>, Int, Int, UnsafePointer<Double>, Strides, UnsafePointer<Double>, Strides
  ) -> Void

  private let operations: [(name: String, kernel: Kernel, scalar: (Double, Double) -> Double)] = [
    ("add", { Double.kernelAdd($0, rows: $1, draws: $2, $3, $4, $5, $6) }, { $0 + $1 }),
    ("subtract", { Double.kernelSubtract($0, rows: $1, draws: $2, $3, $4, $5, $6) }, { $0 - $1 }),
    ("multiply", { Double.kernelMultiply($0, rows: $1, draws: $2, $3, $4, $5, $6) }, { $0 * $1 }),
    ("divide", { Double.kernelDivide($0, rows: $1, draws: $2, $3, $4, $5, $6) }, { $0 / $1 }),
    (
      "maximum", { Double.kernelMaximum($0, rows: $1, draws: $2, $3, $4, $5, $6) },
      { $0.isNaN || $1.isNaN ? .nan : max($0, $1) }
    ),
    (
      "minimum", { Double.kernelMinimum($0, rows: $1, draws: $2, $3, $4, $5, $6) },
      { $0.isNaN || $1.isNaN ? .nan : min($0, $1) }
    ),
  ]

  private func layouts(_ draws: Int) -> [Strides] {
    [.contiguous(draws: draws), .scalar, .column, .acrossDraws]
  }

  @Test("all pairs of layouts agree with the naive loop, NaN included")
  func layoutsAgree() {
    var a = NoiseStream(seed: 1, purpose: .data).normals(dimension: 9, draws: 20, step: 0)
    var b = NoiseStream(seed: 2, purpose: .data).normals(dimension: 9, draws: 20, step: 0)
    a[3] = .nan
    b[5] = .nan
    for (rows, draws) in [(1, 1), (7, 1), (1, 9), (5, 8), (9, 20), (0, 3)] {
      for left in layouts(draws) {
        for right in layouts(draws) {
          for (name, kernel, scalar) in operations {
            let result: [Double] = filled(rows * draws) { kernel($0, rows, draws, a, left, b, right) }
            let naive = (0..<rows * draws).map { index in
              let (r, d) = (index / draws, index % draws)
              return scalar(a[r * left.row + d * left.draw], b[r * right.row + d * right.draw])
            }
            #expect(same(result, naive), "\(name) \(rows) x \(draws), \(left) and \(right)")
          }
        }
      }
    }
  }

  @Test("expand repeats its operand")
  func expand() {
    let input = [1.0, 2, 3, 4, 5, 6]
    #expect(filled(6) { Double.kernelExpand($0, rows: 2, draws: 3, input, .column) } == [1.0, 1, 1, 2, 2, 2])
    #expect(
      filled(6) { Double.kernelExpand($0, rows: 2, draws: 3, input, .acrossDraws) } == [1.0, 2, 3, 1, 2, 3])
    #expect(filled(6) { Double.kernelExpand($0, rows: 2, draws: 3, input, .scalar) } == [1.0, 1, 1, 1, 1, 1])
    #expect(filled(6) { Double.kernelExpand($0, rows: 2, draws: 3, input, .contiguous(draws: 3)) } == input)
  }

  @Test("rows are gathered by index and added back by index")
  func rowsByIndex() {
    let input = [1.0, 2, 3, 4, 5, 6]
    let index: [Int32] = [2, 0, 2]
    #expect(
      filled(6) { Double.kernelGatherRows($0, input, index, rows: 3, draws: 2) } == [5.0, 6, 1, 2, 5, 6])
    #expect(filled(3) { Double.kernelGatherRows($0, input, index, rows: 3, draws: 1) } == [3.0, 1, 3])
    var sums = [Double](repeating: 10, count: 6)
    Double.kernelScatterAddRows(&sums, input, index, rows: 3, draws: 2)
    #expect(sums == [13, 14, 10, 10, 16, 18])
  }
}
