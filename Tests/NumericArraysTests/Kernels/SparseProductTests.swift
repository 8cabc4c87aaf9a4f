import NumericArrays
import Testing

@Suite("Products with matrices that are mostly zeros")
struct SparseProductTests {
  /// Numbers `[rows, columns]` of which about a fifth are not zero: ones, or normals.
  private func matrix<Scalar: KernelScalar>(_: Scalar.Type, _ rows: Int, _ columns: Int, ones: Bool)
    -> [Scalar]
  {
    let coins = NoiseStream(seed: 1, purpose: .data).uniforms(count: rows * columns, step: 0)
    let values = NoiseStream(seed: 2, purpose: .data).normals(dimension: rows, draws: columns, step: 0)
    return zip(coins, values).map { $0 < 0.8 ? 0 : ones ? 1 : Scalar($1) }
  }

  /// `a[m, rows]` times the matrix, and `g[m, columns]` times its transpose.
  private func products<Scalar: KernelScalar>(
    _ matrix: [Scalar], _ rows: Int, _ columns: Int, a: [Scalar], g: [Scalar], m: Int, asOnes: Bool? = nil
  ) -> (product: [Scalar], transposed: [Scalar], areOnes: Bool) {
    var areOnes = false
    var counts = [Int32](repeating: 0, count: rows)
    var places = [Int32](repeating: 0, count: rows * columns)
    var values = [Scalar](repeating: 0, count: rows * columns)
    areOnes = Scalar.kernelNonzerosByRow(&counts, &places, &values, matrix, rows: rows, columns: columns)
    var columnCounts = [Int32](repeating: 0, count: columns)
    var columnPlaces = places
    var columnValues = values
    Scalar.kernelNonzerosByColumn(
      &columnCounts, &columnPlaces, &columnValues, rowCount: counts, rowPlace: places, rowValue: values,
      rows: rows, columns: columns)
    var scratch = [Scalar](repeating: .nan, count: 16 * max(rows, columns))
    let withoutValues = asOnes ?? areOnes
    let product: [Scalar] = filled(m * columns) { out in
      columnValues.withUnsafeBufferPointer { values in
        Scalar.kernelSparseProduct(
          out, a, count: columnCounts, place: columnPlaces, value: withoutValues ? nil : values.baseAddress,
          m: m, k: rows, n: columns, scratch: &scratch)
      }
    }
    let transposed: [Scalar] = filled(m * rows) { out in
      values.withUnsafeBufferPointer { values in
        Scalar.kernelSparseProduct(
          out, g, count: counts, place: places, value: withoutValues ? nil : values.baseAddress, m: m,
          k: columns, n: rows, scratch: &scratch)
      }
    }
    return (product, transposed, areOnes)
  }

  private func check<Scalar: KernelScalar>(_: Scalar.Type, ones: Bool) {
    // Whole blocks of sixteen, less, and more.
    for (m, rows, columns) in [(16, 32, 48), (1, 1, 1), (3, 17, 5), (33, 50, 19), (20, 7, 16)] {
      let matrix = matrix(Scalar.self, rows, columns, ones: ones)
      let stream = NoiseStream(seed: 3, purpose: .data)
      let a = stream.normals(dimension: m, draws: rows, step: 0).map { Scalar($0) }
      let g = stream.normals(dimension: m, draws: columns, step: 1).map { Scalar($0) }
      let found = products(matrix, rows, columns, a: a, g: g, m: m)
      #expect(found.areOnes == matrix.allSatisfy { $0 == 0 || $0 == 1 })
      // At most 50 terms below 10 in size, each sum rounded as often: 50 · 50 · 10 ulp at the most.
      let tolerance = 25_000 * Double(Scalar.ulpOfOne)
      for i in 0..<m {
        for c in 0..<columns {
          let exact = (0..<rows).reduce(0.0) {
            $0 + Double(a[i * rows + $1]) * Double(matrix[$1 * columns + c])
          }
          #expect(abs(Double(found.product[i * columns + c]) - exact) < tolerance)
        }
        for r in 0..<rows {
          let exact = (0..<columns).reduce(0.0) {
            $0 + Double(g[i * columns + $1]) * Double(matrix[r * columns + $1])
          }
          #expect(abs(Double(found.transposed[i * rows + r]) - exact) < tolerance)
        }
      }
      // A row alone, as the first of its block, has the bits that it has among others.
      for i in 0..<m {
        let alone = products(
          matrix, rows, columns, a: Array(a[i * rows..<(i + 1) * rows]),
          g: Array(g[i * columns..<(i + 1) * columns]), m: 1)
        #expect(same(alone.product, Array(found.product[i * columns..<(i + 1) * columns])))
        #expect(same(alone.transposed, Array(found.transposed[i * rows..<(i + 1) * rows])))
      }
      guard ones else { continue }
      let multiplied = products(matrix, rows, columns, a: a, g: g, m: m, asOnes: false)
      #expect(same(multiplied.product, found.product) && same(multiplied.transposed, found.transposed))
    }
  }

  @Test("they are the dense products, with the same bits for a row alone and for ones multiplied or not")
  func dense() {
    check(Double.self, ones: true)
    check(Double.self, ones: false)
    check(Float.self, ones: true)
    check(Float.self, ones: false)
  }

  @Test("a NaN is no zero: it reaches what it should")
  func nan() {
    var matrix = [Double](repeating: 0, count: 20 * 20)
    matrix[3 * 20 + 18] = .nan
    let ones = [Double](repeating: 1, count: 2 * 20)
    let (product, transposed, areOnes) = products(matrix, 20, 20, a: ones, g: ones, m: 2)
    #expect(!areOnes)
    for (index, value) in product.enumerated() { #expect(value.isNaN == (index % 20 == 18)) }
    for (index, value) in transposed.enumerated() { #expect(value.isNaN == (index % 20 == 3)) }
  }

  @Test("a transposition moves every element", arguments: [(1, 1), (16, 16), (5, 33), (40, 17), (16, 3)])
  func transposition(rows: Int, columns: Int) {
    let (inputStride, outStride) = (columns + 2, rows + 1)
    let input = (0..<rows * inputStride).map { Float($0) }
    let out: [Float] = filled(columns * outStride) {
      Float.kernelTranspose(
        $0, outStride: outStride, input, inputStride: inputStride, rows: rows, columns: columns)
    }
    for c in 0..<columns {
      for r in 0..<rows { #expect(out[c * outStride + r] == input[r * inputStride + c]) }
      // What lies between the rows is left alone.
      #expect(out[c * outStride + rows] == -77)
    }
  }

  @Test("softplus and sigmoid together have the bits of each alone, at every length")
  func softplusSigmoid() {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let normals = NoiseStream(seed: 4, purpose: .data).normals(dimension: 1, draws: 60, step: 0)
      let points: [Scalar] =
        [0, -0.0, .infinity, -.infinity, .nan, 100, -100, 1e-30] + normals.map { Scalar(8 * $0) }
      let softplus = apply(Scalar.kernelSoftplus, points)
      let sigmoid = apply(Scalar.kernelSigmoid, points)
      for count in 0...points.count {
        var slopes = [Scalar](repeating: 0, count: count + 1)
        let values: [Scalar] = filled(count) {
          Scalar.kernelSoftplusSigmoid($0, &slopes, points, count)
        }
        #expect(same(values, Array(softplus.prefix(count))))
        #expect(same(Array(slopes.prefix(count)), Array(sigmoid.prefix(count))))
      }
    }
    check(Double.self)
    check(Float.self)
  }
}
