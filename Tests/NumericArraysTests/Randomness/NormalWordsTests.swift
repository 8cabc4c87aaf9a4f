import CKernels
import Foundation
import NumericArrays
import Testing

/// Normals in single precision of words that are chosen: blocks that have them are found by going through Philox backwards.
@Suite struct NormalWordsTests {
  private static let seed: UInt64 = 11
  private static let ends: [UInt32] = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff]
  /// The eighths of a turn, where sine and cosine change places and signs.
  private static let eighths: [UInt32] = (0..<8).flatMap { [$0 << 29, $0 << 29 &- 1] }

  /// The stream's key: that of seed and purpose, mixed as SplitMix64 does (Steele, Lea and Flood 2014).
  private let key: [UInt32] = {
    var key = seed &+ 0x9e37_79b9_7f4a_7c15 &* (4 * UInt64(NoisePurpose.fit.rawValue) + 1)
    key = (key ^ key >> 30) &* 0xbf58_476d_1ce4_e5b9
    key = (key ^ key >> 27) &* 0x94d0_49bb_1331_11eb
    key ^= key >> 31
    return [UInt32(truncatingIfNeeded: key), UInt32(key >> 32)]
  }()

  /// The counter whose block is these words.
  private func counter(of words: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var c = words
    for round in (0..<10).reversed() {
      let key0 = key[0] &+ 0x9e37_79b9 &* UInt32(round)
      let key1 = key[1] &+ 0xbb67_ae85 &* UInt32(round)
      // The inverses of the multipliers modulo 2³².
      let (x, z) = (c[3] &* 0x991a_7cdb, c[1] &* 0x6d7c_ae67)
      let (a, b) = (x.multipliedFullWidth(by: 0xd251_1f53), z.multipliedFullWidth(by: 0xcd9e_8d57))
      c = SIMD4(x, c[0] ^ b.high ^ key0, z, c[2] ^ a.high ^ key1)
    }
    return c
  }

  /// A pair of rows below 2¹⁴, a draw and a step whose block has these words for radius and angle.
  private func place(radius: UInt32, angle: UInt32) -> (pair: Int, draw: Int, step: UInt64)? {
    for free: UInt32 in 0..<0x40_0000 {
      let c = counter(of: SIMD4(free, radius, 0, angle))
      if c[0] < 1 << 14 { return (Int(c[0]), Int(c[1]), UInt64(c[3]) << 32 | UInt64(c[2])) }
    }
    return nil
  }

  @Test(
    "any words give finite normals, not zero and at most 8 √ln 2, the radius and angle of their middles",
    arguments: ends.flatMap { radius in ends.map { (radius, $0) } } + eighths.map { (0x9ae7_7d81, $0) })
  func chosenWords(radius: UInt32, angle: UInt32) throws {
    let place = try #require(self.place(radius: radius, angle: angle))
    var words = [UInt32](repeating: 0, count: 4)
    let (draw, step) = (UInt32(place.draw), place.step)
    wb_philox(
      &words, [UInt32(place.pair), draw, UInt32(truncatingIfNeeded: step), UInt32(step >> 32)], key)
    #expect(words[1] == radius && words[3] == angle)
    let values: [Float] = filled(2 * place.pair + 2) {
      NoiseStream(seed: Self.seed, purpose: .fit).fillNormals(
        $0, dimension: 2 * place.pair + 2, draws: 1, firstDraw: place.draw, step: step)
    }
    let (x, y) = (values[2 * place.pair], values[2 * place.pair + 1])
    // Box and Muller (1958); the radius has 31 bits, and 1 - u is taken from what is left of them where u is near 1.
    let rest = (Double(0x7fff_ffff - radius >> 1) + 0.5) * 0x1p-31
    let r = (-2 * log1p(-rest)).squareRoot()
    let turn = 2 * Double.pi * ((Double(angle) + 0.5) * 0x1p-32)
    // Radius, angle, sine and product: no more than 9 roundings of 2⁻²⁴; over all words there are at most 4.1 in the radius
    // and 2.7 in its direction.
    let bound = 9 * 0x1p-24 * r
    #expect(abs(Double(x) - r * cos(turn)) < bound && abs(Double(y) - r * sin(turn)) < bound)
    for value in [x, y] {
      #expect(value.isFinite && value != 0 && Double(abs(value)) < 8 * log(2).squareRoot() + bound)
    }
  }
}
