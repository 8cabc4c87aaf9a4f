/// Why a text is not the YAML that a sweep file is written in, with its place from 1; nil for the whole text.
struct YamlProblem: Error {
  var message: String
  var place: (line: Int, column: Int)?

  init(_ message: String, line: Int, column: Int) {
    self.message = message
    place = (line, column)
  }

  init(_ message: String) {
    self.message = message
  }
}

/// What the guard refuses; its lines and columns count from 0.
extension YamlProblem {
  static func complexKey(_ line: Int, _ column: Int) -> Self {
    YamlProblem("a key must be text; write key: value", line: line + 1, column: column + 1)
  }

  static func mergeKey(_ line: Int, _ column: Int) -> Self {
    YamlProblem(
      "merge keys ('<<') are not supported; write the keys out", line: line + 1, column: column + 1)
  }

  static func duplicateKey(_ key: String, _ line: Int, _ column: Int) -> Self {
    YamlProblem(
      "key '\(key)' appears twice in this mapping; keep one of them", line: line + 1, column: column + 1)
  }

  static func tag(_ line: Int, _ column: Int) -> Self {
    YamlProblem(
      "tags ('!…') are not allowed; remove it, or put text that starts with '!' in quotes",
      line: line + 1, column: column + 1)
  }

  static func tooDeep(_ line: Int, _ column: Int) -> Self {
    YamlProblem(
      "lists and mappings are nested more than \(YamlGuard.depthLimit) deep; flatten them",
      line: line + 1, column: column + 1)
  }

  static func tooManyAnchors(_ line: Int, _ column: Int) -> Self {
    YamlProblem(
      "more than \(YamlGuard.anchorLimit) anchors ('&…'); write the values out",
      line: line + 1, column: column + 1)
  }

  static var tooManyValues: Self {
    YamlProblem("the file has more than \(YamlReader.nodeLimit) values, its aliases expanded; use fewer")
  }
}
