import Foundation
import Reporting
import Testing

@Suite struct FixedNumberTests {
  @Test("a number to some digits is what C prints, ties and all", arguments: 0...6)
  func likeC(digits: Int) {
    var values = [
      0, 0.5, 1.5, 2.5, 0.125, 0.375, 1e-300, .leastNonzeroMagnitude, 0.05, 999_999.9999995, 1e11,
      123_456_789.0625,
    ]
    var bits: UInt64 = 1
    for _ in 0..<2000 {
      bits = bits &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let value = Double(bits >> 11) / 9_007_199_254_740_992
      values += [value, value * 1e6, value * 1e-5, value * 9.99e11, (value * 4096).rounded() / 4096]
    }
    for value in values {
      let text = String(format: "%.\(digits)f", value)
      #expect(NumberText.fixed(value, digits: digits) == text)
      let isZero = !text.contains { "123456789".contains($0) }
      #expect(NumberText.fixed(-value, digits: digits) == (isZero ? text : "-" + text))
    }
  }
}
