/// Options that hold lists of names, words, and values of any name.
extension Option {
  /// A list of lists of names.
  static func textLists(_ name: String, _ property: Property<[[String]]?>, _ help: String) -> Self {
    make(
      name, .textLists, help, optional: true, property,
      encode: { $0.map { .list($0.map { .list($0.map(ConfigValue.text)) }) } ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        let words = "a list of lists of names"
        guard case .list(let lists) = value else { throw .wrongKind(value, expected: words) }
        var result: [[String]] = []
        for (index, list) in lists.enumerated() {
          guard case .list(let items) = list else {
            throw .wrongKind(list, expected: words).prefixed([String(index)])
          }
          var names: [String] = []
          for item in items {
            guard case .text(let text) = item else {
              throw .wrongKind(item, expected: words).prefixed([String(index), String(names.count)])
            }
            names.append(text)
          }
          result.append(names)
        }
        return result
      })
  }

  /// A list of words; numbers are words as they are written shortest.
  static func words(
    _ name: String, _ property: Property<[String]>, required: Bool = false, _ help: String
  ) -> Self {
    make(
      name, .words, help, required: required, property, encode: { .list($0.map(ConfigValue.text)) },
      decode: { value throws(SettingsProblem) in
        guard case .list(let items) = value, !items.isEmpty else {
          throw .wrongKind(value, expected: "a list of words, the program first")
        }
        var words: [String] = []
        for (index, item) in items.enumerated() {
          do throws(SettingsProblem) {
            words.append(try item.word())
          } catch {
            throw error.prefixed([String(index)])
          }
        }
        return words
      })
  }

  /// A mapping of names to words, the names being those of environment variables.
  static func wordMapping(_ name: String, _ property: Property<ConfigMapping>, _ help: String) -> Self {
    make(
      name, .wordMapping, help, property, encode: ConfigValue.mapping,
      decode: { value throws(SettingsProblem) in
        guard case .mapping(let mapping) = value else {
          throw .wrongKind(value, expected: "a mapping of names to words")
        }
        var words = ConfigMapping()
        for entry in mapping.entries {
          guard !entry.key.isEmpty, !entry.key.contains("="), !entry.key.contains("\0") else {
            throw SettingsProblem(
              path: [entry.key], what: "'\(entry.key)' is no name of a variable", fix: "use one without '='")
          }
          do throws(SettingsProblem) {
            words[entry.key] = .text(try entry.value.word())
          } catch {
            throw error.prefixed([entry.key])
          }
        }
        return words
      })
  }

  /// A mapping of any names to any values.
  static func values(_ name: String, _ property: Property<ConfigMapping>, _ help: String) -> Self {
    make(
      name, .values, help, property, encode: ConfigValue.mapping,
      decode: { value throws(SettingsProblem) in
        switch value {
        case .mapping(let mapping): return mapping
        case .null: return ConfigMapping()
        default: throw .wrongKind(value, expected: "a mapping of names to values")
        }
      })
  }
}

extension ConfigValue {
  /// The value as a word of a command.
  fileprivate func word() throws(SettingsProblem) -> String {
    switch self {
    case .text, .integer, .number, .boolean:
      let word = inline
      guard !word.utf8.contains(0) else {
        throw SettingsProblem(path: [], what: "holds a NUL, which ends a word", fix: "remove it")
      }
      return word
    case .null, .list, .mapping: throw .wrongKind(self, expected: "text or a number")
    }
  }
}
