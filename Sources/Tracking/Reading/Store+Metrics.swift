internal import Foundation
internal import GRDB

extension Store {
  /// What runs recorded of a metric, by run id: of a column of `steps`, such as `grad_norm`, or of any other metric. Runs that
  /// have none are absent.
  ///
  /// - Complexity: of many runs a walk along the summaries of the metric; no value is read.
  public func summaries(of metric: String, runIDs: [String]) throws(StoreError) -> [String: MetricSummary] {
    try read { database in
      let column = StepColumn(name: metric).map(MetricTable.key)
      guard let key = try column ?? MetricTable.known(metric, database) else { return [:] }
      var summaries =
        runIDs.count < Self.fewRuns
        ? try Self.summaries(of: key, ofFew: runIDs, database)
        : try Self.summaries(of: key, ofMany: Set(runIDs), database)
      // A run that is not at its end has none yet.
      let asked = Set(runIDs)
      for row in try Row.fetchAll(database, sql: "SELECT run, run_id FROM run WHERE status = 'running'") {
        guard asked.contains(row[1]) else { continue }
        summaries[row[1]] = try SummaryTable.summaries(of: row[0], database).first { $0.metric == key }?
          .summary
      }
      return summaries
    }
  }

  /// Fewer runs are looked up one by one.
  private static let fewRuns = 200

  private static func summaries(
    of metric: Int64, ofFew runIDs: [String], _ database: Database
  ) throws -> [String: MetricSummary] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT \(SummaryTable.columns) FROM \(SingleTable.andSummary)
        WHERE run = (SELECT run FROM run WHERE run_id = ?) AND metric = ?
        """)
    var summaries: [String: MetricSummary] = [:]
    for runID in runIDs {
      try statement.bind(runID, at: 1)
      try statement.bind(metric, at: 2)
      try statement.forEachRow { summaries[runID] = SummaryTable.summary($0, at: 0) }
    }
    return summaries
  }

  private static func summaries(
    of metric: Int64, ofMany runIDs: Set<String>, _ database: Database
  ) throws -> [String: MetricSummary] {
    let ids = try RawStatement(database, sql: "SELECT run, run_id FROM run")
    var asked: [Int64: String] = [:]
    asked.reserveCapacity(runIDs.count)
    try ids.forEachRow { row in
      let runID = row.text(1)
      if runIDs.contains(runID) { asked[row.integer(0)] = runID }
    }
    let statement = try RawStatement(
      database, sql: "SELECT run, \(SummaryTable.columns) FROM \(SingleTable.andSummary) WHERE metric = ?")
    try statement.bind(metric, at: 1)
    var summaries: [String: MetricSummary] = [:]
    summaries.reserveCapacity(runIDs.count)
    try statement.forEachRow { row in
      if let runID = asked[row.integer(0)] { summaries[runID] = SummaryTable.summary(row, at: 1) }
    }
    return summaries
  }

  /// The names of the metrics that some of the runs have recorded and that are no column of `steps`, in the order
  /// of the alphabet.
  public func recordedMetrics(ofRuns runIDs: [String]) throws(StoreError) -> [String] {
    try read { database in
      try String.fetchAll(
        database,
        sql: """
          SELECT name FROM metric WHERE metric > \(StepColumn.allCases.count) AND (EXISTS (
              SELECT 1 FROM json_each(?1) AS asked JOIN run ON run.run_id = asked.value
              JOIN single ON single.run = run.run AND single.metric = metric.metric)
            OR EXISTS (
              SELECT 1 FROM json_each(?1) AS asked JOIN run ON run.run_id = asked.value
              JOIN series ON series.run = run.run AND series.metric = metric.metric))
          ORDER BY name
          """, arguments: [Self.list(runIDs)])
    }
  }

  /// The ids as a JSON array, which SQLite reads as a table: there is no limit to their number.
  private static func list(_ runIDs: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(runIDs), as: UTF8.self)
  }
}
