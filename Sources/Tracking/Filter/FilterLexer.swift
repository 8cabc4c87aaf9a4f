/// A piece of a filter, with its column.
struct FilterToken: Hashable {
  enum Kind: Hashable {
    /// A bare word: a name, a keyword or a number.
    case word(String)
    case quoted(String)
    /// One of `( ) [ ] , = == != < <= > >=`.
    case symbol(String)
    case end
  }

  var kind: Kind
  var column: Int

  /// Words that are no names and no values unless they are quoted.
  static let keywords: Set = ["and", "or", "not", "in", "is", "null", "like"]

  /// What an error calls it.
  var description: String {
    switch kind {
    case .word(let text), .symbol(let text): "'\(text)'"
    case .quoted(let text): "the quoted text '\(text)'"
    case .end: "the end"
    }
  }
}

/// Cuts a filter into tokens.
enum FilterLexer {
  private static let longest = 200_000
  private static let symbols = ["==", "!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","]

  static func tokens(of filter: String) throws(FilterError) -> [FilterToken] {
    let characters = Array(filter)
    guard characters.count <= longest else {
      throw FilterError(
        filter: "", column: 1, found: "\(characters.count) characters", expected: "at most \(longest)")
    }
    if let place = characters.firstIndex(where: { $0.unicodeScalars.contains("\0") }) {
      throw FilterError(filter: filter, column: place + 1, found: "a NUL byte", expected: "text")
    }
    var tokens: [FilterToken] = []
    var position = 0
    while position < characters.count {
      let character = characters[position]
      let column = position + 1
      if character.isWhitespace {
        position += 1
      } else if let symbol = symbols.first(where: { characters[position...].starts(with: $0) }) {
        tokens.append(FilterToken(kind: .symbol(symbol), column: column))
        position += symbol.count
      } else if character == "'" || character == "\"" {
        var text = try quoted(characters, from: position, in: filter)
        // The rest of a name that has to be quoted, as in "kl_prior[1]".last.
        if text.end < characters.count, characters[text.end] == "." {
          let end = characters[text.end...].firstIndex { !isWordCharacter($0) } ?? characters.count
          text = (text.value + String(characters[text.end..<end]), end)
        }
        tokens.append(FilterToken(kind: .quoted(text.value), column: column))
        position = text.end
      } else if isWordCharacter(character) {
        let end = characters[position...].firstIndex { !isWordCharacter($0) } ?? characters.count
        tokens.append(FilterToken(kind: .word(String(characters[position..<end])), column: column))
        position = end
      } else {
        throw FilterError(
          filter: filter, column: column, found: "'\(character)'",
          expected: "a name, a number, a quoted text or an operator")
      }
    }
    tokens.append(FilterToken(kind: .end, column: characters.count + 1))
    return tokens
  }

  /// Words hold what names and numbers are made of: `optimizer.adam.learning_rate`, `mean-field`, `-1e-3`.
  private static func isWordCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-.+/:%".contains(character)
  }

  /// The text between quotes; a quote inside is written twice.
  private static func quoted(
    _ characters: [Character], from start: Int, in filter: String
  ) throws(FilterError) -> (value: String, end: Int) {
    let quote = characters[start]
    var value = ""
    var position = start + 1
    while position < characters.count {
      if characters[position] != quote {
        value.append(characters[position])
        position += 1
      } else if position + 1 < characters.count && characters[position + 1] == quote {
        value.append(quote)
        position += 2
      } else {
        return (value, position + 1)
      }
    }
    throw FilterError(
      filter: filter, column: start + 1, found: "a quoted text without an end", expected: "a closing \(quote)"
    )
  }
}
