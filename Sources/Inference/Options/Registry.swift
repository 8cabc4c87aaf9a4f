/// The components of one kind, in the order of the catalog: adding one is adding its file and one line here.
public struct Registry<Item>: Sendable {
  /// One component: how it is described, and how it is made from its options.
  struct Entry: Sendable {
    let description: ComponentDescription
    let make: @Sendable (ConfigMapping, [String], inout [SettingsProblem]) -> Item
  }

  let kind: ComponentKind
  let entries: [Entry]

  public var descriptions: [ComponentDescription] { entries.map(\.description) }

  /// The component that `value` names, with its options; nil after appending to `problems`.
  func make(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) -> Item? {
    let names = entries.map(\.description.name)
    guard
      let reference = ComponentReference(value, kind: kind, valid: names, at: path, problems: &problems),
      let entry = entries.first(where: { $0.description.name == reference.name })
    else { return nil }
    return entry.make(reference.options, reference.path, &problems)
  }
}

extension Registry.Entry {
  /// An entry for a type that is itself the component.
  init<C: Component>(_ type: C.Type, as kind: ComponentKind, item: @escaping @Sendable (C) -> Item) {
    self.init(description: C.description(as: kind)) { options, path, problems in
      item(C(options, at: path, problems: &problems))
    }
  }
}

/// Every component there is, for the catalog and the schema of sweep files.
public enum Catalog {
  public static func components(of kind: ComponentKind) -> [ComponentDescription] {
    switch kind {
    case .model: Registry.models.descriptions
    case .family: Registry.families.descriptions
    case .optimizer: Registry.optimizers.descriptions
    case .schedule: Registry.schedules.descriptions
    case .betaSchedule: Registry.betaSchedules.descriptions
    case .form: named(Form.self, as: kind)
    case .objective: Registry.objectives.descriptions
    case .estimator: Registry.estimators.descriptions
    }
  }

  private static func named<Choice: Summarized>(_ type: Choice.Type, as kind: ComponentKind)
    -> [ComponentDescription]
  {
    Choice.allCases.map {
      ComponentDescription(kind: kind, name: $0.rawValue, summary: $0.summary, options: [])
    }
  }
}

/// A closed set of names, each with one line that says what it is.
public protocol Summarized: RawRepresentable<String>, CaseIterable, Sendable {
  var summary: String { get }
}
