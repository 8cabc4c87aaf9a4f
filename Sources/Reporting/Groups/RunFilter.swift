public import Comparison
public import Tracking

/// Selects runs by an expression over their columns, parameters and results.
public enum RunFilter {
  /// The runs that a filter selects, in their order; all of them where it is empty.
  ///
  /// - Throws: `FilterError`, also for a name that no run has.
  public static func select(_ runs: [RunSummary], _ filter: String) throws(FilterError) -> [RunSummary] {
    guard filter.contains(where: { !$0.isWhitespace }) else { return runs }
    let names =
      ["run_id", "sweep", "cell_id", "seed", "status", "suspect", "tag", "note"]
      + RunMetric.allCases.map(\.rawValue)
    let expression = try FilterExpression(parsing: filter, known: Set(names + RunKeys.allKeys(of: runs)))
    return runs.filter { run in expression.matches { value(of: $0, in: run) } }
  }

  private static func value(of name: String, in run: RunSummary) -> FilterValue? {
    if name == "suspect" { return run.outcome?.suspect.map(FilterValue.text) }
    if name == "tag" { return .list(run.tags.map(FilterValue.text)) }
    if name == "note" { return run.note.map(FilterValue.text) }
    if let metric = RunMetric(rawValue: name) { return metric.value(of: run).map(FilterValue.number) }
    switch run.value(of: name) {
    case nil, .null: return nil
    case .integer(let number): return .number(Double(number))
    case .number(let number): return .number(number)
    case .text(let text): return .text(text)
    }
  }
}
