import Yams

extension YamlProblem {
  /// What the parser found wrong, in plain words.
  init(_ error: any Error) {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _),
      YamlError.composer(let context, let problem, let mark, _):
      self.init(
        plainWords(problem, context), line: max(1, mark.line), column: max(1, mark.column))
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      self.init(
        "key '\(keys.first ?? "")' appears twice in its mapping; keep one of them",
        line: max(1, context.mark.line), column: max(1, context.mark.column))
    default:
      self.init("this is not valid YAML")
    }
  }
}

private func plainWords(_ problem: String, _ context: YamlError.Context?) -> String {
  let start = context.map { " that starts at line \($0.mark.line), column \($0.mark.column)," } ?? ""
  return switch problem {
  case "mapping values are not allowed in this context":
    "a second ': ' where the value is already text; put text that contains ': ' in quotes"
  case "could not find expected ':'":
    "a key without its ':'; write key: value"
  case "did not find expected key":
    "this does not fit the mapping\(start) check indentation, quotes and commas"
  case "did not find expected '-' indicator":
    "this does not fit the list\(start) start each item with '- ' at the same indentation"
  case "did not find expected ',' or ']'":
    "the list\(start) is not closed; add ',' or ']'"
  case "did not find expected ',' or '}'":
    "the mapping\(start) is not closed; add ',' or '}'"
  case "found unexpected end of stream":
    "the quoted text\(start) is not closed; add the closing quote"
  case "found unexpected document indicator":
    "the quoted text\(start) is cut off by a document marker; add the closing quote"
  case "found character that cannot start any token":
    "a value cannot start with this character; put the value in quotes, and indent with spaces, not tabs"
  case "found a tab character that violates indentation",
    "found a tab character where an indentation space is expected":
    "a tab in the indentation; use spaces"
  case "found undefined alias":
    "this alias ('*…') has no anchor ('&…') before it"
  case "found unknown escape character":
    "an unknown escape in double quotes; use single quotes, or write \\\\ for a backslash"
  case "block sequence entries are not allowed in this context":
    "a list item cannot start here; put it on its own line below the key"
  case "but found another document", "did not find expected <document start>":
    "a second document starts here; a sweep file holds one"
  case "did not find expected node content":
    "a value is missing here"
  case "did not find expected alphabetic or numeric character":
    "a name is missing after '&' or '*'; put text that starts with one of them in quotes"
  case "found unexpected ':'":
    "':' next to a bracket; put a space after the ':', or the text in quotes"
  default:
    "this is not valid YAML: \(problem)"
  }
}
