public import Inference

extension Sweep {
  /// Reads a sweep from its text, applies the arguments, and resolves every cell.
  ///
  /// - Parameters:
  ///   - file: what to call the text in errors.
  ///   - tables: where models get their data from.
  /// - Throws: everything that is wrong with any cell.
  public static func read(
    _ text: String, file: String, tables: any TableSource, overrides: [String] = []
  ) throws(SweepError) -> Sweep {
    try read(text, file: file, overrides: overrides) { _ in tables }
  }

  /// Reads a sweep from its text.
  ///
  /// - Parameter tables: where models get their data from, given the sweep's `data_dir`.
  static func read(
    _ text: String, file: String, overrides: [String], tables: (_ dataFolder: String?) -> any TableSource
  ) throws(SweepError) -> Sweep {
    let sources =
      [SourceText(text, origin: .file(file))]
      + overrides.map { SourceText($0, origin: .argument($0)) }
    var findings = Findings()
    guard let draft = draft(of: text, overrides: overrides, findings: &findings) else {
      throw findings.error(in: sources)
    }
    var cells: [Cell] = []
    if draft.isAssemblable && draft.hasAcceptableSize(&findings) {
      var builder = CellBuilder(draft, resolver: SettingsResolver(tables: tables(draft.dataFolder)))
      cells = builder.build(findings: &findings)
    }
    if findings.count > 0 { throw findings.error(in: sources) }
    return Sweep(
      name: draft.name, description: draft.description, source: text, overrides: overrides, axes: draft.axes,
      cells: cells, seeds: draft.seeds, halving: draft.halving, limits: draft.limits)
  }

  /// The folder of `data_dir:`, as the text or the arguments say it.
  static func dataFolder(of text: String, overrides: [String]) -> String? {
    var findings = Findings()
    return draft(of: text, overrides: overrides, findings: &findings)?.dataFolder
  }

  /// The budgets of `search:`, as the text or the arguments say them; nil where there are none.
  public static func halving(of text: String, overrides: [String]) -> Halving? {
    var findings = Findings()
    return draft(of: text, overrides: overrides, findings: &findings)?.halving
  }

  /// The parts of the text and of the arguments; nil where the text is not YAML.
  private static func draft(of text: String, overrides: [String], findings: inout Findings) -> SweepDraft? {
    let settings = overrides.enumerated().compactMap { index, argument in
      Override(argument, source: index + 1, findings: &findings)
    }
    do throws(YamlProblem) {
      guard let root = try YamlReader.read(text, source: 0) else {
        findings.addWholeFile("the file is empty; `wb init` writes an example")
        return nil
      }
      let replaced = SweepDraft.replacing(topLevelOf: root, by: settings, findings: &findings)
      var draft = SweepDraft(replaced, findings: &findings)
      draft.apply(settings, findings: &findings)
      if let budgets = draft.halving?.budgets {
        draft.halving?.cellsPerRung = (draft.axes.productCount ?? 0) / budgets.count
      }
      return draft
    } catch {
      findings.add(error, source: 0)
      return nil
    }
  }
}
