internal import GRDB

/// The rows of metrics that are no column of `steps`, and the summaries of all metrics.
extension Examination {
  /// Rows of a series follow one another without overlap, and a thorough look holds their headers against their values.
  func series() throws -> [StoreFinding] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT \(SeriesTable.columns), run, metric, header, envelope FROM \(SingleTable.andSeries)
        ORDER BY run, metric, first_step
        """)
    var findings: [(run: Int64, what: String)] = []
    var (run, metric, last, rows) = (Int64(-1), Int64(-1), Int64(-1), 0)
    try statement.forEachRow { row in
      rows += 1
      if row.integer(5) != run || row.integer(6) != metric {
        (run, metric, last) = (row.integer(5), row.integer(6), -1)
      }
      do {
        if row.integer(0) <= last { throw BlockTable.damage("two rows have step \(row.integer(0))") }
        last = row.integer(1)
        try check(row)
      } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        findings.append((run, "metric \(metric) from step \(row.integer(0)): \(error.message ?? "")"))
      }
    }
    let damages = try findings.map { damage("series", runID: try runID(of: $0.run), $0.what) }
    let fine = isThorough ? "their headers agree with every value" : "their steps ascend"
    return self.findings(damages, of: "series", else: "\(Self.count(rows, "row")) of other metrics; \(fine)")
  }

  private func check(_ row: RawStatement) throws {
    let steps = try SeriesTable.steps(row)
    guard isThorough else { return }
    let column = try BlockTable.column(row, at: 4, count: steps.count)
    let encoded = EncodedColumns([column], count: steps.count, step: steps.step)
    if steps.count > 1 { try Self.check(row.blob(7), row.blob(8), against: encoded, names: ["the metric"]) }
  }

  /// Every ended run is summarised but for its single values, and nobody else; a thorough look holds the summaries against the headers.
  func summaries() throws -> [StoreFinding] {
    let without = try Row.fetchAll(
      database,
      sql: """
        SELECT run_id FROM run WHERE status <> 'running' AND NOT EXISTS (
          SELECT 1 FROM summary WHERE summary.run = run.run AND metric IN (SELECT metric FROM metric))
        AND (EXISTS (SELECT 1 FROM block WHERE block.run = run.run)
          OR EXISTS (SELECT 1 FROM series WHERE series.run = run.run))
        ORDER BY run
        """)
    let again = "execute it again: wb run FILE --force"
    var findings = without.map { row in
      StoreFinding("summaries", .damage, runID: row[0], "it has ended, and is not summarised", fix: again)
    }
    if isThorough {
      for row in try Row.fetchAll(
        database, sql: "SELECT run, run_id FROM run WHERE status <> 'running' ORDER BY run")
      {
        guard try !agrees(row[0]) else { continue }
        findings.append(
          StoreFinding(
            "summaries", .damage, runID: row[1], "its summary does not agree with what it recorded",
            fix: again))
      }
    }
    let fine = isThorough ? "they agree with what was recorded" : "every ended run has its own"
    return self.findings(findings, of: "summaries", else: fine)
  }

  /// Damaged blocks are said elsewhere.
  private func agrees(_ run: Int64) throws -> Bool {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT metric, \(SummaryTable.columns) FROM summary
        WHERE run = ? AND metric IN (SELECT metric FROM metric) ORDER BY metric
        """)
    try statement.bind(run, at: 1)
    var recorded: [MetricSummary] = []
    var metrics: [Int64] = []
    try statement.forEachRow { row in
      metrics.append(row.integer(0))
      recorded.append(SummaryTable.summary(row, at: 1))
    }
    do {
      let expected = try SummaryTable.summaries(of: run, database)
      return metrics == expected.map(\.metric)
        && zip(recorded, expected).allSatisfy { $0.agrees(with: $1.summary) }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return true
    }
  }
}

extension MetricSummary {
  /// Whether both say the same; a NaN is like any other, and SQLite keeps no sign of zero.
  fileprivate func agrees(with other: MetricSummary) -> Bool {
    func same(_ a: Double, _ b: Double) -> Bool { a == b || a.isNaN && b.isNaN }
    return count == other.count && firstStep == other.firstStep && lastStep == other.lastStep
      && same(minimum, other.minimum) && same(maximum, other.maximum) && same(mean, other.mean)
      && same(last, other.last) && firstNonFiniteStep == other.firstNonFiniteStep
  }
}
