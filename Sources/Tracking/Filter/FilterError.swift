/// A filter that cannot be read, with the place in it.
public struct FilterError: Error, Sendable, Hashable, CustomStringConvertible {
  public var filter: String
  /// Counted in characters, from 1.
  public var column: Int
  public var found: String
  public var expected: String

  public init(filter: String, column: Int, found: String, expected: String) {
    self.filter = filter
    self.column = column
    self.found = found
    self.expected = expected
  }

  /// The sentence, then the filter and a caret under the place.
  public var description: String {
    let line = String(filter.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    let caret = String(repeating: " ", count: column - 1) + "^"
    return "filter, column \(column): found \(found); expected \(expected)\n  \(line)\n  \(caret)"
  }
}
