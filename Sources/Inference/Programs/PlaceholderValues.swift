/// What placeholders stand for: a run's resolved configuration by dotted paths, its seed and its id.
struct PlaceholderValues {
  /// What is known of a run once it has a seed.
  static let ofRun = ["seed", "run_id"]

  let configuration: ConfigMapping

  /// The value at a path; a component with options is its name.
  subscript(name: String) -> String? {
    var value = ConfigValue.mapping(configuration)
    for key in name.split(separator: ".", omittingEmptySubsequences: false) {
      guard let inner = value.asMapping?[String(key)] else { return nil }
      value = inner
    }
    if let choice = value.asMapping?.entries, choice.count == 1, choice[0].value.asMapping != nil,
      !name.hasPrefix("parameters")
    {
      return choice[0].key
    }
    return value.inline
  }

  /// Every name that has a value, without the model's own options.
  var names: [String] {
    Self.names(in: configuration, under: "").filter { !$0.hasPrefix("model.") } + Self.ofRun
  }

  private static func names(in mapping: ConfigMapping, under prefix: String) -> [String] {
    mapping.entries.flatMap { entry in
      let name = prefix + entry.key
      return [name] + (entry.value.asMapping.map { names(in: $0, under: name + ".") } ?? [])
    }
  }
}
