import StanLanguage
import StanTracing
import Testing

@Suite struct UntracedNamesTests {
  /// What the language has and the tracer refuses, with the reason.
  static let untraced: [(reason: String, names: String)] = []

  @Test("what is not traced is on one list, with its reason")
  func listIsComplete() {
    let listed = Self.untraced.flatMap { $0.names.split(separator: " ").map(String.init) }
    let refused = Library.names.filter { !TracedLibrary.has($0) }
    #expect(refused.sorted() == listed.sorted())
  }
}
