import Inference

/// Arguments take the place of what the file says at the same path.
extension SweepDraft {
  /// Puts arguments for `name`, `description`, `data_dir`, `search`, `seeds` and the limits in the place of the file's entries.
  static func replacing(
    topLevelOf root: Positioned, by overrides: [Override], findings: inout Findings
  ) -> Positioned {
    guard var entries = root.entries else { return root }
    for override in overrides where override.path.count == 1 && keys.contains(override.key) {
      guard
        (["name", "description", "data_dir", "search", "seeds"] + ExecutionLimits.keys).contains(override.key)
      else {
        findings.add(
          "'\(override.key)' cannot be given as an argument; give the path of an option, as in beta=0.1,1",
          at: override.keyLocation)
        continue
      }
      let entry = Positioned.Entry(
        key: override.key, keyLocation: override.keyLocation, value: override.value)
      if let index = entries.firstIndex(where: { $0.key == override.key }) {
        entries[index] = entry
      } else {
        entries.append(entry)
      }
    }
    return Positioned(.mapping(entries), at: root.location)
  }

  /// Applies the arguments that set options: several values are an axis, one is a setting of every run.
  mutating func apply(_ overrides: [Override], findings: inout Findings) {
    var known: Set<String> = []
    // A whole component is set before its options, whichever argument came first.
    let wholes = overrides.filter { whole in
      overrides.contains { $0.path.count > whole.path.count && $0.path.starts(with: whole.path) }
    }
    let rest = overrides.filter { override in !wholes.contains { $0.keyLocation == override.keyLocation } }
    for override in wholes + rest {
      guard known.insert(override.key).inserted else {
        findings.add("'\(override.key)' is given twice; give it once", at: override.keyLocation)
        continue
      }
      if override.path.count == 1 && Self.keys.contains(override.key) { continue }
      overriddenPaths.append(override.path)
      apply(override, findings: &findings)
    }
  }

  private mutating func apply(_ override: Override, findings: inout Findings) {
    if let halving, override.path.starts(with: halving.column.path) {
      findings.add(
        "'\(override.key)' is what halving sets; give other budgets with search={…}", at: override.keyLocation
      )
      return
    }
    let values: [Positioned]
    if let items = override.value.items, override.isCommaList || !takesList(override.path) {
      values = items
    } else {
      values = [override.value]
    }
    guard !values.isEmpty else {
      findings.add("'\(override.key)' has no values; give at least one", at: override.value.location)
      return
    }
    let column = Axis.Column(path: override.path, keyLocation: override.keyLocation, values: values)
    if values.count > 1 {
      replaceAxis(with: column)
    } else {
      removeAxis(column.path)
      setForAllRuns(column, findings: &findings)
    }
  }

  private mutating func replaceAxis(with column: Axis.Column) {
    if let index = axes.firstIndex(where: { $0.columns.count == 1 && $0.columns[0].path == column.path }) {
      axes[index].columns = [column]
    } else {
      removeAxis(column.path)
      // What refines this component must still come after it.
      let refinement = axes.firstIndex { $0.columns.contains { $0.path.starts(with: column.path) } }
      axes.insert(Axis(columns: [column]), at: refinement ?? axes.endIndex)
    }
  }

  /// Takes a path out of the axes; what moved together with it stays.
  private mutating func removeAxis(_ path: [String]) {
    for index in axes.indices { axes[index].columns.removeAll { $0.path == path } }
    axes.removeAll { $0.columns.isEmpty }
  }

  private mutating func setForAllRuns(_ column: Axis.Column, findings: inout Findings) {
    let isInsideAxis = axes.contains { axis in axis.columns.contains { column.path.starts(with: $0.path) } }
    if isInsideAxis {
      lateSettings.append(column)
      return
    }
    do throws(PathProblem) {
      try set(
        column, following: column.path[...], to: column.values[0], in: &run, options: RunSettings.optionInfos)
    } catch {
      findings.add(error.message, at: column.keyLocation)
    }
  }

  /// Whether the option at a path is itself a list, so that brackets write one value.
  private func takesList(_ path: [String]) -> Bool {
    switch optionInfo(path[...], options: RunSettings.optionInfos)?.kind {
    case .numbers, .integers, .texts, .textLists, .words: true
    default: false
    }
  }
}

/// What is known of the option at a path.
private func optionInfo(_ path: ArraySlice<String>, options: [OptionInfo]) -> OptionInfo? {
  guard let info = options.first(where: { $0.name == path.first }) else { return nil }
  let rest = path.dropFirst()
  guard let name = rest.first else { return info }
  guard case .component(let kind) = info.kind else { return optionInfo(rest, options: info.settings) }
  let component = Catalog.components(of: kind).first { $0.name == name }
  return component.flatMap { optionInfo(rest.dropFirst(), options: $0.options) }
}
