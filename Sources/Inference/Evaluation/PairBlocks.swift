import NumericArrays

/// Antithetic pairs of draws, `[any, 2 pairs]` with the pairs' second members after all the first, cut into ten blocks.
struct PairBlocks {
  static let count = 10

  let pairs: Int

  private var size: Int { pairs / Self.count }

  /// The draws of a block.
  func columns(of block: Int) -> [Int] {
    Array(block * size..<(block + 1) * size) + Array(pairs + block * size..<pairs + (block + 1) * size)
  }

  /// For each block the mean of each row over its draws.
  func means(of values: Matrix) -> [[Double]] { means(of: values, values) { value, _ in value } }

  /// For each block the mean of each row's product with the same row of another matrix.
  func means(of values: Matrix, times others: Matrix) -> [[Double]] { means(of: values, others, *) }

  @inline(__always)
  private func means(
    of values: Matrix, _ others: Matrix, _ term: (Double, Double) -> Double
  ) -> [[Double]] {
    var means = [[Double]](repeating: [Double](repeating: 0, count: values.rows), count: Self.count)
    values.elements.withUnsafeBufferPointer { values in
      others.elements.withUnsafeBufferPointer { others in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.count) { sums in
          for row in means[0].indices {
            sums.initialize(repeating: 0)
            // The sums of the blocks do not wait for each other.
            for half in 0..<2 {
              let first = (2 * row + half) * pairs
              for index in first..<first + size {
                for block in 0..<Self.count {
                  sums[block] += term(values[index + block * size], others[index + block * size])
                }
              }
            }
            for block in 0..<Self.count { means[block][row] = sums[block] / Double(2 * size) }
          }
        }
      }
    }
    return means
  }
}
