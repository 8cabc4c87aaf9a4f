/// An interval of the real line that an option's value must lie in.
public struct Bounds: Hashable, Sendable {
  public var lower: Double?
  public var upper: Double?
  public var includesLower: Bool
  public var includesUpper: Bool

  public init(
    lower: Double? = nil, upper: Double? = nil, includesLower: Bool = true, includesUpper: Bool = true
  ) {
    self.lower = lower
    self.upper = upper
    self.includesLower = includesLower
    self.includesUpper = includesUpper
  }

  public static let any = Bounds()
  public static let positive = Bounds(lower: 0, includesLower: false)
  public static let nonNegative = Bounds(lower: 0)
  /// The half-open unit interval [0, 1), where decay rates live.
  public static let decay = Bounds(lower: 0, upper: 1, includesUpper: false)
  /// The half-open unit interval (0, 1], where fractions live.
  public static let fraction = Bounds(lower: 0, upper: 1, includesLower: false)

  public func contains(_ value: Double) -> Bool {
    guard value.isFinite else { return false }
    if let lower, includesLower ? value < lower : value <= lower { return false }
    if let upper, includesUpper ? value > upper : value >= upper { return false }
    return true
  }

  /// The interval in words: `a number above 0`, `a number from 0 up to 1`, `a number above -1 and below 1`.
  public var description: String {
    let from = lower.map { (includesLower ? "from " : "above ") + format($0) }
    let below = from == nil ? "below " : "and below "
    let to = upper.map { (includesUpper ? "up to " : below) + format($0) }
    return (["a number"] + [from, to].compactMap(\.self)).joined(separator: " ")
  }

  private func format(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}

/// What an option accepts; enough to check a value, to describe it and to write its JSON Schema.
public indirect enum OptionKind: Hashable, Sendable {
  case number(Bounds)
  case integer(ClosedRange<Int>)
  case boolean
  case choice([String])
  case text
  /// A number or a list of numbers.
  case numbers(Bounds)
  case texts
  /// A list of lists of texts.
  case textLists
  /// A mapping of settings of its own, or one of a few names.
  case settings([OptionInfo], orNames: [String])
  /// One of the components of a kind, as a name or a one-key mapping.
  case component(ComponentKind)
  /// The path of a table (CSV or JSON, also gzipped), relative to the sweep file or a data folder.
  case table
  /// The path of an array (NPY, IDX, or a table's columns; also gzipped), found as tables are.
  case array
  /// The path of a file whose bytes are read as they are, decompressed, found as tables are.
  case file
  /// The path of a program, found as tables are, or its text.
  case program
  /// The path of a file, found as tables are, or a mapping of any names to values.
  case fileOrValues
  /// A whole number or a list of them.
  case integers(ClosedRange<Int>)
  /// A list of texts and numbers.
  case words
  /// A mapping of names to texts and numbers.
  case wordMapping
  /// A mapping of any names to any values.
  case values
}

/// What is known of an option without the type that holds it: feeds the catalog, the schema and the errors.
public struct OptionInfo: Hashable, Sendable {
  public var name: String
  public var kind: OptionKind
  public var help: String
  /// The value when the option is left out; `.null` means that leaving it out has a meaning of its own.
  public var defaultValue: ConfigValue
  /// Whether the option must be given.
  public var isRequired: Bool
  /// Whether `null` is accepted.
  public var isOptional: Bool
}

/// One option of a component: its name, what it accepts, and where in `Root` its value goes.
public struct Option<Root: Configurable>: Sendable {
  public let info: OptionInfo
  /// Puts a value in its place, or appends what is wrong with it.
  let store: @Sendable (inout Root, ConfigValue, _ path: [String], inout [SettingsProblem]) -> Void
  let load: @Sendable (Root) -> ConfigValue
}

/// A type whose stored properties are options with defaults: the type *is* its YAML schema.
public protocol Configurable: Sendable {
  init()
  static var options: [Option<Self>] { get }
}

extension Configurable {
  /// What the options are, in declaration order.
  public static var optionInfos: [OptionInfo] { options.map(\.info) }

  /// Reads `configuration`, reporting every unknown key, missing option, wrong type and value out of range.
  ///
  /// - Parameter path: where `configuration` stands, for the problems' paths.
  public init(_ configuration: ConfigMapping, at path: [String], problems: inout [SettingsProblem]) {
    self.init()
    let options = Self.options
    for entry in configuration.entries {
      guard let option = options.first(where: { $0.info.name == entry.key }) else {
        problems.append(
          .unknownName(entry.key, kind: "option", valid: options.map(\.info.name), at: path + [entry.key]))
        continue
      }
      option.store(&self, entry.value, path + [entry.key], &problems)
    }
    for option in options where option.info.isRequired && configuration[option.info.name] == nil {
      problems.append(
        SettingsProblem(
          path: path, what: "option '\(option.info.name)' is missing",
          fix: "add \(option.info.name): … (\(option.info.help))"))
    }
  }

  /// Every option with its present value: the resolved configuration.
  public var configuration: ConfigMapping {
    var mapping = ConfigMapping()
    for option in Self.options { mapping[option.info.name] = option.load(self) }
    return mapping
  }
}
