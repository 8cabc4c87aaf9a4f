import Inference

/// Makes the cells of a sweep: assembles each from `run:` and its axis values, excludes, resolves, compares.
struct CellBuilder {
  private let draft: SweepDraft
  private let resolver: SettingsResolver
  private let options = RunSettings.optionInfos
  private var exclusions: ExclusionRecord

  init(_ draft: SweepDraft, resolver: SettingsResolver) {
    self.draft = draft
    self.resolver = resolver
    exclusions = ExclusionRecord(draft.exclusions)
  }

  /// The cells that are left after `exclude:`; what is wrong with any of them is added to `findings`.
  mutating func build(findings: inout Findings) -> [Cell] {
    var cells: [Cell] = []
    var firsts: [String: [Int]] = [:]
    for position in 0..<(draft.axes.productCount ?? 0) {
      let indices = draft.axes.indices(at: position)
      guard let cell = cell(at: indices, index: cells.count, place: position, findings: &findings) else {
        continue
      }
      if let earlier = firsts[cell.id] {
        // A draw may come up twice.
        if zip(draft.axes, zip(earlier, indices)).contains(where: { $0.isDrawn && $1.0 != $1.1 }) { continue }
        reportRepeat(of: earlier, by: indices, findings: &findings)
      } else {
        firsts[cell.id] = indices
      }
      cells.append(cell)
    }
    exclusions.reportUnmatched(overridden: draft.overriddenPaths, findings: &findings)
    draft.halving?.check(cells, findings: &findings)
    if cells.isEmpty && findings.count == 0 {
      findings.add("every cell is excluded; remove an exclude", at: draft.sweepLocation)
    }
    return cells
  }

  /// The cell at an index into each axis; nil where it is excluded or wrong.
  private mutating func cell(
    at indices: [Int], index: Int, place: Int, findings: inout Findings
  ) -> Cell? {
    var entries = draft.run
    var settings: [(column: Axis.Column, value: Positioned)] = []
    for (axis, index) in zip(draft.axes, indices) {
      for column in axis.columns { settings.append((column, column.values[index])) }
    }
    var problems: [(message: String, location: Location)] = []
    for (column, value) in settings + draft.lateSettings.map({ ($0, $0.values[0]) }) {
      do throws(PathProblem) {
        try set(column, following: column.path[...], to: value, in: &entries, options: options)
      } catch {
        problems.append((error.message, column.keyLocation))
      }
    }
    let configuration = Positioned.mapping(entries)
    let isExcluded = exclusions.excludes { path in
      settings.last { $0.column.path == path }?.value.value
        ?? lookUp(path[...], in: configuration, options: options)
    }
    if isExcluded { return nil }
    let resolved = resolve(configuration, entries: entries, problems: &problems)
    for problem in problems { findings.addCell(problem.message, at: problem.location) }
    guard problems.isEmpty, let resolved else { return nil }
    return Cell(
      index: index, place: place,
      axisValues: settings.map { Cell.AxisValue(path: $0.column.name, value: $0.value.value) },
      configuration: configuration, settings: resolved)
  }

  private func resolve(
    _ configuration: ConfigMapping, entries: [Positioned.Entry],
    problems: inout [(message: String, location: Location)]
  ) -> RunSettings? {
    do throws(SettingsProblems) {
      return try resolver.resolve(configuration)
    } catch {
      for problem in error.problems {
        problems.append((problem.description, problem.location(in: entries, of: draft.runLocation)))
      }
      return nil
    }
  }

  /// Two cells that resolve alike: says which axis has the values that make no difference.
  private func reportRepeat(of first: [Int], by second: [Int], findings: inout Findings) {
    for (axis, (earlier, later)) in zip(draft.axes, zip(first, second)) where earlier != later {
      for column in axis.columns {
        findings.addCell(
          "axis '\(column.name)' repeats a cell: value \(later + 1) gives the same run as value \(earlier + 1); remove one of them",
          at: column.values[later].location)
      }
      return
    }
  }
}
