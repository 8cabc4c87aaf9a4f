import NumericArrays
import Testing

@Suite("Products with packed unit lower triangles")
struct TriangleProductTests {
  /// The element (row, column) of I + T, for the packed strict triangle T.
  private func element<Scalar: KernelScalar>(_ packed: [Scalar], _ row: Int, _ column: Int) -> Double {
    if row == column { return 1 }
    return row < column ? 0 : Double(packed[row * (row - 1) / 2 + column])
  }

  private func normals<Scalar: KernelScalar>(_: Scalar.Type, _ count: Int, _ step: UInt64) -> [Scalar] {
    NoiseStream(seed: 7, purpose: .data).normals(dimension: count, draws: 1, step: step).map { Scalar($0) }
  }

  /// Compares with plain loops in double precision. A sum of k products of which each is below |a| |b| is off by at most
  /// k ulp of the sum of the |a| |b| (Higham 2002, eq. 3.5); the double's own error doubles that.
  private func expect<Scalar: KernelScalar>(
    _ found: [Scalar], _ terms: (Int) -> [Double], _ what: Comment
  ) {
    for (index, value) in found.enumerated() {
      let terms = terms(index)
      let bound = terms.reduce(0) { $0 + abs($1) } * Double(terms.count) * Double(Scalar.ulpOfOne) * 2
      if !(abs(Double(value) - terms.reduce(0, +)) <= bound) {
        Issue.record("\(what), element \(index)")
        return
      }
    }
  }

  private func check<Scalar: KernelScalar>(_: Scalar.Type, size: Int, n: Int) {
    let count = size * (size - 1) / 2
    let (t, s) = (normals(Scalar.self, count, 0), normals(Scalar.self, count, 1))
    let (x, g) = (normals(Scalar.self, size * n, 2), normals(Scalar.self, size * n, 3))
    let packed = (0..<size).flatMap { row in (0..<row).map { (row, $0) } }
    for transposed in [false, true] {
      let product: [Scalar] = filled(size * n) {
        Scalar.kernelTriangleProduct($0, t, x, size: size, n: n, transposed: transposed)
      }
      expect(
        product,
        { index in
          let (row, column) = (index / n, index % n)
          return (transposed ? row..<size : 0..<row + 1).map {
            (transposed ? element(t, $0, row) : element(t, row, $0)) * Double(x[$0 * n + column])
          }
        }, "product of \(size) rows and \(n) columns, transposed: \(transposed)")
      // A column has the bits that it has alone.
      for column in [0, n / 2, n - 1] {
        let alone: [Scalar] = filled(size) {
          Scalar.kernelTriangleProduct(
            $0, t, (0..<size).map { x[$0 * n + column] }, size: size, n: 1, transposed: transposed)
        }
        #expect(same(alone, (0..<size).map { product[$0 * n + column] }), "size \(size), column \(column)")
      }
    }
    let outer: [Scalar] = filled(count) { Scalar.kernelStrictOuterProduct($0, g, x, size: size, n: n) }
    expect(
      outer,
      { index in
        let (row, column) = packed[index]
        return (0..<n).map { Double(g[row * n + $0]) * Double(x[column * n + $0]) }
      }, "outer product of \(size) rows and \(n) columns")
    guard n == 1 else { return }
    let composed: [Scalar] = filled(count) { Scalar.kernelTriangleComposition($0, s, t, size: size) }
    expect(
      composed,
      { index in
        let (row, column) = packed[index]
        return (column...row).map { element(s, row, $0) * element(t, $0, column) }
      }, "composition of \(size) rows")
  }

  @Test("they are the dense products, from 2 to 130 rows, with the same bits for a column alone")
  func sizes() {
    for size in 2...130 {
      for n in [1, 10] + (size.isMultiple(of: 8) ? [2, 3, 5, 16, 19, 40] : []) {
        check(Double.self, size: size, n: n)
        check(Float.self, size: size, n: n)
      }
    }
  }

  @Test("sums of more than a panel of products")
  func manyColumns() {
    for size in [2, 17, 40] {
      check(Double.self, size: size, n: 300)
      check(Float.self, size: size, n: 300)
    }
  }

  @Test("what stands above the diagonal or past the end has no say, and nothing is written there")
  func bounds() {
    for size in 2...40 {
      let count = size * (size - 1) / 2
      // The last row is infinite: only the last element of (I + T) x may see it, and what lies behind is NaN.
      let triangle =
        [Float](repeating: 1, count: count - (size - 1))
        + [Float](repeating: .infinity, count: size - 1) + [.nan, .nan]
      let x = [Float](repeating: 1, count: size) + [.nan]
      let product: [Float] = filled(size + 1) {
        Float.kernelTriangleProduct($0, triangle, x, size: size, n: 1, transposed: false)
      }
      #expect(product == (1..<size).map { Float($0) } + [.infinity, -77])
      let composed: [Float] = filled(count + 1) {
        Float.kernelTriangleComposition($0, triangle, triangle, size: size)
      }
      #expect(composed.prefix(count - (size - 1)).allSatisfy(\.isFinite) && composed[count] == -77)
      let outer: [Float] = filled(count + 1) {
        Float.kernelStrictOuterProduct($0, x, x, size: size, n: 1)
      }
      #expect(outer == [Float](repeating: 1, count: count) + [-77])
    }
  }
}
