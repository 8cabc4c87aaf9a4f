import NumericArrays
import Testing

@Suite("Products with rows picked from a table")
struct PickedRowsTests {
  private func check<Scalar: KernelScalar>(_: Scalar.Type, width: Int, count: Int) {
    let rowCount = 50
    let normals = NoiseStream(seed: 3, purpose: .data)
    let values = normals.normals(dimension: rowCount * width, draws: 1, step: 0)
    let x = normals.normals(dimension: max(width, count), draws: 1, step: 1).map { Scalar($0) }
    var index = [Int32](repeating: 0, count: count)
    normals.fillIndices(&index, count: count, bound: rowCount, step: 2)
    let rows = index.map { row in
      (0..<width).map { Scalar(values[Int(row) * width + $0]) }
    }
    let table = RowTable<Scalar>(values, width: width, isPadded: true)
    index.withUnsafeBufferPointer { index in
      guard let index = index.baseAddress else { return }
      var picked = table.picked(index)
      table.prepare(index, count: count)
      let products: [Scalar] = filled(count) {
        Scalar.kernelPickedTimes($0, &picked, x, count: count, width: width)
      }
      #expect(same(products, rows.map { Scalar.kernelDot($0, x, width) }), "\(count) × \(width)")
      let sums: [Scalar] = filled(width) {
        Scalar.kernelPickedTransposedTimes($0, &picked, x, count: count, width: width)
      }
      let expected = (0..<width).map { column in
        zip(rows, x).reduce(Scalar(0)) { $0 + $1.0[column] * $1.1 }
      }
      #expect(same(sums, expected), "the transpose of \(count) × \(width)")
    }
  }

  @Test("every product has the bits of a scalar product, every transposed one those of a sum in order")
  func bits() {
    for width in [1, 15, 16, 17, 40, 55, 64, 65, 130, 512] {
      for count in [1, 2, 15, 16, 17, 33, 256] {
        check(Double.self, width: width, count: count)
        check(Float.self, width: width, count: count)
      }
    }
  }
}
