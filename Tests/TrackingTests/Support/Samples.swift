import Tracking

extension SweepRecord {
  static func sample(_ name: String = "three-elbos") -> SweepRecord {
    SweepRecord(
      name: name, description: "The three forms agree.", source: "name: \(name)\n", overrides: ["seeds=2"])
  }
}

extension RunRecord {
  static func sample(_ runID: String, sweep: String = "three-elbos", seed: Int = 0) -> RunRecord {
    RunRecord(
      runID: runID, sweep: sweep, cellID: "c1", model: "gaussian", family: "mean-field", objective: "elbo",
      form: "joint-entropy", estimator: "reparameterization", optimizer: "adam", beta: 0.5, seed: seed,
      config: #"{"family":"mean-field"}"#,
      parameters: [
        .init(key: "run.steps", value: .integer(2000)), .init(key: "beta", value: .number(1)),
        .init(key: "family", value: .text("mean-field")), .init(key: "target", value: .null),
      ])
  }
}

extension AttemptRecord {
  static let sample = AttemptRecord(
    wbVersion: "0.1.0", gitCommit: "abc123", host: "laptop", cpuFlags: "avx2", blasCore: "Haswell",
    command: "wb run sweep.yaml")
}

extension StepRecord {
  static func sample(_ step: Int, elbo: Double? = -12.5) -> StepRecord {
    StepRecord(
      step: step,
      terms: BoundTerms(
        elbo: elbo, reconstruction: -10, klPrior: 2.5, klPosterior: nil, logJoint: -15, entropy: 2.5,
        logEvidence: nil),
      objective: -11.25, beta: 0.5, gradNorm: 3)
  }
}

extension StepBatch {
  /// Steps of one cadence, with the same terms in all of them.
  static func sample(_ steps: [StepRecord]) -> StepBatch {
    let batches = steps.batched()
    precondition(batches.count == 1, "steps that are no batch")
    return batches[0]
  }
}

extension StepBlock {
  static func sample(_ steps: [StepRecord]) -> StepBlock { StepBlock(.sample(steps)) }
}

extension RunOutcome {
  static let finished = RunOutcome(
    status: .finished,
    yardstick: BoundTerms(
      elbo: -12.5, reconstruction: -10, klPrior: 2.5, klPosterior: nil, logJoint: -15, entropy: 2.5,
      logEvidence: nil),
    elboStandardError: 0.25, steps: 2, seconds: 1.5, exactTerms: ["kl_prior", "entropy"],
    identitiesChecked: 2, largestResidual: 1e-12)
}

extension StoreSettings {
  /// A clock that stands still, and a short wait for a busy file.
  static func fixed(at time: Double = 1000) -> StoreSettings {
    var settings = StoreSettings()
    settings.clock = { time }
    settings.busySeconds = 0.2
    return settings
  }
}

/// A store of one sweep with the runs registered, and an attempt begun.
struct SampleStore {
  let folder: TemporaryFolder
  let store: Store
  let attempt: AttemptID

  init(runs: [String] = ["r1"], settings: StoreSettings = .fixed()) throws {
    folder = try TemporaryFolder()
    store = try Store(path: folder.file(), mode: .writing, settings: settings)
    try store.register(.sample(), runs: runs.map { .sample($0) })
    attempt = try store.beginAttempt(.sample)
  }
}
