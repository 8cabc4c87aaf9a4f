import Comparison
import Testing

/// The expected values are those of `reference_statistics.py`, by SciPy 1.17.1.
@Suite struct SurvivalMedianTests {
  @Test(
    "median and interval are those of SciPy's survival function",
    arguments: [
      // Freireich et al. 1963: weeks of remission under 6-MP, whose median is 23 in the textbooks, and under placebo, 8.
      ([6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], [23, 13, nil]),
      ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [], [8, 4, 11]),
      ([120, 250, 310], [400, 400, 400, 400], [nil, 120, nil]), ([5, 5, 5], [], [5, nil, nil]),
    ] as [([Double], [Double], [Double?])])
  func agrees(ended: [Double], censored: [Double], expected: [Double?]) throws {
    let times =
      ended.map { SurvivalMedian.Time($0) } + censored.map { SurvivalMedian.Time($0, isCensored: true) }
    let found = try #require(SurvivalMedian(times))
    #expect([found.median, found.low, found.high] == expected)
    #expect(found.events == ended.count && found.censored == censored.count)
  }

  @Test("no times have no median, and censored ones alone none either")
  func degenerate() throws {
    #expect(SurvivalMedian([]) == nil)
    let never = try #require(SurvivalMedian([.init(100, isCensored: true), .init(50, isCensored: true)]))
    #expect(never.median == nil && never.low == nil && never.high == nil)
  }
}
