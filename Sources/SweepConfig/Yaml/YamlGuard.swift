/// Looks through a YAML text before it is parsed, and refuses what a sweep file must not contain.
///
/// The parser composes recursively, hashes whole keys, and expands aliases where they stand, so a hostile file
/// could overflow the stack or never end. The guard therefore follows the token rules of the parser's scanner
/// (libyaml's `scanner.c`) in one pass without recursion, and refuses nesting that is too deep, too many
/// anchors, keys that are not text, and tags. Since it sees every key with its place, it also finds duplicate
/// keys. Malformed text passes: the parser says better what is wrong with it.
struct YamlGuard {
  /// The greatest depth of lists and mappings in each other.
  static let depthLimit = 64
  /// The greatest number of anchors: an anchor may hold aliases of others, so that depths add up.
  static let anchorLimit = 100

  /// What stands where a key may follow: a `:` on the same line makes it one.
  private enum Token {
    case text(String, isPlain: Bool)
    case other
  }

  private struct Collection {
    /// The column of a block collection, from 0; nil in flow style.
    var column: Int?
    var isFlowMapping = false
    /// Whether the next token of a flow mapping is a key.
    var expectsKey = false
    var keys: Set<String> = []
    var candidate: (token: Token, line: Int, column: Int)?
  }

  private var cursor: ScalarCursor
  private var open = [Collection(column: -1)]
  private var anchorCount = 0
  private var valueCount = 0

  init(_ text: String) {
    cursor = ScalarCursor(text)
  }

  /// Looks through the whole text.
  mutating func check() throws(YamlProblem) {
    while true {
      cursor.skipToToken()
      guard let scalar = cursor.peek() else { return }
      if !isInFlow { closeBlocks(before: cursor.column) }
      if cursor.isAtDocumentMarker {
        closeBlocks(before: -1)
        cursor.advance(by: 3)
      } else if cursor.column == 0 && scalar == "%" {
        cursor.skipLine()
      } else {
        try readToken(scalar)
      }
    }
  }

  private var isInFlow: Bool { open[open.count - 1].column == nil }

  private mutating func readToken(_ scalar: Unicode.Scalar) throws(YamlProblem) {
    let line = cursor.line
    let column = cursor.column
    switch scalar {
    case "[", "{":
      try noteCandidate(.other, line, column)
      cursor.advance()
      try push(Collection(column: nil, isFlowMapping: scalar == "{", expectsKey: scalar == "{"), line, column)
    case "]", "}":
      cursor.advance()
      if isInFlow { open.removeLast() }
    case "," where isInFlow:
      cursor.advance()
      let isMapping = open[open.count - 1].isFlowMapping
      open[open.count - 1].expectsKey = isMapping
      open[open.count - 1].candidate = nil
    case "-" where cursor.isBlankOrEnd(1):
      cursor.advance()
      if !isInFlow { try openBlock(at: column, line) }
    case "?" where isInFlow || cursor.isBlankOrEnd(1):
      throw .complexKey(line, column)
    case ":" where isInFlow || cursor.isBlankOrEnd(1):
      cursor.advance()
      try readKey(line)
    case "*":
      cursor.advance()
      cursor.skipName()
      try noteCandidate(.other, line, column)
    case "&":
      anchorCount += 1
      if anchorCount > Self.anchorLimit { throw .tooManyAnchors(line, column) }
      cursor.advance()
      cursor.skipName()
    case "!":
      throw .tag(line, column)
    case "|" where !isInFlow, ">" where !isInFlow:
      cursor.skipBlockScalar(parentColumn: open[open.count - 1].column ?? -1)
    case "'", "\"":
      let text = cursor.quotedText(scalar)
      try noteCandidate(.text(text, isPlain: false), line, column)
    default:
      let text = cursor.plainText(inFlow: isInFlow, parentColumn: open[open.count - 1].column ?? -1)
      try noteCandidate(.text(text, isPlain: true), line, column)
    }
  }

  /// Remembers a token that a `:` would make a key.
  private mutating func noteCandidate(_ token: Token, _ line: Int, _ column: Int) throws(YamlProblem) {
    valueCount += 1
    if valueCount > YamlReader.nodeLimit { throw .tooManyValues }
    let top = open.count - 1
    if open[top].expectsKey {
      open[top].expectsKey = false
      if case .other = token { throw .complexKey(line, column) }
    }
    open[top].candidate = (token, line, column)
  }

  /// Takes the remembered token as a key of the innermost mapping.
  private mutating func readKey(_ line: Int) throws(YamlProblem) {
    guard let key = open[open.count - 1].candidate else { return }
    open[open.count - 1].candidate = nil
    guard case .text(let text, let isPlain) = key.token else { throw .complexKey(key.line, key.column) }
    if isPlain && text == "<<" { throw .mergeKey(key.line, key.column) }
    guard isInFlow || key.line == line else { return }
    if !isInFlow { try openBlock(at: key.column, line) }
    let isNew = open[open.count - 1].keys.insert(text).inserted
    if !isNew && !(isInFlow && !open[open.count - 1].isFlowMapping) {
      throw .duplicateKey(text, key.line, key.column)
    }
  }

  private mutating func openBlock(at column: Int, _ line: Int) throws(YamlProblem) {
    if let innermost = open[open.count - 1].column, innermost < column {
      try push(Collection(column: column), line, column)
    }
  }

  private mutating func push(_ collection: Collection, _ line: Int, _ column: Int) throws(YamlProblem) {
    if open.count > Self.depthLimit { throw .tooDeep(line, column) }
    open.append(collection)
  }

  private mutating func closeBlocks(before column: Int) {
    while let innermost = open[open.count - 1].column, innermost > column { open.removeLast() }
  }
}
