/// What became of a run.
public enum RunStatus: String, Sendable, Hashable, CaseIterable, Codable {
  case running, finished, diverged, failed, interrupted
}

/// One run as it is registered, before its first step: who it is and what it was asked to do.
///
/// What the runs of a cell have in common is kept once for all of them: a store has thousands of runs in memory.
public struct RunRecord: Sendable, Hashable {
  /// Derived from the resolved configuration and the seed: the same run has the same id in every store.
  public var runID: String
  public var sweep: String
  public var seed: Int
  /// Shared until it is changed.
  private var shared: Shared

  /// What the runs of a cell have in common.
  private struct Cell: Sendable, Hashable {
    var cellID: String
    var model: String
    var family: String
    var objective: String
    var form: String
    var estimator: String
    var optimizer: String
    var beta: Double?
    var config: String
    var parameters: [Parameter]
  }

  private final class Shared: Sendable, Hashable {
    let cell: Cell

    init(_ cell: Cell) { self.cell = cell }

    static func == (a: Shared, b: Shared) -> Bool { a === b || a.cell == b.cell }

    func hash(into hasher: inout Hasher) { cell.hash(into: &hasher) }
  }

  private subscript<Value>(field: WritableKeyPath<Cell, Value>) -> Value {
    get { shared.cell[keyPath: field] }
    set {
      var cell = shared.cell
      cell[keyPath: field] = newValue
      shared = Shared(cell)
    }
  }

  /// Derived like `runID`, without the seed.
  public var cellID: String {
    get { shared.cell.cellID }
    set { self[\.cellID] = newValue }
  }
  public var model: String {
    get { shared.cell.model }
    set { self[\.model] = newValue }
  }
  public var family: String {
    get { shared.cell.family }
    set { self[\.family] = newValue }
  }
  public var objective: String {
    get { shared.cell.objective }
    set { self[\.objective] = newValue }
  }
  public var form: String {
    get { shared.cell.form }
    set { self[\.form] = newValue }
  }
  public var estimator: String {
    get { shared.cell.estimator }
    set { self[\.estimator] = newValue }
  }
  public var optimizer: String {
    get { shared.cell.optimizer }
    set { self[\.optimizer] = newValue }
  }
  /// The weight on the KL to the prior; nil where it follows a schedule.
  public var beta: Double? {
    get { shared.cell.beta }
    set { self[\.beta] = newValue }
  }
  /// The resolved configuration, as canonical JSON.
  public var config: String {
    get { shared.cell.config }
    set { self[\.config] = newValue }
  }
  /// The resolved configuration, flattened to dotted keys, in the order of the configuration.
  public var parameters: [Parameter] {
    get { shared.cell.parameters }
    set { self[\.parameters] = newValue }
  }

  public struct Parameter: Sendable, Hashable {
    public var key: String
    public var value: ParameterValue

    public init(key: String, value: ParameterValue) {
      self.key = key
      self.value = value
    }
  }

  public init(
    runID: String, sweep: String, cellID: String, model: String, family: String, objective: String,
    form: String, estimator: String, optimizer: String, beta: Double?, seed: Int, config: String,
    parameters: [Parameter]
  ) {
    self.runID = runID
    self.sweep = sweep
    self.seed = seed
    shared = Shared(
      Cell(
        cellID: cellID, model: model, family: family, objective: objective, form: form, estimator: estimator,
        optimizer: optimizer, beta: beta, config: config, parameters: parameters))
  }

  /// Whether both are of one cell: all but their ids, sweeps and seeds is the same.
  public func isOfCell(of other: RunRecord) -> Bool { shared == other.shared }
}

/// A flattened configuration value, as SQLite can hold it.
public enum ParameterValue: Sendable, Hashable {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
}

