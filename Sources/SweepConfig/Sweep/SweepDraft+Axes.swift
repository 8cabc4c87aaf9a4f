import Inference

/// The axes: `sweep:` and `zip:`.
extension SweepDraft {
  mutating func readSweep(_ entry: Positioned.Entry?, findings: inout Findings) {
    guard let entry, !entry.value.isNull else { return }
    sweepLocation = entry.keyLocation
    guard let axisEntries = entry.value.entries else {
      findings.add(
        "sweep is \(entry.value.value.kindDescription); use a mapping of paths to lists of values",
        at: entry.value.location)
      return
    }
    for axisEntry in axisEntries {
      if DrawnAxis.isMeant(by: axisEntry.value) {
        let axis = DrawnAxis(axisEntry, place: axes.count, findings: &findings)
        if let axis { drawn.append(axis) } else { isDrawnMisread = true }
        continue
      }
      guard let column = readColumn(axisEntry, findings: &findings) else { continue }
      append(Axis(columns: [column]), findings: &findings)
    }
  }

  mutating func readZip(_ entry: Positioned.Entry?, findings: inout Findings) {
    guard let entry, !entry.value.isNull else { return }
    let groups = entry.value.items ?? [entry.value]
    for group in groups {
      guard let columnEntries = group.entries, !columnEntries.isEmpty else {
        findings.add(
          "zip is \(group.value.kindDescription); use a mapping of paths to equally long lists, or a list of such mappings",
          at: group.location)
        continue
      }
      let columns = columnEntries.compactMap { readColumn($0, findings: &findings) }
      guard columns.count == columnEntries.count else { continue }
      let first = columns[0]
      let uneven = columns.filter { $0.values.count != first.values.count }
      for column in uneven {
        findings.add(
          "zip: '\(column.name)' has \(column.values.count) values and '\(first.name)' has \(first.values.count); make them equally long",
          at: column.keyLocation)
      }
      if uneven.isEmpty { append(Axis(columns: columns), findings: &findings) }
    }
  }

  private func readColumn(_ entry: Positioned.Entry, findings: inout Findings) -> Axis.Column? {
    guard let path = dottedPath(entry.key) else {
      findings.add(
        "'\(entry.key)' is not a path; write names joined by dots, as in optimizer.adam.learning_rate",
        at: entry.keyLocation)
      return nil
    }
    guard let values = entry.value.items else {
      findings.add(
        "axis '\(entry.key)' is \(entry.value.value.kindDescription); use a list of values, or move it to run:",
        at: entry.value.location)
      return nil
    }
    guard !values.isEmpty else {
      findings.add("axis '\(entry.key)' has no values; list at least one", at: entry.value.location)
      return nil
    }
    return Axis.Column(path: path, keyLocation: entry.keyLocation, values: values)
  }

  /// Adds an axis, unless it sets what an earlier one sets, or replaces what an earlier one refines.
  mutating func append(_ axis: Axis, at place: Int? = nil, findings: inout Findings) {
    let known = axes.flatMap(\.columns)
    for (index, column) in axis.columns.enumerated() {
      let earlier = known + axis.columns[..<index]
      if earlier.contains(where: { $0.path == column.path }) {
        findings.add("'\(column.name)' is an axis already; keep one of them", at: column.keyLocation)
        return
      }
      if let refined = earlier.first(where: { $0.path.starts(with: column.path) }) {
        findings.add(
          "axis '\(column.name)' would replace what '\(refined.name)' sets; move it before that axis",
          at: column.keyLocation)
        return
      }
    }
    axes.insert(axis, at: place ?? axes.count)
  }
}

/// The names of a dotted path, or nil where one of them is empty.
func dottedPath(_ text: String) -> [String]? {
  let names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  return names.contains { $0.isEmpty } ? nil : names
}
