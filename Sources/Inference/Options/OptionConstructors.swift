/// The ways to declare an option: one line of `static let options` each.
extension Option {
  /// Where an option's value goes in the type it configures.
  public typealias Property<Value> = any WritableKeyPath<Root, Value> & Sendable

  public static func number(
    _ name: String, _ property: Property<Double>, _ bounds: Bounds, _ help: String
  ) -> Self {
    make(
      name, .number(bounds), help, property, encode: ConfigValue.number,
      decode: { value throws(SettingsProblem) in
        try value.number(in: bounds)
      })
  }

  public static func number(
    _ name: String, _ property: Property<Double?>, _ bounds: Bounds,
    _ help: String
  ) -> Self {
    make(
      name, .number(bounds), help, optional: true, property, encode: { $0.map(ConfigValue.number) ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        return try value.number(in: bounds)
      })
  }

  public static func integer(
    _ name: String, _ property: Property<Int>, _ range: ClosedRange<Int>,
    _ help: String
  ) -> Self {
    make(
      name, .integer(range), help, property, encode: ConfigValue.integer,
      decode: { value throws(SettingsProblem) in
        try value.integer(in: range)
      })
  }

  public static func integer(
    _ name: String, _ property: Property<Int?>, _ range: ClosedRange<Int>,
    _ help: String
  ) -> Self {
    make(
      name, .integer(range), help, optional: true, property, encode: { $0.map(ConfigValue.integer) ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        return try value.integer(in: range)
      })
  }

  public static func boolean(
    _ name: String, _ property: Property<Bool>, _ help: String
  ) -> Self {
    make(
      name, .boolean, help, property, encode: ConfigValue.boolean,
      decode: { value throws(SettingsProblem) in
        guard case .boolean(let flag) = value else { throw .wrongKind(value, expected: "true or false") }
        return flag
      })
  }