/// The terms of the bound at one point, in nats over the whole data set; nil is a term that cannot be had.
///
/// NaN and ±infinity are values like any other: they happened.
public struct BoundTerms: Sendable, Hashable {
  public var elbo: Double?
  public var reconstruction: Double?
  public var klPrior: Double?
  public var klPosterior: Double?
  public var logJoint: Double?
  public var entropy: Double?
  public var logEvidence: Double?

  public init(
    elbo: Double? = nil, reconstruction: Double? = nil, klPrior: Double? = nil, klPosterior: Double? = nil,
    logJoint: Double? = nil, entropy: Double? = nil, logEvidence: Double? = nil
  ) {
    self.elbo = elbo
    self.reconstruction = reconstruction
    self.klPrior = klPrior
    self.klPosterior = klPosterior
    self.logJoint = logJoint
    self.entropy = entropy
    self.logEvidence = logEvidence
  }
}

/// One recorded step: the state after `step` updates.
public struct StepRecord: Sendable, Hashable {
  public var step: Int
  public var terms: BoundTerms
  /// The estimate that was maximised, at the step's β.
  public var objective: Double?
  public var beta: Double?
  public var gradNorm: Double?

  public init(step: Int, terms: BoundTerms, objective: Double?, beta: Double?, gradNorm: Double?) {
    self.step = step
    self.terms = terms
    self.objective = objective
    self.beta = beta
    self.gradNorm = gradNorm
  }
}

/// How a run ended.
public struct RunOutcome: Sendable, Hashable {
  public var status: RunStatus
  /// The yardstick: the terms at β = 1 and the final parameters; nil unless finished.
  public var yardstick: BoundTerms?
  /// The standard error of the yardstick's ELBO; nil where it is exact.
  public var elboStandardError: Double?
  public var logEvidenceStandardError: Double?
  /// The number of updates made.
  public var steps: Int
  public var seconds: Double
  /// Why the run's numbers are not to be trusted; nil where nothing was found.
  public var suspect: String?
  /// Why the run failed or diverged, with the step; nil where it did not.
  public var reason: String?
  /// The names of the recorded terms that are exact rather than sampled.
  public var exactTerms: [String]
  /// How many identities between terms were checked, and the largest relative residual among exact ones.
  public var identitiesChecked: Int
  public var largestResidual: Double?

  public init(
    status: RunStatus, yardstick: BoundTerms? = nil, elboStandardError: Double? = nil,
    logEvidenceStandardError: Double? = nil, steps: Int, seconds: Double, suspect: String? = nil,
    reason: String? = nil, exactTerms: [String] = [], identitiesChecked: Int = 0,
    largestResidual: Double? = nil
  ) {
    self.status = status
    self.yardstick = yardstick
    self.elboStandardError = elboStandardError
    self.logEvidenceStandardError = logEvidenceStandardError
    self.steps = steps
    self.seconds = seconds
    self.suspect = suspect
    self.reason = reason
    self.exactTerms = exactTerms
    self.identitiesChecked = identitiesChecked
    self.largestResidual = largestResidual
  }
}

/// The provenance of one attempt at runs: what ran them and where. Never environment variables.
public struct AttemptRecord: Sendable, Hashable {
  public var wbVersion: String
  /// The git commit of the sweep file's folder, where there is one.
  public var gitCommit: String?
  public var host: String
  public var cpuFlags: String
  public var blasCore: String
  public var command: String

  public init(
    wbVersion: String, gitCommit: String?, host: String, cpuFlags: String, blasCore: String, command: String
  ) {
    self.wbVersion = wbVersion
    self.gitCommit = gitCommit
    self.host = host
    self.cpuFlags = cpuFlags
    self.blasCore = blasCore
    self.command = command
  }
}

/// One sweep as a file describes it.
public struct SweepRecord: Sendable, Hashable {
  public var name: String
  public var description: String
  /// The text of the sweep file, overrides applied on the command line listed apart.
  public var source: String
  public var overrides: [String]

  public init(name: String, description: String, source: String, overrides: [String]) {
    self.name = name
    self.description = description
    self.source = source
    self.overrides = overrides
  }
}
