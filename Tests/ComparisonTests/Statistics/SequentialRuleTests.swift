import Comparison
import Testing

@Suite struct SequentialRuleTests {
  private func levels(_ rule: SequentialRule) -> [Double] { rule.looks.map { 1 - $0.confidence } }

  @Test("seeds double up to the maximum, and the levels are spent as the square of the seeds")
  func schedule() {
    let rule = SequentialRule(from: 10, to: 50)
    #expect(rule.looks.map(\.seeds) == [10, 20, 40, 50])
    // 0.05 × (n² − m²) / 50², by hand.
    for (level, expected) in zip(levels(rule), [0.002, 0.006, 0.024, 0.018]) {
      #expect(abs(level - expected) < 1e-15)
    }
  }

  @Test("one look is an ordinary comparison")
  func oneLook() {
    #expect(SequentialRule(from: 10, to: 10).looks == SequentialRule(looks: [10]).looks)
    #expect(SequentialRule(looks: [10]).looks.map(\.confidence) == [0.95])
  }

  @Test("a look that the test cannot reach is left out, and what it could err goes to the next")
  func unreachable() {
    // Five pairs have p of 1/16 at least; ten have 1/512, which shared by three is more than 0.05 / 16.
    #expect(SequentialRule(from: 5, to: 40).looks.map(\.seeds) == [10, 20, 40])
    #expect(SequentialRule(from: 5, to: 40, comparisons: 3).looks.map(\.seeds) == [20, 40])
    #expect(SequentialRule(from: 3, to: 5).looks.isEmpty)
    // 0.001 of 0.05 is spent at a seventh of the maximum.
    #expect(SequentialRule(from: 3, to: 1000).looks.map(\.seeds) == [192, 384, 768, 1000])
    for rule in [SequentialRule(from: 5, to: 40), SequentialRule(from: 3, to: 1000)] {
      #expect(abs(levels(rule).reduce(0, +) - 0.05) < 1e-12)
      #expect(levels(rule).allSatisfy { $0 >= 0.001 - 1e-15 })
    }
  }

  @Test(
    "where nothing differs at most 5 % of the comparisons are ever decided", arguments: Population.allCases)
  func falsePositives(population: Population) {
    let experiments = CoverageTests.experiments
    for (present, maximum) in [(5, 20), (5, 40), (10, 80)] {
      let rule = SequentialRule(from: present, to: maximum)
      var generator = SplitMix(seed: 40)
      var bootstrap = Bootstrap()
      var told = 0
      for _ in 0..<experiments {
        let differences = population.sample(maximum, &generator).map { $0 - population.mean }
        // As `PairedDifference` judges, without a region, which would only make it harder to tell.
        let isTold = rule.looks.contains { look in
          let seen = Array(differences.prefix(look.seeds))
          guard let p = SignFlipTest.p(seen), p <= 1 - look.confidence,
            let interval = bootstrap.meanInterval(seen, confidence: look.confidence)
          else { return false }
          return interval.low > 0 || interval.high < 0
        }
        if isTold { told += 1 }
      }
      let rate = Double(told) / Double(experiments)
      if experiments >= 10_000 { print("false positives", population.rawValue, present, maximum, rate) }
      // Four standard errors of a share of so many experiments: 2.8 points of 1,000, 0.9 of 10,000.
      #expect(rate <= 0.05 + 4 * (0.05 * 0.95 / Double(experiments)).squareRoot(), "\(population) \(maximum)")
    }
  }
}
