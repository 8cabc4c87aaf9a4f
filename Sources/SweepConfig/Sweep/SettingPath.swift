import Inference

/// A dotted path cannot be followed: what the error says.
struct PathProblem: Error {
  var message: String
}

/// Sets the option at a path, making the mappings on the way to it.
///
/// Where the path goes through a component (`optimizer.adam.learning_rate`), that component must be the one
/// chosen; a plain name becomes a mapping with options.
///
/// - Parameters:
///   - path: the names still to follow.
///   - options: what is known of the options of `entries`; empty where nothing is.
func set(
  _ column: Axis.Column, following path: ArraySlice<String>, to value: Positioned,
  in entries: inout [Positioned.Entry], options: [OptionInfo]
) throws(PathProblem) {
  guard let key = path.first else { return }
  let index = entries.firstIndex { $0.key == key }
  var entry =
    index.map { entries[$0] }
    ?? Positioned.Entry(
      key: key, keyLocation: column.keyLocation,
      value: Positioned(.scalar(.null), at: column.keyLocation))
  let info = options.first { $0.name == key }
  if path.count == 1 {
    entry = Positioned.Entry(key: key, keyLocation: column.keyLocation, value: value)
  } else if case .component(let kind) = info?.kind {
    try setComponent(
      column, following: path.dropFirst(), to: value, in: &entry, kind: kind,
      default: info?.defaultValue ?? .null)
  } else {
    var inner = try plainEntries(of: entry, column: column)
    try set(column, following: path.dropFirst(), to: value, in: &inner, options: info?.settings ?? [])
    entry.value.content = .mapping(inner)
  }
  if let index { entries[index] = entry } else { entries.append(entry) }
}

/// Sets what is left of a path, component name first, inside the component that `entry` chooses.
private func setComponent(
  _ column: Axis.Column, following path: ArraySlice<String>, to value: Positioned,
  in entry: inout Positioned.Entry, kind: ComponentKind, default defaultValue: ConfigValue
) throws(PathProblem) {
  guard let name = path.first else { return }
  let components = Catalog.components(of: kind)
  guard let component = components.first(where: { $0.name == name }) else {
    let problem = SettingsProblem.unknownName(
      name, kind: kind.rawValue, valid: components.map(\.name), at: column.path)
    throw PathProblem(message: "\(column.name): \(problem.description)")
  }
  let chosen = entry.value.isNull ? defaultValue : entry.value.value
  guard matches(.text(name), chosen) else {
    throw PathProblem(
      message:
        "\(column.name) has no place where \(entry.key) is \(spelled(chosen)); exclude those cells, or list whole components under '\(entry.key)'"
    )
  }
  var nested =
    entry.value.entries?.first
    ?? Positioned.Entry(
      key: name, keyLocation: entry.value.location,
      value: Positioned(.mapping([]), at: entry.value.location))
  if path.count == 1 {
    nested = Positioned.Entry(key: name, keyLocation: column.keyLocation, value: value)
  } else {
    var inner = try plainEntries(of: nested, column: column)
    try set(column, following: path.dropFirst(), to: value, in: &inner, options: component.options)
    nested.value.content = .mapping(inner)
  }
  entry.value.content = .mapping([nested])
}

private func plainEntries(of entry: Positioned.Entry, column: Axis.Column) throws(PathProblem)
  -> [Positioned.Entry]
{
  if let entries = entry.value.entries { return entries }
  if entry.value.isNull { return [] }
  throw PathProblem(
    message:
      "\(column.name) has no place: \(entry.key) is \(spelled(entry.value.value)), which has no options")
}

/// The value at a path of a cell's settings: as written, else the option's default; nil where there is neither.
func lookUp(_ path: ArraySlice<String>, in settings: ConfigMapping, options: [OptionInfo]) -> ConfigValue? {
  guard let key = path.first else { return nil }
  let info = options.first { $0.name == key }
  let written = settings[key]
  guard let value = written == nil || written == .null ? info?.defaultValue ?? written : written else {
    return nil
  }
  let rest = path.dropFirst()
  guard let name = rest.first else { return value }
  if case .component(let kind) = info?.kind {
    guard matches(.text(name), value) else { return nil }
    let inner = value.asMapping?.entries.first?.value.asMapping ?? ConfigMapping()
    if rest.count == 1 { return .mapping(inner) }
    let known = Catalog.components(of: kind).first { $0.name == name }?.options ?? []
    return lookUp(rest.dropFirst(), in: inner, options: known)
  }
  return value.asMapping.flatMap { lookUp(rest, in: $0, options: info?.settings ?? []) }
}

extension OptionInfo {
  /// The options of a mapping of settings.
  var settings: [OptionInfo] {
    if case .settings(let options, _) = kind { options } else { [] }
  }
}
