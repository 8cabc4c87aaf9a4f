import Comparison
import Testing

@Suite struct SequentialRuleTests {
  @Test("seeds double up to the maximum, and the levels add up to 5 %")
  func schedule() {
    let rule = SequentialRule(from: 5, to: 50)
    #expect(rule.looks.map(\.seeds) == [5, 10, 20, 40, 50])
    let levels = rule.looks.map { 1 - $0.confidence }
    for (level, expected) in zip(levels, [0.005, 0.005, 0.01, 0.02, 0.01]) {
      #expect(abs(level - expected) < 1e-15)
    }
  }

  @Test("one look is an ordinary comparison")
  func oneLook() {
    #expect(SequentialRule(from: 10, to: 10).looks == SequentialRule(looks: [10]).looks)
    #expect(SequentialRule(looks: [10]).looks.map(\.confidence) == [0.95])
  }

  @Test(
    "looks that would have to be surer than 99.9 % are left out, and what they could err goes to the next")
  func tooEarly() {
    let rule = SequentialRule(from: 3, to: 1000)
    #expect(rule.looks.map(\.seeds) == [24, 48, 96, 192, 384, 768, 1000])
    #expect(abs(rule.looks.reduce(0) { $0 + 1 - $1.confidence } - 0.05) < 1e-12)
    #expect(rule.looks.allSatisfy { $0.confidence <= 0.999 })
  }
}
