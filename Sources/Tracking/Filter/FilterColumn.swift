/// What a filter asks a run for.
public enum FilterColumn: Sendable, Hashable {
  /// A column of the view `runs`.
  case run(RunColumn)
  /// A parameter of the configuration, such as `optimizer.adam.learning_rate`.
  case parameter(String)
  /// The names that people have given it.
  case tag
  /// What the run recorded of a metric, once it has ended.
  case summary(metric: String, SummaryPart)
  /// The value that was recorded at exactly this step.
  case value(metric: String, step: Int)

  /// A number of the view `summaries`.
  public enum SummaryPart: String, Sendable, Hashable, CaseIterable {
    case last, minimum, maximum, mean, count
    case firstStep = "first_step"
    case lastStep = "last_step"
  }

  /// The values that a column can have.
  enum Kind {
    case number, text, time
    /// A parameter is what the configuration says.
    case any
  }

  /// Whether a run can have several of it: the sweeps that hold it, and its tags.
  var isSet: Bool { self == .tag || self == .run(.sweep) }

  var kind: Kind {
    switch self {
    case .run(let column): column.kind
    case .parameter: .any
    case .tag: .text
    case .summary, .value: .number
    }
  }
}

/// A column of the view `runs`, and `program`: what executed the run, `wb` or the file of a program.
public enum RunColumn: String, Sendable, Hashable, CaseIterable {
  case runID = "run_id"
  case sweep
  case cellID = "cell_id"
  case model, program, family, objective, form, estimator, optimizer, beta, seed, status
  case startedAt = "started_at"
  case endedAt = "ended_at"
  case seconds, steps, elbo
  case elboStandardError = "elbo_se"
  case reconstruction
  case klPrior = "kl_prior"
  case klPosterior = "kl_posterior"
  case logJoint = "log_joint"
  case entropy
  case logEvidence = "log_evidence"
  case logEvidenceStandardError = "log_evidence_se"
  case suspect, reason, note

  var kind: FilterColumn.Kind {
    switch self {
    case .runID, .sweep, .cellID, .model, .program, .family, .objective, .form, .estimator, .optimizer,
      .status, .suspect, .reason, .note:
      .text
    // The name of its schedule where it has one.
    case .beta: .any
    case .startedAt, .endedAt: .time
    case .seed, .seconds, .steps, .elbo, .elboStandardError, .reconstruction, .klPrior, .klPosterior,
      .logJoint,
      .entropy, .logEvidence, .logEvidenceStandardError:
      .number
    }
  }
}