  /// An option whose value is one of an enumeration's raw values.
  public static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ property: Property<Choice>, _ help: String
  ) -> Self {
    let names = Choice.allCases.map(\.rawValue)
    return make(
      name, .choice(names), help, property, encode: { .text($0.rawValue) },
      decode: { value throws(SettingsProblem) in try value.choice() })
  }

  /// The same where leaving it out has a meaning of its own.
  public static func choice<Choice: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ property: Property<Choice?>, _ help: String
  ) -> Self {
    let names = Choice.allCases.map(\.rawValue)
    return make(
      name, .choice(names), help, optional: true, property,
      encode: { $0.map { .text($0.rawValue) } ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        return try value.choice()
      })
  }

  public static func text(
    _ name: String, _ property: Property<String?>, required: Bool = false,
    _ help: String
  ) -> Self {
    makeText(name, .text, property, required: required, help)
  }

  /// The path of a table; the sweep reader loads it and hands the table to the model.
  public static func table(
    _ name: String, _ property: Property<String?>, required: Bool = false,
    _ help: String
  ) -> Self {
    makeText(name, .table, property, required: required, help)
  }

  /// The path of an array of data; the sweep reader loads it and hands the array to the model.
  public static func array(
    _ name: String, _ property: Property<String?>, required: Bool = false,
    _ help: String
  ) -> Self {
    makeText(name, .array, property, required: required, help)
  }

  /// The path of a file; the sweep reader loads its bytes and hands them to the model.
  public static func file(
    _ name: String, _ property: Property<String?>, required: Bool = false,
    _ help: String
  ) -> Self {
    makeText(name, .file, property, required: required, help)
  }

  public static func numbers(
    _ name: String, _ property: Property<[Double]>, _ bounds: Bounds,
    _ help: String
  ) -> Self {
    make(
      name, .numbers(bounds), help, property, encode: { .list($0.map(ConfigValue.number)) },
      decode: { value throws(SettingsProblem) in try value.numbers(in: bounds) })
  }

  /// The same where leaving it out has a meaning of its own.
  public static func numbers(
    _ name: String, _ property: Property<[Double]?>, _ bounds: Bounds,
    _ help: String
  ) -> Self {
    make(
      name, .numbers(bounds), help, optional: true, property,
      encode: { $0.map { .list($0.map(ConfigValue.number)) } ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        return try value.numbers(in: bounds)
      })
  }

  public static func integers(
    _ name: String, _ property: Property<[Int]>, _ range: ClosedRange<Int>, _ help: String
  ) -> Self {
    make(
      name, .integers(range), help, property, encode: { .list($0.map(ConfigValue.integer)) },
      decode: { value throws(SettingsProblem) in try value.integers(in: range) })
  }

  public static func integers(
    _ name: String, _ property: Property<[Int]?>, _ range: ClosedRange<Int>, _ help: String
  ) -> Self {
    make(
      name, .integers(range), help, optional: true, property,
      encode: { $0.map { .list($0.map(ConfigValue.integer)) } ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        return try value.integers(in: range)
      })
  }

  public static func texts(
    _ name: String, _ property: Property<[String]?>, _ help: String
  ) -> Self {
    make(
      name, .texts, help, optional: true, property,
      encode: { $0.map { .list($0.map(ConfigValue.text)) } ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null { return nil }
        guard case .list(let items) = value else { throw .wrongKind(value, expected: "a list of names") }
        var names: [String] = []
        for item in items {
          guard case .text(let text) = item else { throw .wrongKind(item, expected: "a list of names") }
          names.append(text)
        }
        return names
      })
  }

  /// An option that holds another component, chosen from a registry.
  public static func component<Choice: ComponentChoice>(
    _ name: String, _ property: Property<Choice>, _ help: String
  ) -> Self {
    let info = OptionInfo(
      name: name, kind: .component(Choice.kind), help: help,
      defaultValue: Root()[keyPath: property].configValue, isRequired: false, isOptional: false)
    return Option(
      info: info,
      store: { root, value, path, problems in
        if let choice = Choice(value, at: path, problems: &problems) { root[keyPath: property] = choice }
      },
      load: { $0[keyPath: property].configValue })
  }

  /// An option that is a mapping of settings of its own.
  public static func settings<Settings: Configurable>(
    _ name: String, _ property: Property<Settings>, _ help: String
  ) -> Self {
    let info = OptionInfo(
      name: name, kind: .settings(Settings.optionInfos, orNames: []), help: help,
      defaultValue: .mapping(Root()[keyPath: property].configuration), isRequired: false, isOptional: false)
    return Option(
      info: info,
      store: { root, value, path, problems in
        guard case .mapping(let mapping) = value else {
          problems.append(SettingsProblem.wrongKind(value, expected: "a mapping of settings").prefixed(path))
          return
        }
        root[keyPath: property] = Settings(mapping, at: path, problems: &problems)
      },
      load: { .mapping($0[keyPath: property].configuration) })
  }

  /// The same where leaving it out has a meaning of its own.
  public static func settings<Settings: Configurable>(
    _ name: String, _ property: Property<Settings?>, _ help: String
  ) -> Self {
    let info = OptionInfo(
      name: name, kind: .settings(Settings.optionInfos, orNames: []), help: help, defaultValue: .null,
      isRequired: false, isOptional: true)
    return Option(
      info: info,
      store: { root, value, path, problems in
        switch value {
        case .null: root[keyPath: property] = nil
        case .mapping(let mapping):
          root[keyPath: property] = Settings(mapping, at: path, problems: &problems)
        default:
          problems.append(SettingsProblem.wrongKind(value, expected: "a mapping of settings").prefixed(path))
        }
      },
      load: { $0[keyPath: property].map { .mapping($0.configuration) } ?? .null })
  }

  private static func makeText(
    _ name: String, _ kind: OptionKind, _ property: Property<String?>, required: Bool,
    _ help: String
  ) -> Self {
    make(
      name, kind, help, required: required, optional: !required, property,
      encode: { $0.map(ConfigValue.text) ?? .null },
      decode: { value throws(SettingsProblem) in
        if value == .null, !required { return nil }
        guard case .text(let text) = value else { throw .wrongKind(value, expected: "text") }
        return text
      })
  }

  static func make<Value>(
    _ name: String, _ kind: OptionKind, _ help: String, required: Bool = false, optional: Bool = false,
    _ property: Property<Value>,
    encode: @escaping @Sendable (Value) -> ConfigValue,
    decode: @escaping @Sendable (ConfigValue) throws(SettingsProblem) -> Value
  ) -> Self {
    let info = OptionInfo(
      name: name, kind: kind, help: help, defaultValue: encode(Root()[keyPath: property]),
      isRequired: required, isOptional: optional)
    return Option(
      info: info,
      store: { root, value, path, problems in
        do throws(SettingsProblem) {
          root[keyPath: property] = try decode(value)
        } catch {
          problems.append(error.prefixed(path))
        }
      },
      load: { encode($0[keyPath: property]) })
  }
}
