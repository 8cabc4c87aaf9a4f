internal import GRDB

/// The table `step`, a row per recorded step.
enum StepTable {
  static func insert(_ steps: [StepRecord], run: Int64, _ database: Database) throws {
    let row = try RawStatement(
      database, sql: "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    try row.bind(run, at: 1)
    for step in steps {
      var nan = NaNMask()
      try row.bind(Int64(step.step), at: 2)
      try bind(step.terms.elbo, .elbo)
      try bind(step.objective, .objective)
      try bind(step.terms.reconstruction, .reconstruction)
      try bind(step.terms.klPrior, .klPrior)
      try bind(step.terms.klPosterior, .klPosterior)
      try bind(step.terms.logJoint, .logJoint)
      try bind(step.terms.entropy, .entropy)
      try bind(step.terms.logEvidence, .logEvidence)
      try bind(step.beta, .beta)
      try bind(step.gradNorm, .gradNorm)
      try row.bind(nan.bits, at: 13)
      try row.run()

      func bind(_ value: Double?, _ column: StepColumn) throws {
        nan.note(value, bit: column.rawValue)
        try row.bind(value, at: Int32(column.rawValue) + 3)
      }
    }
  }

  static func steps(run: Int64, _ database: Database) throws -> [StepRecord] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT
          elbo, objective, reconstruction, kl_prior, kl_posterior, log_joint, entropy, log_evidence, beta,
          grad_norm, nan, step
        FROM step WHERE run = ? ORDER BY step
        """)
    try statement.bind(run, at: 1)
    var steps: [StepRecord] = []
    try statement.forEachRow { row in
      let nan = NaNMask(bits: row.integer(10))
      func value(_ column: StepColumn) -> Double? {
        nan.restored(row.double(Int32(column.rawValue)), bit: column.rawValue)
      }
      steps.append(
        StepRecord(
          step: Int(row.integer(11)),
          terms: BoundTerms(
            elbo: value(.elbo), reconstruction: value(.reconstruction), klPrior: value(.klPrior),
            klPosterior: value(.klPosterior), logJoint: value(.logJoint), entropy: value(.entropy),
            logEvidence: value(.logEvidence)),
          objective: value(.objective), beta: value(.beta), gradNorm: value(.gradNorm)))
    }
    return steps
  }

  /// The values of one column, without the steps where it is absent.
  static func series(_ column: StepColumn, run: Int64, _ database: Database) throws -> [PointRecord] {
    let bit = 1 << column.rawValue
    let statement = try RawStatement(
      database,
      sql: """
        SELECT step, \(column.name) FROM step
        WHERE run = ? AND (\(column.name) IS NOT NULL OR nan & \(bit)) ORDER BY step
        """)
    return try PointTable.points(of: statement, run: run)
  }
}
