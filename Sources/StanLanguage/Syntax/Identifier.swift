/// A name in a program, with a number that is the same wherever the same name stands: places of an environment.
package struct Identifier: Hashable, Sendable {
  package var name: String
  /// From 0 to `StanProgram.symbolCount`, exclusive.
  package var symbol: Int
  package var range: SourceRange

  package init(name: String, symbol: Int, range: SourceRange) {
    self.name = name
    self.symbol = symbol
    self.range = range
  }
}
