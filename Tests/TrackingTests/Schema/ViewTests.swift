import GRDB
import Testing
import Tracking

@Suite struct ViewTests {
  private func database(_ sample: SampleStore) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: sample.store.path, configuration: configuration)
  }

  @Test(
    "the views have the promised columns in the promised order",
    arguments: [
      (
        "runs",
        """
        run_id sweep cell_id model family objective form estimator optimizer beta seed status started_at \
        ended_at seconds steps elbo elbo_se reconstruction kl_prior kl_posterior log_joint entropy \
        log_evidence log_evidence_se suspect config reason exact_terms identities_checked largest_residual tags \
        note
        """
      ),
      ("params", "run_id key value"),
      (
        "steps",
        """
        run_id step elbo objective reconstruction kl_prior kl_posterior log_joint entropy log_evidence beta \
        grad_norm
        """
      ),
      ("points", "run_id metric step value"),
    ])
  func columns(view: String, columns: String) throws {
    let sample = try SampleStore()
    let names = try database(sample).read { database in
      try String.fetchAll(
        database, sql: "SELECT name FROM pragma_table_info(?) ORDER BY cid", arguments: [view])
    }
    #expect(names.joined(separator: " ") == columns)
  }

  @Test("the views show a run and its steps in stock SQL, NaN and absent terms as NULL")
  func values() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(0), .sample(1, elbo: .nan)])),
      .ended(runID: "r1", .finished, at: 3),
    ])
    func rows(_ sql: String) throws -> [[SQLValue]] { try sample.store.query(sql).rows }
    #expect(
      try rows("SELECT run_id, beta, status, seconds, steps, elbo, kl_posterior, exact_terms FROM runs") == [
        [
          .text("r1"), .number(0.5), .text("finished"), .number(1.5), .integer(2), .number(-12.5), .null,
          .text("kl_prior,entropy"),
        ]
      ])
    #expect(
      try rows("SELECT step, elbo, kl_prior FROM steps") == [
        [.integer(0), .number(-12.5), .number(2.5)], [.integer(1), .null, .number(2.5)],
      ])
    #expect(
      try rows("SELECT key, value FROM params") == [
        [.text("run.steps"), .integer(2000)], [.text("beta"), .number(1)],
        [.text("family"), .text("mean-field")], [.text("target"), .null],
      ])
    #expect(
      try rows("SELECT metric, count(*), count(value) FROM points GROUP BY metric").map { $0.map(text) } == [
        ["beta", "2", "2"], ["elbo", "2", "1"], ["entropy", "2", "2"], ["grad_norm", "2", "2"],
        ["kl_prior", "2", "2"], ["log_joint", "2", "2"], ["objective", "2", "2"],
        ["reconstruction", "2", "2"],
      ])
  }

  private func text(_ value: SQLValue) -> String {
    switch value {
    case .integer(let value): "\(value)"
    case .text(let value): value
    default: "\(value)"
    }
  }

  @Test("a running run shows the last step that it recorded")
  func runningSteps() throws {
    let sample = try SampleStore()
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample([.sample(0), .sample(40)])),
    ])
    #expect(
      try sample.store.query("SELECT status, steps, ended_at FROM runs").rows
        == [[.text("running"), .integer(40), .null]])
  }

  @Test(
    "a value or a curve of one run is found by key, not by a scan",
    arguments: [
      "SELECT value FROM points WHERE run_id = 'r1' AND metric = 'elbo' AND step = 3",
      "SELECT step, value FROM points WHERE run_id = 'r1' AND metric = 'ess' ORDER BY step",
      "SELECT step, elbo FROM steps WHERE run_id = 'r1' ORDER BY step",
      "SELECT * FROM runs WHERE run_id = 'r1'",
      "SELECT value FROM params WHERE run_id = 'r1' AND key = 'beta'",
    ])
  func plan(sql: String) throws {
    let sample = try SampleStore()
    let plan = try sample.store.query("EXPLAIN QUERY PLAN \(sql)").rows.map { row in
      text(row[3])
    }
    #expect(plan.contains { $0.hasPrefix("SEARCH") })
    // The view's own rows are what the searches below it found, and the eight bytes of a value are a row.
    let own = ["SCAN points", "SCAN CONSTANT ROW", "SCAN (subquery-"]
    let scans = plan.filter { line in line.hasPrefix("SCAN") && !own.contains { line.hasPrefix($0) } }
    #expect(scans == [])
    #expect(!plan.contains { $0.hasPrefix("MATERIALIZE") })
  }
}
