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

  static func insert(_ outcome: RunOutcome, run: Int64, _ database: Database) throws {
    let terms = outcome.yardstick ?? BoundTerms()
    let values = [
      terms.elbo, terms.reconstruction, terms.klPrior, terms.klPosterior, terms.logJoint, terms.entropy,
      terms.logEvidence, outcome.elboStandardError, outcome.logEvidenceStandardError, outcome.seconds,
      outcome.largestResidual,
    ]
    var nan = NaNMask()
    for (bit, value) in values.enumerated() { nan.note(value, bit: bit) }
    let row = try RawStatement(database, sql: insertion)
    try row.bind(run, at: 1)
    try row.bind(Int64(outcome.yardstick != nil ? 1 : 0), at: 2)
    try row.bind(nan.bits, at: 3)
    try row.bind(Int64(outcome.steps), at: 4)
    if let suspect = outcome.suspect { try row.bind(suspect, at: 5) }
    try row.bind(outcome.exactTerms.joined(separator: ","), at: 6)
    try row.bind(Int64(outcome.identitiesChecked), at: 7)
    for (index, value) in values.enumerated() { try row.bind(value, at: 8 + Int32(index)) }
    try row.run()
  }

  private static let insertion = """
    INSERT INTO outcome (
      run, yardstick, nan, steps, suspect, exact_terms, identities_checked, \(columns.joined(separator: ", ")))
    VALUES (?, ?, ?, ?, ?, ?, ?\(String(repeating: ", ?", count: columns.count)))
    """

  /// The outcome in the columns of ``selection`` from `first` on; nil where the run has none.
  ///
  /// - Parameter exactTerms: the names in the text that lists them.
  static func outcome(
    of row: RawStatement, at first: Int32, status: RunStatus, reason: String?,
    exactTerms: (String) -> [String]
  ) -> RunOutcome? {
    let next = first + Int32(columns.count)
    guard !row.isNull(next) else { return nil }
    let nan = NaNMask(bits: row.integer(next))
    func value(_ bit: Int) -> Double? { nan.restored(row.double(first + Int32(bit)), bit: bit) }
    let terms = BoundTerms(
      elbo: value(0), reconstruction: value(1), klPrior: value(2), klPosterior: value(3), logJoint: value(4),
      entropy: value(5), logEvidence: value(6))
    return RunOutcome(
      status: status, yardstick: row.integer(next + 1) != 0 ? terms : nil, elboStandardError: value(7),
      logEvidenceStandardError: value(8), steps: Int(row.integer(next + 2)), seconds: value(9) ?? 0,
      suspect: row.optionalText(next + 3), reason: reason, exactTerms: exactTerms(row.text(next + 4)),
      identitiesChecked: Int(row.integer(next + 5)), largestResidual: value(10))
  }
}
