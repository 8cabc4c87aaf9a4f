/// The kinds of component that a run is assembled from.
public enum ComponentKind: String, Hashable, Sendable, CaseIterable {
  case model, family, form, objective, estimator, optimizer, schedule
  case betaSchedule = "beta-schedule"
}

/// A named, described and configurable part of a run.
public protocol Component: Configurable {
  /// The name in sweep files: lower case with hyphens.
  static var name: String { get }
  /// One line that says what it is.
  static var summary: String { get }
}

/// What the catalog and the schema know of a component.
public struct ComponentDescription: Hashable, Sendable {
  public var kind: ComponentKind
  public var name: String
  public var summary: String
  public var options: [OptionInfo]
}

/// A value that holds one component of a registry, as chosen in a configuration.
public protocol ComponentChoice: Sendable {
  static var kind: ComponentKind { get }
  /// Reads a name, or a one-key mapping of a name to options; nil after appending to `problems`.
  init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem])
  /// The choice with all its options: `{name: {options}}`, or the plain name where there are none.
  var configValue: ConfigValue { get }
}

/// A component reference as written: its name and the mapping of its options.
package struct ComponentReference {
  package var name: String
  package var options: ConfigMapping
  /// The path of the options, for the problems found in them.
  package var path: [String]

  /// Reads `name` or `{name: {options}}`.
  package init?(
    _ value: ConfigValue, kind: ComponentKind, valid: [String], at path: [String],
    problems: inout [SettingsProblem]
  ) {
    let label = kind.rawValue
    switch value {
    case .text(let text):
      name = text
      options = ConfigMapping()
    case .mapping(let mapping) where mapping.entries.count == 1:
      name = mapping.entries[0].key
      switch mapping.entries[0].value {
      case .mapping(let inner): options = inner
      case .null: options = ConfigMapping()
      default:
        problems.append(
          SettingsProblem(
            path: path + [name], what: "is \(mapping.entries[0].value.kindDescription)",
            fix: "use a mapping of options: {\(name): {…}}"))
        return nil
      }
    case .mapping(let mapping):
      problems.append(
        SettingsProblem(
          path: path, what: "is a mapping with \(mapping.entries.count) keys",
          fix: "name one \(label), as NAME or {NAME: {options}}"))
      return nil
    default:
      problems.append(
        SettingsProblem(
          path: path, what: "is \(value.kindDescription)",
          fix: "use the name of a \(label): \(valid.joined(separator: ", "))"))
      return nil
    }
    self.path = value.asText == nil ? path + [name] : path
    guard valid.contains(name) else {
      problems.append(.unknownName(name, kind: label, valid: valid, at: self.path))
      return nil
    }
  }
}

extension Component {
  /// `{name: {options}}`, or the plain name where there are no options.
  var configValue: ConfigValue {
    let options = configuration
    return options.isEmpty ? .text(Self.name) : .mapping([Self.name: .mapping(options)])
  }

  static func description(as kind: ComponentKind) -> ComponentDescription {
    ComponentDescription(kind: kind, name: name, summary: summary, options: optionInfos)
  }
}
