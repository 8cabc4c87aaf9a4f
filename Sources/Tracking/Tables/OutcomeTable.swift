internal import GRDB

/// The table `outcome`, a row per run whose last attempt has ended.
enum OutcomeTable {
  /// The columns that hold a value, in the order of the bits of `outcome.nan`.
  static let columns = [
    "elbo", "reconstruction", "kl_prior", "kl_posterior", "log_joint", "entropy", "log_evidence", "elbo_se",
    "log_evidence_se", "seconds", "largest_residual",
  ]

  /// The columns that ``outcome(of:at:status:reason:)`` reads, in order.
  static let selection =
    (columns + ["nan", "yardstick", "steps", "suspect", "exact_terms", "identities_checked"])
    .map { "outcome.\($0)" }.joined(separator: ", ")

  /// Ends the attempt that `run` is in.
  static func end(_ run: RunState, _ outcome: RunOutcome, at time: Double, _ database: Database) throws {
    precondition(outcome.status != .running, "a run does not end as running")
    try database.cachedStatement(
      sql: "UPDATE run_attempt SET status = ?, ended_at = ?, reason = ? WHERE run = ? AND number = ?"
    ).execute(arguments: [outcome.status.rawValue, time, outcome.reason, run.key, run.attempts])

    let terms = outcome.yardstick ?? BoundTerms()
    let values = [
      terms.elbo, terms.reconstruction, terms.klPrior, terms.klPosterior, terms.logJoint, terms.entropy,
      terms.logEvidence, outcome.elboStandardError, outcome.logEvidenceStandardError, outcome.seconds,
      outcome.largestResidual,
    ]
    var nan = NaNMask()
    for (bit, value) in values.enumerated() { nan.note(value, bit: bit) }
    let names = columns.joined(separator: ", ")
    let row: StatementArguments = [
      run.key, outcome.yardstick != nil, nan.bits, outcome.steps, outcome.suspect,
      outcome.exactTerms.joined(separator: ","), outcome.identitiesChecked,
    ]
    try database.cachedStatement(
      sql: """
        INSERT INTO outcome (
          run, yardstick, nan, steps, suspect, exact_terms, identities_checked, \(names))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: row + StatementArguments(values))
  }

  /// The outcome in the columns of ``selection`` from `first` on; nil where the run has none.
  static func outcome(of row: Row, at first: Int, status: RunStatus, reason: String?) -> RunOutcome? {
    let next = first + columns.count
    guard let bits = row[next] as Int64? else { return nil }
    let nan = NaNMask(bits: bits)
    func value(_ bit: Int) -> Double? { nan.restored(row[first + bit], bit: bit) }
    let terms = BoundTerms(
      elbo: value(0), reconstruction: value(1), klPrior: value(2), klPosterior: value(3), logJoint: value(4),
      entropy: value(5), logEvidence: value(6))
    return RunOutcome(
      status: status, yardstick: row[next + 1] ? terms : nil, elboStandardError: value(7),
      logEvidenceStandardError: value(8), steps: row[next + 2], seconds: value(9) ?? 0,
      suspect: row[next + 3], reason: reason,
      exactTerms: (row[next + 4] as String).split(separator: ",").map(String.init),
      identitiesChecked: row[next + 5], largestResidual: value(10))
  }
}
