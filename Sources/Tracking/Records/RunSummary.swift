/// One run as the store knows it: what was registered and how it ended.
public struct RunSummary: Sendable, Hashable {
  public var record: RunRecord
  public var status: RunStatus
  /// Seconds since 1970; nil before the run starts or ends.
  public var startedAt: Double?
  public var endedAt: Double?
  /// nil until the run has ended.
  public var outcome: RunOutcome?
  /// What people have called it, in the order of the names' bytes.
  public var tags: [String]
  /// What people have said of it.
  public var note: String?
  /// When it was removed; nil of every run that is there.
  public var removedAt: Double?

  public init(
    record: RunRecord, status: RunStatus, startedAt: Double?, endedAt: Double?, outcome: RunOutcome?,
    tags: [String] = [], note: String? = nil, removedAt: Double? = nil
  ) {
    self.record = record
    self.status = status
    self.startedAt = startedAt
    self.endedAt = endedAt
    self.outcome = outcome
    self.tags = tags
    self.note = note
    self.removedAt = removedAt
  }

  /// The keys that ``value(of:)`` finds in a run itself; all others are the same in every run of a cell.
  public static let ownKeys: Set = ["run_id", "sweep", "seed", "status"]
  /// The keys that ``value(of:)`` does not look for among the parameters, or only where a run has none of its own.
  public static let columnKeys = ownKeys.union([
    "cell_id", "model", "program", "family", "objective", "form", "estimator", "optimizer", "beta",
  ])

  /// The value of a flattened parameter (`optimizer.adam.learning_rate`) or run column (`family`, `beta`,
  /// `seed`, `status`); nil where the run has none.
  public func value(of key: String) -> ParameterValue? {
    switch key {
    case "run_id": .text(record.runID)
    case "sweep": .text(record.sweep)
    case "cell_id": .text(record.cellID)
    case "model": .text(record.model)
    // What wb executes itself has no program among its parameters.
    case "program": record.parameters.first { $0.key == key }?.value ?? .text("wb")
    case "family": .text(record.family)
    case "objective": .text(record.objective)
    case "form": .text(record.form)
    case "estimator": .text(record.estimator)
    case "optimizer": .text(record.optimizer)
    case "beta" where record.beta != nil: record.beta.map(ParameterValue.number)
    case "seed": .integer(record.seed)
    case "status": .text(status.rawValue)
    default: record.parameters.first { $0.key == key }?.value
    }
  }
}
