import StanLanguage
import Testing

@Suite struct SourceRangeTests {
  @Test func aRangeReachesThroughTheLaterEnd() {
    #expect(SourceRange(3, 5).through(SourceRange(7, 9)) == SourceRange(3, 9))
    #expect(SourceRange(3, 9).through(SourceRange(4, 5)) == SourceRange(3, 9))
  }
}
