import ReverseTape

/// What is known of a model, as facts for a reader: which factors are the likelihood and which the prior, and which terms of
/// the bound have closed forms.
public struct ModelExplanation: Sendable {
  /// One line that says what the model is.
  public let summary: String
  /// Fact and value, in reading order.
  public let rows: [(fact: String, value: String)]
  /// What is accepted and deserves a second look, each with its place.
  public let warnings: [String]

  public init(_ task: RunTask) {
    switch task {
    case .inference(let task): self.init(task.model)
    case .learning(let task): self.init(task)
    case .program(let task): self.init(task)
    }
  }

  private init(_ task: ProgramTask) {
    warnings = []
    summary = "the program \(task.name), which fits \(task.modelName)"
    rows = task.configuration.entries.filter { $0.value != .null }.map { ($0.key, $0.value.inline) }
  }

  private init(_ task: LearningTask) {
    let parts = [
      ("training", task.data.training), ("validation", task.data.validation), ("test", task.data.test),
    ]
    let data = parts.compactMap { name, rows in rows.map { "\($0.rowCount) \(name)" } }
    warnings = []
    summary = type(of: task.model).summary
    rows =
      task.parameters.blocks.map { block in
        let shape =
          block.shape.columns > 1 ? "\(block.shape.rows) × \(block.shape.columns)" : "\(block.shape.rows)"
        return ("parameter \(block.name)", shape + ", real")
      } + [
        ("parameters to learn", String(task.parameters.count)),
        ("latents of a datum", String(task.model.latentCount)),
        ("numbers of a datum", String(task.data.shape.width)),
        ("data", data.joined(separator: ", ")),
        ("likelihood", "a sum over the data; can be subsampled"),
        ("posterior", task.model.tractable == nil ? "not tractable" : "tractable, tempered ones too"),
      ]
  }

  private init(_ model: any Model) {
    warnings = model.warnings
    summary = type(of: model).summary
    let likelihood = model.rows.map { "a sum over \($0.rowCount) rows; can be subsampled" }
    let evidence = model.evidence.map { evidence in
      "\(evidence.logValue.shortest)" + (evidence.standardError.map { " ± \($0.shortest)" } ?? " (exact)")
    }
    let opaque = model.opaqueReason.map { "not apart from the prior: \($0)" }
    let whole = model.observationCount > 0 ? "one factor" : "none: the posterior is the prior"
    rows =
      model.facts + [
        ("unconstrained dimension", String(model.dimension)),
        ("observations", model.opaqueReason == nil ? String(model.observationCount) : "not known"),
        ("likelihood", opaque ?? likelihood ?? whole),
        ("log evidence, nats", evidence ?? "not known"),
        ("posterior", model.posterior == nil ? "not tractable" : "tractable, tempered ones too"),
        ("prior as a Gaussian start", model.priorMoments == nil ? "no" : "yes"),
        ("closed forms under a Gaussian q", Self.closedForms(model)),
      ]
  }

  private static func closedForms(_ model: any Model) -> String {
    if model.isDiscrete { return "none: the latents are discrete" }
    let bound = BoundTape.hasClosedForms(model: model, family: FullRank())
    let tape = Tape(draws: 1)
    let family = FullRank()
    let parameters = tape.slot(Slot("parameters", Shape(family.parameterCount(for: model))))
    let noise = tape.slot(Slot("noise", Shape(family.noiseCount(for: model)), .perDraw))
    let recorded = family.record(parameters, noise: noise, model: model, on: tape)
    guard let q = recorded.gaussian else { return "none" }
    if bound { return "every term" }
    let hasPrior = model.priorDivergence(q) != nil || model.expectedLogPrior(q) != nil
    return hasPrior ? "kl_prior and entropy" : "entropy"
  }
}
