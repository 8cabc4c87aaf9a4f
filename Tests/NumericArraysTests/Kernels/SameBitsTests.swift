import NumericArrays
import Testing

@Suite("An element's bits do not depend on its place")
struct SameBitsTests {
  private func points<Scalar: KernelScalar>(_: Scalar.Type) -> [Scalar] {
    let random = NoiseStream(seed: 5, purpose: .data).normals(dimension: 1, draws: 61, step: 0)
    return [0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude, -1, 2e6]
      + random.map { Scalar($0 * $0 * $0 * 8) }
  }

  private func check<Scalar: KernelScalar>(_: Scalar.Type) {
    let points = points(Scalar.self)
    for (name, kernel) in unaryKernels(Scalar.self) {
      let single = points.flatMap { apply(kernel, [$0]) }
      for length in 0...points.count {
        #expect(
          same(apply(kernel, Array(points.prefix(length))), Array(single.prefix(length))), "\(name) \(length)"
        )
        #expect(
          same(apply(kernel, Array(points.suffix(length))), Array(single.suffix(length))), "\(name) \(length)"
        )
      }
      var inPlace = points
      inPlace.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { kernel(base, base, buffer.count) }
      }
      #expect(same(inPlace, single), "\(name) in place")
    }
  }

  @Test("double precision: lengths 0 to 70, both ends, in place") func double() { check(Double.self) }
  @Test("single precision: lengths 0 to 70, both ends, in place") func single() { check(Float.self) }

  @Test("an update of Adam has the same bits alone and in company, and NaN stays where it is")
  func adam() {
    func update<Scalar: KernelScalar>(_ gradient: [Scalar]) -> [[Scalar]] {
      let count = gradient.count
      var x = [Scalar](repeating: 0.5, count: count)
      var first = [Scalar](repeating: 0.25, count: count)
      var second = [Scalar](repeating: 2, count: count)
      for _ in 0..<2 {
        Scalar.kernelAdam(
          &x, gradient: gradient, first: &first, second: &second, rows: count, lanes: 1, rates: [0.01],
          powers1: [0.9], powers2: [0.999], beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      }
      return [x, first, second]
    }
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      var gradient = NoiseStream(seed: 6, purpose: .data).normals(dimension: 1, draws: 37, step: 0).map {
        Scalar($0)
      }
      gradient[20] = .nan
      for range in [0..<37, 0..<1, 3..<20, 1..<34, 20..<21] {
        for (company, alone) in zip(
          update(Array(gradient[range])),
          [0, 1, 2].map { part in range.map { update([gradient[$0]])[part][0] } })
        {
          #expect(same(company, alone), "\(range)")
          for (index, value) in zip(range, company) { #expect(value.isNaN == (index == 20)) }
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test("an update of Adam has the same bits in each lane as by itself")
  func adamLanes() {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let (rows, lanes) = (7, 16)
      let stream = NoiseStream(seed: 8, purpose: .data)
      let values = (0..<3).map { step in
        stream.normals(dimension: rows * lanes, draws: 1, step: UInt64(step)).map { Scalar($0) }
      }
      let rates = (0..<lanes).map { Scalar(0.01 * Double($0 + 1)) }
      let powers1 = (0..<lanes).map { 0.9 / Double($0 + 1) }
      let powers2 = (0..<lanes).map { 0.999 / Double($0 + 1) }
      var x = values[0]
      var first = values[1]
      var second = values[1].map { $0 * $0 }
      Scalar.kernelAdam(
        &x, gradient: values[2], first: &first, second: &second, rows: rows, lanes: lanes, rates: rates,
        powers1: powers1, powers2: powers2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
      for lane in 0..<lanes {
        func own(_ values: [Scalar]) -> [Scalar] { (0..<rows).map { values[$0 * lanes + lane] } }
        var (y, f, s) = (own(values[0]), own(values[1]), own(values[1]).map { $0 * $0 })
        Scalar.kernelAdam(
          &y, gradient: own(values[2]), first: &f, second: &s, rows: rows, lanes: 1, rates: [rates[lane]],
          powers1: [powers1[lane]], powers2: [powers2[lane]], beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        #expect(same(own(x), y) && same(own(first), f) && same(own(second), s))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(
    "normals of several lanes are those of each seed and step by itself", arguments: [1, 2, 5],
    [8, 16, 24, 64])
  func laneNormals(draws: Int, lanes: Int) {
    func check<Scalar: KernelScalar>(_: Scalar.Type) {
      let dimension = 5
      let seeds = (0..<lanes).map { UInt64(3 * $0 + 1) }
      let steps = (0..<lanes).map { UInt64(1) << UInt64(3 * ($0 % 21)) }
      var together = [Scalar](repeating: 0, count: dimension * draws * lanes)
      Scalar.kernelLaneNormals(
        &together, dimension: dimension, draws: draws, lanes: lanes, seeds: seeds,
        purpose: NoisePurpose.fit.rawValue, steps: steps)
      for lane in 0..<lanes {
        var alone = [Scalar](repeating: 0, count: dimension * draws)
        NoiseStream(seed: seeds[lane], purpose: .fit).fillNormals(
          &alone, dimension: dimension, draws: draws, step: steps[lane])
        #expect(same(alone, alone.indices.map { together[$0 * lanes + lane] }))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test("a column of a small product has the same bits alone and in company")
  func productColumns() {
    func check<Scalar: KernelScalar>(_: Scalar.Type, m: Int, k: Int, isTransposed: Bool) {
      func normals(_ count: Int, seed: UInt64) -> [Scalar] {
        NoiseStream(seed: seed, purpose: .data).normals(dimension: count, draws: 1, step: 0).map {
          Scalar($0)
        }
      }
      func product(_ a: [Scalar], _ b: [Scalar], n: Int) -> [Scalar] {
        filled(m * n) { Scalar.kernelProduct($0, a, b, m: m, k: k, n: n, transposeA: isTransposed) }
      }
      let a = normals(m * k, seed: 1)
      for n in [1, 2, 3, 7, 8, 15, 16, 33] {
        let b = normals(k * n, seed: 2)
        let company = product(a, b, n: n)
        for j in 0..<n {
          let alone = product(a, (0..<k).map { b[$0 * n + j] }, n: 1)
          // The sum in order, one product after another.
          let inOrder = (0..<m).map { i in
            (0..<k).reduce(Scalar.zero) { $0 + a[isTransposed ? $1 * m + i : i * k + $1] * b[$1 * n + j] }
          }
          #expect(same(alone, (0..<m).map { company[$0 * n + j] }), "column \(j) of \(n), \(m) x \(k)")
          #expect(same(alone, inOrder), "\(m) x \(k), transposed: \(isTransposed)")
        }
      }
    }
    // Rows and sums below, at and above whole vectors, and columns of more than four vectors.
    for (m, k) in [(1, 1), (5, 3), (13, 37), (16, 16), (20, 33), (33, 20), (70, 18), (130, 5)] {
      for isTransposed in [false, true] {
        check(Double.self, m: m, k: k, isTransposed: isTransposed)
        check(Float.self, m: m, k: k, isTransposed: isTransposed)
      }
    }
  }

  @Test("a column's sum has the same bits alone and in company")
  func columnSums() {
    for rows in [0, 1, 5, 16, 17, 40, 100] {
      for draws in [2, 3, 8, 15, 23] {
        let array = NoiseStream(seed: 3, purpose: .data).normals(dimension: rows, draws: draws, step: 0)
        let sums: [Double] = filled(draws) { Double.kernelSumRows($0, array + [0], rows: rows, draws: draws) }
        let alone = (0..<draws).map { d in Statistics.sum((0..<rows).map { array[$0 * draws + d] }) }
        #expect(same(sums, alone), "\(rows) x \(draws)")
      }
    }
  }
}
