import Inference
public import SweepConfig
public import Tracking

extension Sweep {
  /// The sweep as the store registers it.
  public var record: SweepRecord {
    SweepRecord(name: name, description: description ?? "", source: source, overrides: overrides)
  }

  /// Runs as the store registers them; what those of one cell share is made once, where they follow each other.
  func records(of runs: [Run]) -> [RunRecord] {
    var shared: RunRecord?
    return runs.map { run in
      var record = shared.flatMap { $0.cellID == run.cell.id ? $0 : nil } ?? self.record(of: run.cell)
      shared = record
      record.runID = run.id
      record.seed = run.seed
      return record
    }
  }

  private func record(of cell: Cell) -> RunRecord {
    let settings = cell.settings
    return RunRecord(
      runID: "", sweep: name, cellID: cell.id, model: settings.modelName, family: settings.familyName,
      objective: settings.objectiveName, form: settings.form.rawValue,
      estimator: settings.estimatorName, optimizer: settings.optimizerName,
      beta: settings.beta.constant, seed: 0, config: cell.configurationJSON,
      parameters: settings.configuration.flattened())
  }
}

extension ConfigMapping {
  /// Every leaf under its dotted path, in the order of the configuration; a list is one value, as text.
  func flattened(under prefix: String = "") -> [RunRecord.Parameter] {
    entries.flatMap { entry in
      let key = prefix + entry.key
      // A start that others give by name: one value to compare by, beside its parts.
      if prefix.isEmpty, RunSettings.namedSettings.contains(key), case .mapping(let inner) = entry.value {
        return [RunRecord.Parameter(key: key, value: entry.value.parameter)]
          + inner.flattened(under: key + ".")
      }
      if case .mapping(let inner) = entry.value { return inner.flattened(under: key + ".") }
      return [RunRecord.Parameter(key: key, value: entry.value.parameter)]
    }
  }
}

extension ConfigValue {
  fileprivate var parameter: ParameterValue {
    switch self {
    case .null: .null
    case .boolean(let flag): .text(flag ? "true" : "false")
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let text): .text(text)
    case .list(let items): .text("[" + items.map(\.inline).joined(separator: ", ") + "]")
    case .mapping: .text(inline)
    }
  }
}

extension BoundTerms {
  init(elbo: Double?, _ terms: TermValues) {
    self.init(
      elbo: elbo, reconstruction: terms.reconstruction, klPrior: terms.klPrior,
      klPosterior: terms.klPosterior, logJoint: terms.logJoint, entropy: terms.entropy,
      logEvidence: terms.logEvidence)
  }
}

extension RunOutcome {
  /// Makes it a failure, or what else has no yardstick, which only finished runs have.
  mutating func fail(_ reason: String?, as status: RunStatus = .failed) {
    self.status = status
    self.reason = reason
    yardstick = nil
    elboStandardError = nil
    logEvidenceStandardError = nil
  }

  init(_ result: FitResult, seconds: Double) {
    let status: RunStatus
    var reason: String?
    switch result.ending {
    case .finished: status = .finished
    case .diverged(let sentence): (status, reason) = (.diverged, sentence)
    case .interrupted: status = .interrupted
    }
    self.init(
      status: status, yardstick: result.yardstick.map { BoundTerms(elbo: $0.elbo, $0.terms) },
      elboStandardError: result.yardstick?.elboStandardError,
      logEvidenceStandardError: result.yardstick?.logEvidenceStandardError, steps: result.steps,
      seconds: seconds, suspect: result.suspect, reason: reason,
      exactTerms: result.exactTerms.map(\.rawValue), identitiesChecked: result.identitiesChecked,
      largestResidual: result.largestResidual)
  }
}
