import Comparison
import Testing

@Suite struct MomentsTests {
  let values = [-31.62, -31.55, -31.58, -31.49, -31.71]

  @Test("mean, median, standard deviation and quantiles agree with NumPy")
  func moments() throws {
    // numpy: x.mean(), np.median(x), x.std(ddof=1), np.quantile(x, [.1, .25, .9])
    #expect(abs(try #require(mean(values)) - -31.589999999999996) < 1e-13)
    #expect(median(values) == -31.58)
    #expect(abs(try #require(standardDeviation(values)) - 0.08215838362577575) < 1e-13)
    #expect(abs(try #require(quantile(values, 0.1)) - -31.674) < 1e-13)
    #expect(quantile(values, 0.25) == -31.62)
    #expect(abs(try #require(quantile(values, 0.9)) - -31.514) < 1e-13)
  }

  @Test("nothing has no mean, and one value has no spread")
  func small() {
    #expect(mean([]) == nil)
    #expect(median([]) == nil)
    #expect(mean([3]) == 3)
    #expect(standardDeviation([3]) == nil)
  }

  @Test("a large common offset costs no digits")
  func offset() {
    #expect(mean([1e15 + 1, 1e15 + 2, 1e15 + 3]) == 1e15 + 2)
    #expect(standardDeviation([1e15 + 1, 1e15 + 2, 1e15 + 3]) == 1)
  }
}
