import Foundation
import Tracking

/// A store as learned models fill it: a linear VAE over β on a made-up covariance, near its exact optimum, and EM with
/// several starts.
enum LearnedStore {
  static let eigenvalues = [4.0, 1.0, 0.25, 0.15]
  /// With these λ and σ² the units collapse at β = 20 and 5.
  static let noiseVariance = 0.2
  static let count = 150
  static let betas = [0.25, 1, 2, 4, 8, 16, 32]

  static func write(to path: String) throws {
    let store = try Store(path: path, mode: .writing)
    let vae = betas.flatMap { beta in (0..<3).map { record(beta: beta, seed: $0) } }
    let em = (0..<3).map { record(optimizer: "em", family: "exact", beta: 1, seed: $0) }
    let sweep = SweepRecord(name: "learned", description: "", source: "name: learned\n", overrides: [])
    try store.register(sweep, runs: vae + em)
    let attempt = try store.beginAttempt(
      AttemptRecord(
        wbVersion: "0.1.0", gitCommit: nil, host: "laptop", cpuFlags: "", blasCore: "",
        command: "wb run learned.yaml"))
    for run in vae { try store.write(vaeEvents(run, attempt)) }
    for run in em { try store.write(emEvents(run, attempt)) }
    try store.close()
  }

  private static func record(
    optimizer: String = "adam", family: String = "mean-field", beta: Double, seed: Int
  ) -> RunRecord {
    func parameter(_ key: String, _ value: ParameterValue) -> RunRecord.Parameter {
      .init(key: key, value: value)
    }
    return RunRecord(
      runID: "\(optimizer)-\(beta)-\(seed)", sweep: "learned", cellID: "\(optimizer)-\(beta)",
      model: "linear-vae",
      family: family, objective: "elbo", form: "reconstruction-kl", estimator: "reparameterization",
      optimizer: optimizer, beta: beta, seed: seed, config: "{}",
      parameters: [
        parameter("data_count", .integer(count)), parameter("validation_count", .integer(0)),
        parameter("test_count", .integer(50)), parameter("data_width", .integer(4)),
        parameter("latents", .integer(2)), parameter("noise_variance", .number(noiseVariance)),
      ])
  }

  /// The exact optimum at β, as the issue states it.
  static func optimum(_ beta: Double) -> (rate: Double, distortion: Double, active: Int) {
    let s = beta * noiseVariance
    let active = eigenvalues.prefix(2).count { $0 > s }
    let rate = eigenvalues.prefix(active).map { 0.5 * log($0 / s) }.reduce(0, +)
    let rest = Double(active) * s + eigenvalues.dropFirst(active).reduce(0, +)
    return (rate, 2 * log(2 * Double.pi * noiseVariance) + rest / (2 * noiseVariance), active)
  }

  private static func vaeEvents(_ run: RunRecord, _ attempt: AttemptID) -> [StoreEvent] {
    let beta = run.beta ?? 1
    let exact = optimum(beta)
    // Each seed ends a little above the curve.
    let rate = exact.rate + 0.004 * Double(run.seed)
    let distortion = exact.distortion + 0.003 * Double(run.seed + 1)
    let id = run.runID
    func last(_ metric: String, _ value: Double) -> StoreEvent {
      .points(
        runID: id, metric: metric,
        [PointRecord(step: 0, value: value - 5), PointRecord(step: 400, value: value)])
    }
    let units = (0..<2).map { $0 < exact.active ? 0.5 * log(eigenvalues[$0] / (beta * noiseVariance)) : 0 }
    let cloud = (0..<2).map { axis in
      (0..<count).map { row in
        PointRecord(
          step: row, value: units[axis] * sin(Double((axis + 2) * row) * 1.37) + 0.1 * cos(Double(row * row)))
      }
    }
    let elbo = -Double(count) * (rate + distortion)
    return [
      .started(runID: id, attempt: attempt, at: 1),
      .steps(
        runID: id,
        (0...400).map { step in
          let value = elbo - 2000 * exp(-Double(step) / 30)
          return StepRecord(
            step: step, terms: BoundTerms(elbo: value), objective: value, beta: beta, gradNorm: nil)
        }.batched()[0].blocks[0]),
      last("test_elbo", 50 * (-rate - distortion - 0.1)),
      last("test_elbo_per_datum", -rate - distortion - 0.1),
      last("nll", rate + distortion + 0.05), last("nll_se", 0.002),
      last("active_units", Double(exact.active)),
      last("collapsed_units", Double(2 - exact.active)), last("mutual_information", 0.9 * rate),
      // The units come in any order.
      last("kl_prior[1]", units[(run.seed + 1) % 2]), last("kl_prior[2]", units[run.seed % 2]),
      .points(runID: id, metric: "aggregate_posterior[1]", cloud[0]),
      .points(runID: id, metric: "aggregate_posterior[2]", cloud[1]),
      .points(
        runID: id, metric: "covariance_eigenvalue",
        eigenvalues.enumerated().map { PointRecord(step: $0 + 1, value: $1) }),
      .ended(
        runID: id,
        RunOutcome(
          status: .finished,
          yardstick: BoundTerms(
            elbo: elbo, reconstruction: -Double(count) * distortion, klPrior: Double(count) * rate),
          steps: 400, seconds: 1), at: 2),
    ]
  }

  /// Twelve half steps that climb by halves, and four starts of which one or two end elsewhere.
  private static func emEvents(_ run: RunRecord, _ attempt: AttemptID) -> [StoreEvent] {
    let exact = optimum(1)
    let elbo = -Double(count) * (exact.rate + exact.distortion)
    let starts = (0..<4).map { PointRecord(step: $0, value: $0 == run.seed + 1 ? elbo - 12.5 : elbo) }
    return [
      .started(runID: run.runID, attempt: attempt, at: 1),
      .steps(
        runID: run.runID,
        (0...12).map { step in
          let value = step == 12 ? elbo : elbo - 300 * pow(0.5, Double(step))
          return StepRecord(
            step: step, terms: BoundTerms(elbo: value), objective: value, beta: 1, gradNorm: nil)
        }.batched()[0].blocks[0]),
      .points(runID: run.runID, metric: "start_objective", starts),
      .ended(
        runID: run.runID,
        RunOutcome(
          status: .finished,
          yardstick: BoundTerms(
            elbo: elbo, reconstruction: -Double(count) * exact.distortion,
            klPrior: Double(count) * exact.rate,
            klPosterior: 0, logEvidence: elbo),
          steps: 12, seconds: 0.1), at: 2),
    ]
  }
}
