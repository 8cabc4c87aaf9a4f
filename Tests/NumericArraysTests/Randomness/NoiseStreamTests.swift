import Foundation
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

  @Test("uniforms in single precision are the double ones, truncated")
  func floatUniforms() {
    let uniforms = stream.uniforms(count: 1000, step: 1)
    let single: [Float] = filled(1000) { stream.fillUniforms($0, count: 1000, step: 1) }
    #expect(zip(single, uniforms).allSatisfy { $0 < 1 && abs(Double($0) - $1) < 0x1p-24 })
  }

  @Test("normals in single precision are the double ones, but for the low words and roundings")
  func floatFollowsDouble() {
    let (dimension, draws) = (201, 2000)
    let double = stream.normals(dimension: dimension, draws: draws, step: 1)
    let float: [Float] = filled(double.count) {
      stream.fillNormals($0, dimension: dimension, draws: draws, step: 1)
    }
    for first in stride(from: 0, to: (dimension - 1) * draws, by: 2 * draws) {
      for (x, y) in (first..<first + draws).map({ ($0, $0 + draws) }) {
        // u = exp(-r² / 2) is moved by at most 2⁻³² where its low word is left out, and r by 1 / (u r) times that. Then the angle,
        // its sine and the radius have three roundings each of 2⁻²⁴ of r, and the square root halves those of the logarithm.
        let r = (double[x] * double[x] + double[y] * double[y]).squareRoot()
        let bound = 0x1p-32 / (exp(-r * r / 2) * r) + 9 * 0x1p-24 * r
        #expect(abs(Double(float[x]) - double[x]) < bound && abs(Double(float[y]) - double[y]) < bound)
      }
    }
    // The last row is half a pair.
    let last = (dimension - 1) * draws..<dimension * draws
    #expect(zip(float[last], double[last]).allSatisfy { abs(Double($0) - $1) < 1e-4 })
  }

  @Test(
    "normals in single precision are normal: the largest distance of distribution functions is as Kolmogorov has it"
  )
  func floatDistribution() {
    let count = 1_000_000
    let values: [Float] = filled(count) {
      stream.fillNormals($0, dimension: 200, draws: count / 200, step: 3)
    }
    var distance = 0.0
    for (index, value) in values.sorted().enumerated() {
      let probability = 0.5 * erfc(-Double(value) * 0.5.squareRoot())
      let (below, above) = (Double(index) / Double(count), Double(index + 1) / Double(count))
      distance = max(distance, probability - below, above - probability)
    }
    // More than 2.6 / √n has probability 2 exp(-2 · 2.6²) = 2.7e-6 (Kolmogorov 1933): 4.7 standard errors of a normal.
    #expect(distance < 2.6 / Double(count).squareRoot())
    // The standard errors of the mean of x, x², x³, x⁴ over n values: sqrt of 1, 2, 15, 96 over n.
    for (power, moment, spread) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
      let mean = Statistics.mean(values.map { x in (1...power).reduce(1) { p, _ in p * Double(x) } })
      #expect(abs(mean - moment) < 5 * (spread / Double(count)).squareRoot(), "moment \(power)")
    }
    #expect(!values.contains(0) && values.allSatisfy { abs($0) < 6.67 })
  }

  @Test("small radii in single precision are as frequent as they should be")
  func floatCentre() {
    let (pairs, draws) = (100, 20_000)
    let values: [Float] = filled(2 * pairs * draws) {
      stream.fillNormals($0, dimension: 2 * pairs, draws: draws, step: 4)
    }
    for radius in [0.003, 0.03] {
      var inside = 0
      for pair in 0..<pairs {
        for x in 2 * pair * draws..<(2 * pair + 1) * draws {
          let (x, y) = (Double(values[x]), Double(values[x + draws]))
          if x * x + y * y < radius * radius { inside += 1 }
        }
      }
      // 1 - exp(-r² / 2), Poisson: 9 and 900 of two million.
      let expected = Double(pairs * draws) * (1 - exp(-radius * radius / 2))
      #expect(abs(Double(inside) - expected) < 4 * expected.squareRoot(), "\(inside) of \(expected)")
    }
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
