import Testing
import bench

@Suite struct StatisticsTests {
  @Test("the median is the middle value, or the mean of the two in the middle")
  func medians() {
    #expect(median([3, 1, 2]) == 2)
    #expect(median([4, 1, 2, 100]) == 3)
    #expect(median([]).isNaN)
  }

  @Test("half the range is relative to the median")
  func ranges() {
    #expect(halfRange([9, 10, 12]) == 0.15)
    #expect(halfRange([7]) == 0)
  }

  @Test(
    "numbers have three significant digits and no exponent",
    arguments: [
      (0.001234, "0.00123"), (0.0999, "0.0999"), (0.09996, "0.100"), (1, "1.00"), (9.996, "10.0"),
      (99.96, "100"), (123.4, "123"), (98_765, "98765"), (0, "0"), (-2.5, "-2.50"), (.nan, "–"),
    ])
  func threeDigits(value: Double, text: String) { #expect(digits(value) == text) }

  @Test(
    "figures have units",
    arguments: [
      (Quantity.rate("steps/s"), 1_234_567, "1.23 M steps/s"), (.rate("steps/s"), 615_000, "615 k steps/s"),
      (.rate("steps/s"), 999_600, "1.00 M steps/s"), (.rate("steps/s"), 217.4, "217 steps/s"),
      (.seconds, 0.0123, "12.3 ms"), (.seconds, 1.5, "1.50 s"), (.megabytes, 150, "150 MB"),
    ] as [(Quantity, Double, String)])
  func units(quantity: Quantity, value: Double, text: String) { #expect(quantity.text(value) == text) }

  @Test("a ratio above 1 is better, whichever way is better")
  func ratios() {
    #expect(Quantity.rate("steps/s").ratio(of: 300, to: 100) == 3)
    #expect(Quantity.seconds.ratio(of: 2, to: 10) == 5)
  }

  @Test("a target is met at its bound and not past it")
  func targets() {
    let rate = Quantity.rate("steps/s")
    #expect(Target.figure(100).isMet(figure: 100, ratio: .nan, quantity: rate))
    #expect(!Target.figure(100).isMet(figure: 99, ratio: .nan, quantity: rate))
    #expect(Target.figure(1).isMet(figure: 0.9, ratio: .nan, quantity: .seconds))
    #expect(!Target.figure(1).isMet(figure: 1.1, ratio: .nan, quantity: .seconds))
    #expect(Target.times(2, "peer").isMet(figure: 1, ratio: 2, quantity: rate))
    #expect(!Target.times(2, "peer").isMet(figure: 1, ratio: 1.99, quantity: rate))
    // A ratio that could not be had meets nothing.
    #expect(!Target.times(2, "peer").isMet(figure: 1, ratio: .nan, quantity: rate))
    #expect(Target.figure(0.005).text(.seconds) == "≤ 5.00 ms")
    #expect(Target.times(1.6, "peer").text(rate) == "≥ 1.60 ×")
  }
}
