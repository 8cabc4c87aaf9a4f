internal import GRDB

extension Store {
  /// The names that a filter of runs of this store can ask for.
  ///
  /// - Parameter lowerIsBetter: whether the best value of a metric is its smallest.
  public func filterNames(
    lowerIsBetter: @escaping @Sendable (String) -> Bool
  ) throws(StoreError) -> FilterNames {
    try read { database in
      FilterNames(
        parameters: try String.fetchAll(database, sql: "SELECT key FROM parameter"),
        metrics: try String.fetchAll(database, sql: "SELECT name FROM metric"), lowerIsBetter: lowerIsBetter)
    }
  }
}
