import Reporting
import Testing

@Suite struct NumberTextTests {
  static let fixed: [(value: Double, digits: Int?, text: String)] = [
    (-31.53412, 3, "-31.534"), (-0.0004, 2, "0.00"), (2, nil, "2"), (0.05, nil, "0.05"),
    (1e20, 2, "1.0000e+20"),
    (.nan, 2, "NaN"), (-.infinity, 2, "-Infinity"), (1e-7, nil, "1e-07"), (-0.0, nil, "0"),
  ]

  @Test("numbers have the digits that are asked for", arguments: fixed)
  func fixedDigits(value: Double, digits: Int?, text: String) {
    #expect(NumberText.fixed(value, digits: digits) == text)
  }

  @Test("digits follow the error: two of its own, six at most")
  func digits() {
    #expect(NumberText.digits(error: 0.0042) == 4)
    #expect(NumberText.digits(error: 0.42) == 2)
    #expect(NumberText.digits(error: 42) == 0)
    #expect(NumberText.digits(error: 1e-12) == 6)
    #expect(NumberText.digits(error: 0) == nil)
    #expect(NumberText.digits(error: nil) == nil)
  }

  @Test("sizes are rounded to significant figures, counts have their thousands apart")
  func sizes() {
    #expect(NumberText.rounded(3.2e-13, figures: 2) == "3.2e-13")
    #expect(NumberText.rounded(0.012345) == "0.0123")
    #expect(NumberText.rounded(1234.5) == "1234" || NumberText.rounded(1234.5) == "1235")
    #expect(NumberText.grouped(258000) == "258,000")
    #expect(NumberText.grouped(12) == "12")
    #expect(NumberText.grouped(1_234_567) == "1,234,567")
  }
}
