import NumericArrays
import Testing

@Suite("Noise")
struct NoiseStreamTests {
  private let stream = NoiseStream(seed: 3, purpose: .fit)

  @Test("an element depends neither on the shape nor on the first draw")
  func independentOfShape() {
    let wide = stream.normals(dimension: 31, draws: 100, step: 7)
    for (dimension, draws, first) in [(1, 1, 0), (10, 1, 4), (31, 8, 92), (7, 65, 30), (30, 100, 0)] {
      let part = stream.normals(dimension: dimension, draws: draws, firstDraw: first, step: 7)
      for d in 0..<dimension {
        #expect(
          Array(part[d * draws..<(d + 1) * draws]) == Array(wide[d * 100 + first..<d * 100 + first + draws]))
      }
    }
  }

  @Test("float noise is the double noise, rounded")
  func floatFollowsDouble() {
    let double = stream.normals(dimension: 11, draws: 90, step: 1)
    let float: [Float] = filled(double.count) { stream.fillNormals($0, dimension: 11, draws: 90, step: 1) }
    #expect(float == double.map(Float.init))
    let uniforms = stream.uniforms(count: 1000, step: 1)
    let single: [Float] = filled(1000) { stream.fillUniforms($0, count: 1000, step: 1) }
    #expect(zip(single, uniforms).allSatisfy { $0 < 1 && abs(Double($0) - $1) < 0x1p-24 })
  }

  @Test("seed, purpose and step each give other noise")
  func keysMatter() {
    let others = [
      NoiseStream(seed: 4, purpose: .fit), NoiseStream(seed: 3 + 1 << 32, purpose: .fit),
      NoiseStream(seed: 3, purpose: .data),
    ].map { $0.normals(dimension: 2, draws: 3, step: 0) }
    let all = others + [0, 1, 1 << 32].map { stream.normals(dimension: 2, draws: 3, step: $0) }
    #expect(Set(all.flatMap(\.self)).count == 6 * all.count)
  }

  @Test("moments are those of the standard normal within 5 standard errors")
  func moments() {
    // The standard errors of the mean of x, x², x³, x⁴ over n values: sqrt of 1, 2, 15, 96 over n.
    for step: UInt64 in 0..<4 {
      let values = stream.normals(dimension: 200, draws: 500, step: step)
      let n = Double(values.count)
      for (power, moment, spread) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
        let mean = Statistics.mean(values.map { x in (1...power).reduce(1) { p, _ in p * x } })
        #expect(abs(mean - moment) < 5 * (spread / n).squareRoot(), "moment \(power)")
      }
    }
  }

  @Test("the distribution function is the normal one within 5 standard errors")
  func distribution() {
    let values = stream.normals(dimension: 200, draws: 500, step: 9)
    // scipy.stats.norm.cdf
    for (x, probability) in [
      (-3.0, 0.0013498980316300933), (-1, 0.15865525393145707), (0, 0.5), (0.5, 0.6914624612740131),
      (2, 0.9772498680518208),
    ] {
      let share = Double(values.count { $0 < x }) / Double(values.count)
      #expect(abs(share - probability) < 5 * (probability * (1 - probability) / 1e5).squareRoot())
    }
  }

  @Test("neighbours across draws, dimensions, pairs and steps are uncorrelated")
  func correlations() {
    let (dimension, draws) = (200, 500)
    let now = stream.normals(dimension: dimension, draws: draws, step: 0)
    let next = stream.normals(dimension: dimension, draws: draws, step: 1)
    let pairs = [
      zip(now, now.dropFirst()), zip(now, now.dropFirst(draws)), zip(now, now.dropFirst(2 * draws)),
      zip(now, next.dropFirst(0)),
    ]
    for pair in pairs {
      for transform in [{ $0 }, { $0 * $0 - 1 }] as [(Double) -> Double] {
        let products = pair.map { transform($0) * transform($1) }
        #expect(abs(Statistics.mean(products)) < 5 * Statistics.standardError(products))
      }
    }
  }

  @Test("indices and uniforms are uniform within 5 standard errors, and permutations are complete")
  func uniform() {
    var indices = [Int32](repeating: 0, count: 70_000)
    stream.fillIndices(&indices, count: indices.count, bound: 7, step: 2)
    for value: Int32 in 0..<7 {
      let count = Double(indices.count { $0 == value })
      #expect(abs(count - 10_000) < 5 * (10_000 * 6 / 7.0).squareRoot())
    }
    let uniforms = stream.uniforms(count: 100_000, step: 2)
    #expect(uniforms.allSatisfy { $0 >= 0 && $0 < 1 })
    #expect(abs(Statistics.mean(uniforms) - 0.5) < 5 * (1 / 12e5).squareRoot())
    #expect(Array(uniforms.prefix(33)) == stream.uniforms(count: 33, step: 2))
    #expect(stream.permutation(count: 50, step: 1).sorted() == Array(0..<50))
    #expect(stream.permutation(count: 50, step: 1) != stream.permutation(count: 50, step: 2))
  }
}
