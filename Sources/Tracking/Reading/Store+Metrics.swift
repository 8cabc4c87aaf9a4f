internal import Foundation
internal import GRDB

extension Store {
  /// The last recorded value of a metric by run id: a column of `steps`, such as `grad_norm`, or any other
  /// metric. Runs that have none are absent; NaN where NaN was recorded last.
  ///
  /// - Complexity: one query, whatever the number of runs.
  public func lastValues(of metric: String, runIDs: [String]) throws(StoreError) -> [String: Double] {
    try values(of: metric, runIDs: runIDs) { column, source in
      "(SELECT coalesce(\(column), 'nan') FROM \(source) ORDER BY step DESC LIMIT 1)"
    }
  }

  /// The largest recorded value of a metric by run id, as ``lastValues(of:runIDs:)``; a NaN is no value here.
  ///
  /// - Complexity: one query, whatever the number of runs; reads every step of them.
  public func largestValues(of metric: String, runIDs: [String]) throws(StoreError) -> [String: Double] {
    try values(of: metric, runIDs: runIDs) { column, source in
      "(SELECT max(\(column)) FROM \(source))"
    }
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

  /// One value per run, from a subquery over the run's rows of one metric; runs for which it gives NULL are absent.
  private func values(
    of metric: String, runIDs: [String], subquery: (_ column: String, _ source: String) -> String
  ) throws(StoreError) -> [String: Double] {
    let column = StepColumn(name: metric)
    let source =
      column.map { column in
        "step WHERE step.run = run.run AND (\(column.name) IS NOT NULL OR nan & \(1 << column.rawValue))"
      } ?? "point WHERE point.run = run.run AND metric = (SELECT metric FROM metric WHERE name = ?2)"
    let value = subquery(column?.name ?? "value", source)
    return try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT run.run_id, \(value)
          FROM json_each(?1) AS asked JOIN run ON run.run_id = asked.value
          """,
        arguments: column == nil ? [Self.list(runIDs), metric] : [Self.list(runIDs)])
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
