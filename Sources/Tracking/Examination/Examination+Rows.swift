internal import GRDB

/// Rows that need others, and others that need them.
extension Examination {
  /// Every row that refers to another finds it.
  func references() throws -> [StoreFinding] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY "table", parent ORDER BY 1, 2
        """)
    let findings = rows.map { row -> StoreFinding in
      let table: String = row[0]
      let parent: String = row[1]
      return damage("references", "\(Self.count(row[2], "row")) of table \(table) have no \(parent)")
    }
    return self.findings(findings, of: "references", else: "every row finds the rows that it refers to")
  }

  /// What nobody needs: it does no harm, and takes space.
  func orphans() throws -> [StoreFinding] {
    var findings: [StoreFinding] = []
    let looks = [
      ("cell", "SELECT count(*) FROM cell WHERE cell NOT IN (SELECT cell FROM run)"),
      ("sweep", "SELECT count(*) FROM sweep WHERE sweep NOT IN (SELECT sweep FROM sweep_run)"),
      (
        "ended attempt",
        """
        SELECT count(*) FROM attempt WHERE ended_at IS NOT NULL AND attempt NOT IN (SELECT attempt FROM run_attempt)
        """
      ),
    ]
    for (noun, sql) in looks {
      let count = try Int.fetchOne(database, sql: sql) ?? 0
      guard count > 0 else { continue }
      findings.append(StoreFinding("orphans", .note, "\(Self.count(count, noun)) without a run"))
    }
    let ids = Set(try String.fetchAll(database, sql: "SELECT run_id FROM run"))
    for id in checkpoints.sorted() where !ids.contains(id) {
      findings.append(
        StoreFinding(
          "orphans", .warning, runID: id, "there is a checkpoint of a run that the store does not have",
          fix: "delete it, if it is of no other store"))
    }
    return self.findings(findings, of: "orphans", else: "nothing is without its run")
  }

  /// The runs that are recorded as running, and whether their process lives.
  func runningRuns() throws -> [(runID: String, owner: Owner, isAlive: Bool)] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT run_id, attempt FROM run JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
        WHERE run.status = 'running' AND removed_at IS NULL ORDER BY run.run
        """)
    return try rows.map { row in
      let owner = try Owner(ofAttempt: row[1], database)
      return (row[0], owner, owner.process == process || owner.process.isAlive)
    }
  }

  /// Runs that say that they run, though nobody executes them.
  func claims() throws -> [StoreFinding] {
    let running = try runningRuns()
    let findings = running.filter { !$0.isAlive }.map { run in
      StoreFinding(
        "claims", .warning, runID: run.runID,
        "it is recorded as running, of process \(run.owner.process.pid) on \(run.owner.host), which is gone",
        fix: "the next 'wb run' of its sweep executes it again, to the same bits")
    }
    let fine =
      running.isEmpty ? "no run is recorded as running" : "\(Self.count(running.count, "run")) in execution"
    return self.findings(findings, of: "claims", else: fine)
  }

  /// Ended runs have their result, and the steps of finished ones reach their end.
  func results() throws -> [StoreFinding] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT
          run_id, run.status, run_attempt.status, outcome.run IS NOT NULL, outcome.steps,
          (SELECT first_step + stride * (count - 1) FROM block
            WHERE block.run = run.run ORDER BY first_step DESC LIMIT 1),
          (SELECT max(step) FROM (
            SELECT max(last_step) AS step FROM series WHERE series.run = run.run
            UNION ALL SELECT max(step) FROM single WHERE single.run = run.run)),
          EXISTS (SELECT 1 FROM run_output WHERE run_output.run = run.run)
        FROM run LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
        LEFT JOIN outcome ON outcome.run = run.run WHERE attempts > 0 ORDER BY run.run
        """)
    var findings: [StoreFinding] = []
    for row in rows {
      let (runID, status): (String, String) = (row[0], row[1])
      let again = "execute it again: wb run FILE --force"
      func add(_ what: String) {
        findings.append(StoreFinding("results", .damage, runID: runID, what, fix: again))
      }
      guard RunStatus(rawValue: status) != nil else {
        add("its status is '\(status)', which is none")
        continue
      }
      if row[2] as String? != status { add("it is \(status), and its last attempt is not") }
      guard status != RunStatus.running.rawValue else { continue }
      guard row[3] as Bool else {
        add("it is \(status), and how it ended is not recorded")
        continue
      }
      let (steps, last): (Int, Int?) = (row[4], row[5])
      // What a program reports besides columns of steps may go on after them; of an import there may be nothing else.
      let (points, isProgram): (Int?, Bool) = (row[6], row[7])
      let reaches = isProgram ? last ?? 0 <= steps : last ?? points ?? 0 == steps || points == steps
      if status == RunStatus.finished.rawValue, !reaches {
        add(
          "it finished after \(steps) steps, and "
            + (last.map { "the last one recorded is \($0)" } ?? "none is recorded"))
      }
    }
    return self.findings(findings, of: "results", else: "the steps of every finished run reach its end")
  }
}
