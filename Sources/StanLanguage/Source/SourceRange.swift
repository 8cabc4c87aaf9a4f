/// A stretch of a program's text, in bytes of UTF-8 from its start.
package struct SourceRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// From the start of this range to the end of another.
  package func through(_ other: SourceRange) -> SourceRange { SourceRange(start, max(end, other.end)) }
}
