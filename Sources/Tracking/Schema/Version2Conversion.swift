internal import GRDB

extension SchemaMigration {
  /// Throws where a living process executes a run: it knows the version before, and could not go on.
  static func checkUnused(_ database: Database) throws {
    let running = try Row.fetchAll(
      database,
      sql: "SELECT run_id, attempt FROM run_attempt JOIN run USING (run) WHERE run_attempt.status = 'running'"
    )
    for row in running {
      let owner = try Owner(ofAttempt: row[1], database)
      guard !owner.process.isAlive else {
        throw StoreError.runInUse(runID: row[0], processID: owner.process.pid, host: owner.host)
      }
    }
  }

  /// Moves the rows of version 1's table `step` into the blocks of version 2, every value with its bits, and drops it.
  static func convertStepsToBlocks(_ database: Database) throws {
    let runs = try Int64.fetchAll(database, sql: "SELECT DISTINCT run FROM step ORDER BY run")
    for run in runs {
      var builder = StepBatchBuilder()
      let statement = try RawStatement(
        database,
        sql: """
          SELECT step, nan, \(version2Columns.joined(separator: ", ")) FROM step WHERE run = ? ORDER BY step
          """)
      try statement.bind(run, at: 1)
      try statement.forEachRow { row in
        let nan = NaNMask(bits: row.integer(1))
        func value(_ column: StepColumn) -> Double? {
          nan.restored(row.double(Int32(column.rawValue) + 2), bit: column.rawValue)
        }
        builder.append(
          StepRecord(
            step: Int(row.integer(0)),
            terms: BoundTerms(
              elbo: value(.elbo), reconstruction: value(.reconstruction), klPrior: value(.klPrior),
              klPosterior: value(.klPosterior), logJoint: value(.logJoint), entropy: value(.entropy),
              logEvidence: value(.logEvidence)),
            objective: value(.objective), beta: value(.beta), gradNorm: value(.gradNorm)))
      }
      for batch in builder.take() {
        try BlockTable.insert(
          StepBlock(batch, canBeNarrow: false), run: run, isSealed: true,
          as: BlockTable.Layout(table: "block", hasEnvelope: false), database)
      }
    }
    try database.execute(sql: "DROP TABLE step")
  }
}
