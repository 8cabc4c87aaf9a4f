import Inference

/// A `key=value` argument: the path it sets, and the value or the values.
struct Override {
  var path: [String]
  var keyLocation: Location
  /// The text of the value as given.
  var text: String
  /// The value read as YAML, or the list of the values between commas.
  var value: Positioned
  /// Whether the value is a list because of commas outside brackets.
  var isCommaList: Bool

  var key: String { path.joined(separator: ".") }

  /// Reads an argument.
  ///
  /// - Parameter source: the number of the argument among the sources, for the locations.
  init?(_ argument: String, source: Int, findings: inout Findings) {
    keyLocation = Location(source: source, line: 1, column: 1)
    guard let equals = argument.firstIndex(of: "=") else {
      findings.add("an argument sets an option; write key=value", at: keyLocation)
      return nil
    }
    let key = String(argument[..<equals])
    guard let path = dottedPath(key) else {
      findings.add(
        "'\(key)' is not a path; write names joined by dots, as in optimizer.adam.learning_rate",
        at: keyLocation)
      return nil
    }
    self.path = path
    text = String(argument[argument.index(after: equals)...])
    isCommaList = hasOuterComma(text)
    // Blanks take the place of `key=`, so that columns in the value are columns in the argument.
    let blanks = String(repeating: " ", count: key.unicodeScalars.count)
    let yaml = isCommaList ? blanks + "[" + text + "]" : blanks + " " + text
    let valueLocation = Location(source: source, line: 1, column: key.unicodeScalars.count + 2)
    if ["name", "description", "data_dir"].contains(key) {
      value = Positioned(.scalar(.text(text)), at: valueLocation)
      return
    }
    do throws(YamlProblem) {
      value =
        try YamlReader.read(yaml, source: source) ?? Positioned(.scalar(.null), at: valueLocation)
    } catch {
      // What the parser misses at the end of the text it may place on a line of its own.
      let end = argument.unicodeScalars.count + 1
      let column = error.place.map { $0.line == 1 ? min($0.column, end) : end } ?? 1
      findings.add(error.message, at: Location(source: source, line: 1, column: column))
      return nil
    }
  }
}

/// Whether a comma stands outside brackets and quotes.
private func hasOuterComma(_ text: String) -> Bool {
  var depth = 0
  var quote: Character?
  for character in text {
    switch character {
    case "\"", "'": quote = quote == nil ? character : quote == character ? nil : quote
    case _ where quote != nil: break
    case "[", "{": depth += 1
    case "]", "}": depth -= 1
    case "," where depth == 0: return true
    default: break
    }
  }
  return false
}
