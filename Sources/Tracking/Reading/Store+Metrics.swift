internal import Foundation
internal import GRDB

extension Store {
  /// The last recorded value of a metric by run id: a column of `steps`, such as `grad_norm`, or any other
  /// metric. Runs that have none are absent; NaN where NaN was recorded last.
  ///
  /// - Complexity: one query, whatever the number of runs.
  public func lastValues(of metric: String, runIDs: [String]) throws(StoreError) -> [String: Double] {
    if let column = StepColumn(name: metric) {
      return try values(of: column, runIDs: runIDs, onlyLast: true) { $0.first?.last }
    }
    return try values(
      of: metric, runIDs: runIDs, "SELECT coalesce(value, 'nan')", "ORDER BY step DESC LIMIT 1")
  }

  /// The largest recorded value of a metric by run id, as ``lastValues(of:runIDs:)``; a NaN is no value here.
  ///
  /// - Complexity: of a column of `steps`, a look at each block of the runs, not at each step.
  public func largestValues(of metric: String, runIDs: [String]) throws(StoreError) -> [String: Double] {
    if let column = StepColumn(name: metric) {
      return try values(of: column, runIDs: runIDs, onlyLast: false) { headers in
        headers.map(\.maximum).filter { !$0.isNaN }.max()
      }
    }
    return try values(of: metric, runIDs: runIDs, "SELECT max(value)", "")
  }

  /// The names of the metrics that some of the runs have recorded and that are no column of `steps`, in the order
  /// of the alphabet.
  public func recordedMetrics(ofRuns runIDs: [String]) throws(StoreError) -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT name FROM metric WHERE EXISTS (
            SELECT 1 FROM json_each(?) AS asked JOIN run ON run.run_id = asked.value
            JOIN point ON point.run = run.run AND point.metric = metric.metric)
          ORDER BY name
          """, arguments: [Self.list(runIDs)])
    }
  }

  /// One value per run, from what its blocks say of a column; runs for which that is nil are absent.
  private func values(
    of column: StepColumn, runIDs: [String], onlyLast: Bool, _ value: ([BlockHeader]) -> Double?
  ) throws(StoreError) -> [String: Double] {
    try read { database in
      var values: [String: Double] = [:]
      for runID in runIDs {
        values[runID] = value(
          try BlockTable.headers(of: column, runID: runID, onlyLast: onlyLast, database))
      }
      return values
    }
  }

  /// One value per run, from a subquery over its points of a metric; runs for which it gives NULL are absent.
  private func values(
    of metric: String, runIDs: [String], _ selection: String, _ order: String
  ) throws(StoreError) -> [String: Double] {
    try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.run_id, (
            \(selection) FROM point
            WHERE point.run = run.run AND metric = (SELECT metric FROM metric WHERE name = ?2) \(order))
          FROM json_each(?1) AS asked JOIN run ON run.run_id = asked.value
          """, arguments: [Self.list(runIDs), metric])
      var values: [String: Double] = [:]
      while let row = try rows.next() {
        switch (row[1] as DatabaseValue).storage {
        case .double(let value): values[row[0]] = value
        // SQLite keeps no NaN: the query says it in words.
        case .string: values[row[0]] = .nan
        case .null, .int64, .blob: break
        }
      }
      return values
    }
  }

  /// The ids as a JSON array, which SQLite reads as a table: there is no limit to their number.
  private static func list(_ runIDs: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(runIDs), as: UTF8.self)
  }
}
