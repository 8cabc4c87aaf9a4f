internal import GRDB

extension Store {
  /// The name of the sweep that is asked for, and for nil of the one with the last activity: the sweeps that ``sweep(named:)``
  /// and ``latestSweep()`` find, without a count of their runs by status, which takes as long as to list them.
  ///
  /// - Returns: nil in a store without sweeps, where none is asked for.
  /// - Throws: `unknownSweep` with the names that there are.
  public func sweepName(_ name: String?) throws(StoreError) -> String? {
    let (known, latest) = try read { database in
      let known = try Self.sweepNames(database)
      guard name == nil, known.count > 1 else { return (known, known.first) }
      return (known, try Self.sweepNames(database, order: Self.latestFirst).first)
    }
    guard let name else { return latest }
    guard known.contains(name) else { throw .unknownSweep(path: path, name: name, known: known) }
    return name
  }

  /// The sweeps without those whose runs are all removed.
  private static func sweepNames(_ database: Database, order: String = "sweep.sweep") throws -> [String] {
    var names: [String] = []
    let statement = try RawStatement(
      database,
      sql: """
        SELECT name FROM sweep
        WHERE
          NOT EXISTS (SELECT 1 FROM sweep_run WHERE sweep_run.sweep = sweep.sweep)
          OR EXISTS (
            SELECT 1 FROM sweep_run CROSS JOIN run USING (run)
            WHERE sweep_run.sweep = sweep.sweep AND removed_at IS NULL)
        ORDER BY \(order)
        """)
    try statement.forEachRow { names.append($0.text(0)) }
    return names
  }

  /// By when one of the runs started or ended last.
  private static let latestFirst = """
    max(registered_at, coalesce((
      SELECT max(max(started_at, coalesce(ended_at, 0))) FROM sweep_run CROSS JOIN run USING (run)
      WHERE sweep_run.sweep = sweep.sweep AND attempts > 0 AND removed_at IS NULL), 0)) DESC, sweep.sweep
    """
}
