internal import GRDB

/// Reads the summaries of started runs, with their parameters.
struct RunQuery {
  var source = "run JOIN sweep USING (sweep)"
  var condition = "TRUE"
  var order = "run.run"
  var arguments: StatementArguments = []

  /// One query for the runs, one for all their parameters.
  func fetch(_ database: Database) throws -> [RunSummary] {
    let parameters = try fetchParameters(database)
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT
          run.run, run.run_id, sweep.name, run.cell_id, run.model, run.family, run.objective, run.form,
          run.estimator, run.optimizer, run.beta, run.seed, run.config, status, started_at, ended_at, reason,
          \(OutcomeTable.selection)
        FROM \(source)
        JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
        LEFT JOIN outcome ON outcome.run = run.run
        WHERE \(condition) ORDER BY \(order)
        """, arguments: arguments)
    var runs: [RunSummary] = []
    while let row = try rows.next() {
      runs.append(try Self.summary(of: row, parameters: parameters[row[0]] ?? []))
    }
    return runs
  }

  private static func summary(of row: Row, parameters: [RunRecord.Parameter]) throws -> RunSummary {
    let status = try RunStatus(stored: row[13])
    return RunSummary(
      record: RunRecord(
        runID: row[1], sweep: row[2], cellID: row[3], model: row[4], family: row[5], objective: row[6],
        form: row[7], estimator: row[8], optimizer: row[9], beta: row[10], seed: row[11], config: row[12],
        parameters: parameters),
      status: status, startedAt: row[14], endedAt: row[15],
      outcome: OutcomeTable.outcome(of: row, at: 17, status: status, reason: row[16]))
  }

  private func fetchParameters(_ database: Database) throws -> [Int64: [RunRecord.Parameter]] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT run.run, parameter.key, run_parameter.value
        FROM \(source)
        JOIN run_parameter ON run_parameter.run = run.run
        JOIN parameter USING (parameter)
        WHERE \(condition) AND attempts > 0 ORDER BY run.run, run_parameter.position
        """, arguments: arguments)
    var parameters: [Int64: [RunRecord.Parameter]] = [:]
    while let row = try rows.next() {
      let value: ParameterValue =
        switch (row[2] as DatabaseValue).storage {
        case .int64(let value): .integer(Int(value))
        case .double(let value): .number(value)
        case .string(let value): .text(value)
        case .null, .blob: .null
        }
      parameters[row[0], default: []].append(RunRecord.Parameter(key: row[1], value: value))
    }
    return parameters
  }
}
