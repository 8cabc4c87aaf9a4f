/// Text for filters to be read by people and by ``FilterExpression``.
public enum FilterText {
  /// A name or a value as a filter reads it back: quoted where it needs to be.
  public static func word(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.+/:%".contains($0)) }
    let isWord = isPlain && !text.isEmpty && !FilterToken.keywords.contains(text)
    return isWord ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// `name = value`, or `name is null`.
  public static func condition(_ name: String, _ value: String?) -> String {
    value.map { "\(word(name)) = \(word($0))" } ?? "\(word(name)) is null"
  }
}
