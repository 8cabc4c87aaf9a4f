import Yams

extension YamlProblem {
  /// What the parser found wrong, in plain words.
  init(_ error: any Error) {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, let text),
      YamlError.parser(let context, let problem, let mark, let text),
      YamlError.composer(let context, let problem, let mark, let text):
      // What is not closed shows where it starts; the parser only notices where the text ends.
      let place = startsAreTelling.contains(problem) ? context?.mark ?? mark : mark
      let words = plainWords(problem, start: context?.mark, character: character(at: place, of: text))
      self.init(words, line: max(1, place.line), column: max(1, place.column))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      self.init(
        "key '\(keys.first ?? "")' appears twice in its mapping; keep one of them",
        line: max(1, context.mark.line), column: max(1, context.mark.column))
    default:
      self.init("this is not valid YAML")
    }
  }
}

/// The problems that are reported where what they are about starts.
private let startsAreTelling: Set<String> = [
  "found unexpected end of stream", "found unexpected document indicator", "could not find expected ':'",
]

private func character(at mark: Mark, of text: String) -> Unicode.Scalar? {
  let lines = splitLines(text)
  guard lines.indices.contains(mark.line - 1) else { return nil }
  return lines[mark.line - 1].unicodeScalars.dropFirst(mark.column - 1).first
}

private func plainWords(_ problem: String, start: Mark?, character: Unicode.Scalar?) -> String {
  let start = start.map { " that starts at line \($0.line), column \($0.column)" } ?? ""
  return switch problem {
  case "mapping values are not allowed in this context":
    "a second ': ' where the value is already text; put text that contains ': ' in quotes"
  case "could not find expected ':'":
    "a key without its ':'; write key: value"
  case "did not find expected key":
    "this does not fit the mapping\(start); check indentation, quotes and commas"
  case "did not find expected '-' indicator":
    "this does not fit the list\(start); start each item with '- ' at the same indentation"
  case "did not find expected ',' or ']'":
    "the list\(start) is not closed; add ',' or ']'"
  case "did not find expected ',' or '}'":
    "the mapping\(start) is not closed; add ',' or '}'"
  case "found unexpected end of stream", "found unexpected document indicator":
    "the quoted text that starts here is not closed; add the closing quote"
  case "found character that cannot start any token" where character == "\t",
    "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected":
    "a tab in the indentation; use spaces"
  case "found character that cannot start any token":
    "a value cannot start with '\(character.map { String($0) } ?? "")'; put it in quotes"
  case "found undefined alias":
    "this alias ('*…') has no anchor ('&…') before it"
  case "found unknown escape character":
    "an unknown escape in double quotes; use single quotes, or write \\\\ for a backslash"
  case "block sequence entries are not allowed in this context":
    "a list item cannot start here; put it on its own line below the key"
  case "but found another document", "did not find expected <document start>":
    "a second document starts here; a sweep file holds one"
  case "did not find expected node content":
    "a value is missing here; write one, or close the bracket"
  case "did not find expected alphabetic or numeric character":
    "a name is missing after '&' or '*'; put text that starts with one of them in quotes"
  case "did not find expected comment or line break":
    "text beside '|' or '>'; start the text on the next line, or put it in quotes"
  case "found unexpected ':'":
    "':' next to a bracket; put a space after the ':', or the text in quotes"
  default:
    "this is not valid YAML: \(problem)"
  }
}
