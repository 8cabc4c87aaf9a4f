import NumericArrays
import Testing

@Suite struct SobolNormalsTests {
  /// Φ⁻¹ of the middles of 64 equal intervals is in every interval of probability 1/64 once.
  @Test(
    "a step's 64 normals of each axis have one in each of 64 parts of equal probability",
    arguments: [1, 5, 40])
  func stratification(dimension: Int) {
    let normals = SobolNormals(dimension: dimension, draws: 64)
    for step in 0..<4 {
      var values = [Double](repeating: 0, count: dimension * 64)
      normals.fill(&values, seed: 7, step: UInt64(step))
      for axis in 0..<dimension {
        let parts = Set(values[axis * 64..<(axis + 1) * 64].map { Int(SpecialFunctions.normalCDF($0) * 64) })
        #expect(parts == Set(0..<64), "axis \(axis), step \(step)")
      }
    }
  }

  @Test("steps and seeds have shifts of their own, and each point is a standard normal over them")
  func shifts() {
    let normals = SobolNormals(dimension: 2, draws: 4)
    var all: [Double] = []
    for step in 0..<5000 {
      var values = [Double](repeating: 0, count: 8)
      normals.fill(&values, seed: 1, step: UInt64(step))
      all.append(values[5])
    }
    // Mean 0 and variance 1, each within 5 standard errors: 1/√5000 and √(2/5000).
    #expect(abs(Statistics.mean(all)) < 5 / 5000.0.squareRoot())
    #expect(abs(Statistics.variance(all) - 1) < 5 * (2 / 5000.0).squareRoot())
    #expect(Set(all).count > 4990)
  }

  @Test("a lane has the numbers that it has alone")
  func lanes() {
    let normals = SobolNormals(dimension: 3, draws: 5)
    var alone = [Float](repeating: 0, count: 15)
    normals.fill(&alone, seed: 9, step: 2)
    var together = [Float](repeating: 0, count: 15 * 8)
    together.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { normals.fill(start + 3, stride: 8, seed: 9, step: 2) }
    }
    #expect((0..<15).map { together[$0 * 8 + 3] } == alone)
  }
}
