import Comparison
public import Tracking

/// Selects runs of a store by an expression over their columns, parameters, tags and what they recorded.
public enum RunFilter {
  /// The runs of a sweep (of all for nil) that a filter selects, in their order; all of them where it is empty.
  ///
  /// - Parameter areRemoved: whether removed runs are looked for instead, of all sweeps.
  /// - Throws: `FilterError`, also for a name that no run of the store has; `StoreError`.
  public static func runs(
    _ filter: String, in sweep: String?, of store: Store, areRemoved: Bool = false
  ) throws -> [RunSummary] {
    let expression = filter.allSatisfy(\.isWhitespace) ? nil : try parsed(filter, of: store)
    return try areRemoved
      ? store.removedRuns(matching: expression) : store.runs(in: sweep, matching: expression)
  }

  private static func parsed(_ filter: String, of store: Store) throws -> FilterExpression {
    let names = try store.filterNames { name in
      (RunMetric(rawValue: name)?.metric ?? RecordedMetric(name).metric).direction == .lowerIsBetter
    }
    return try FilterExpression(parsing: filter, names: names)
  }
}
