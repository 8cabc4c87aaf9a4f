/// Options for programs in a language of models.
extension Option {
  /// The path of a program, or its text in a block.
  static func program(
    _ name: String, _ property: Property<String?>, required: Bool = false, _ help: String
  ) -> Self {
    make(
      name, .program, help, required: required, optional: !required, property,
      encode: { $0.map(ConfigValue.text) ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null, !required { return nil }
        guard case .text(let text) = value else {
          throw .wrongKind(value, expected: "the path of a program, or its text in a block after |")
        }
        return text
      })
  }

  /// The path of a file of values, or a mapping of their names to them.
  static func fileOrValues(_ name: String, _ property: Property<ConfigValue>, _ help: String) -> Self {
    make(
      name, .fileOrValues, help, optional: true, property, encode: { $0 },
      decode: { value throws(SettingsProblem) in
        switch value {
        case .null, .text, .mapping: return value
        default: throw .wrongKind(value, expected: "the path of a file, or a mapping of names to values")
        }
      })
  }
}

extension OptionKind {
  /// The path that a value of the option names; nil where the value stands for itself.
  func path(_ value: ConfigValue?) -> String? {
    guard let text = value?.asText else { return nil }
    switch self {
    case .table, .array, .file, .fileOrValues: return text
    case .program: return Self.isProgramText(text) ? nil : text
    default: return nil
    }
  }

  /// Whether text is a program rather than the path of one.
  static func isProgramText(_ text: String) -> Bool { text.contains("\n") || text.contains("{") }
}
