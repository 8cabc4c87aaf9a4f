/// The text of a Stan program and what to call it in messages.
package struct StanSource: Hashable, Sendable {
  /// The path as the user wrote it, or a description of where inline text stands.
  package let name: String
  package let text: String
  /// The line of `name` that the text starts on: 1 for a file, more for a block within another one.
  package let firstLine: Int

  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.text = text
    self.firstLine = firstLine
  }
}
