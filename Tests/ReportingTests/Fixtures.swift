import Foundation
import Plotting
import Reporting
import Tracking

/// Runs and their steps as a store would give them, from closed formulas.
struct Fixture: RunSource {
  var runs: [RunSummary] = []
  var steps = 400
  /// What runs have recorded beside the bound over steps: by metric and run id.
  var recorded: [String: [String: StepSeries]] = [:]
  /// The largest values of metrics, by metric and run id.
  var largest: [String: [String: Double]] = [:]

  /// A run of linear regression; `elbo` nil for a run that diverged.
  static func run(
    family: String = "mean-field", form: String = "reconstruction-kl", beta: Double = 1, seed: Int,
    model: String = "bayesian-linear-regression", rate: Double = 0.05, elbo: Double?,
    standardError: Double? = nil,
    evidence: Double? = -496.599, suspect: String? = nil, reason: String? = nil,
    extra: [RunRecord.Parameter] = []
  ) -> RunSummary {
    let parameters =
      [
        RunRecord.Parameter(key: "optimizer.adam.learning_rate", value: .number(rate)),
        RunRecord.Parameter(key: "seed", value: .integer(seed)),
      ] + extra
    let coordinates = "\(model)/\(family)/\(form)/\(beta)/\(rate)"
    let record = RunRecord(
      runID: "run-\(coordinates)/\(seed)", sweep: "three-elbos", cellID: "cell-\(coordinates)", model: model,
      family: family, objective: "elbo", form: form, estimator: "reparameterization", optimizer: "adam",
      beta: beta,
      seed: seed, config: "{}", parameters: parameters)
    let status: RunStatus = elbo == nil ? .diverged : .finished
    let yardstick = elbo.map { elbo in
      BoundTerms(
        elbo: elbo, reconstruction: elbo + 12, klPrior: 12, klPosterior: evidence.map { $0 - elbo },
        logEvidence: evidence)
    }
    return RunSummary(
      record: record, status: status, startedAt: 0, endedAt: 1,
      outcome: RunOutcome(
        status: status,
        yardstick: yardstick, elboStandardError: standardError, steps: 2000, seconds: 0.25, suspect: suspect,
        reason: reason ?? (elbo == nil ? "the objective became NaN at step \(40 + seed)" : nil),
        exactTerms: ["kl_prior"], identitiesChecked: 6000, largestResidual: 3.2e-13))
  }

  /// Families × forms × β, five seeds: full-rank reaches the evidence, mean-field stays 3.8 nats below.
  static func grid(
    families: [String] = ["mean-field", "full-rank"],
    forms: [String] = ["joint-entropy", "reconstruction-kl"],
    betas: [Double] = [1, 4], models: [String] = ["bayesian-linear-regression"]
  ) -> Fixture {
    var runs: [RunSummary] = []
    for model in models {
      for (f, family) in families.enumerated() {
        for (g, form) in forms.enumerated() {
          for beta in betas {
            for seed in 0..<5 {
              let noise = 0.002 * sin(Double(7 * seed + 3 * g) + beta)
              let top = family == "full-rank" ? -496.601 : -500.405 - 0.4 * Double(f)
              runs.append(
                run(
                  family: family, form: form, beta: beta, seed: seed, model: model,
                  elbo: top - 1.1 * (beta - 1) + noise))
            }
          }
        }
      }
    }
    return Fixture(runs: runs)
  }

  func summaries(of metric: String, runs: [String]) -> [String: MetricSummary] {
    var summaries: [String: MetricSummary] = [:]
    for run in runs {
      let series = recorded[metric]?[run]
      guard let last = series?.values.last ?? largest[metric]?[run] else { continue }
      summaries[run] = MetricSummary(
        count: series?.values.count ?? 1, firstStep: 0, lastStep: series?.steps.last ?? 0, minimum: last,
        maximum: largest[metric]?[run] ?? last, mean: last, last: last, firstNonFiniteStep: nil)
    }
    return summaries
  }

  func recordedMetrics(of runs: [String]) -> [String] {
    recorded.keys.filter { metric in
      !StepMetric.columns.contains(metric) && runs.contains { recorded[metric]?[$0] != nil }
    }.sorted()
  }

  func series(ofRun runID: String, metric: String) -> StepSeries {
    if let known = recorded[metric] { return known[runID] ?? StepSeries(steps: [], values: []) }
    guard metric == "elbo" else { return StepSeries(steps: [], values: []) }
    guard let run = runs.first(where: { $0.record.runID == runID }) else {
      return StepSeries(steps: [], values: [])
    }
    let end = run.outcome?.yardstick?.elbo ?? .nan
    let all = Array(0...steps)
    return StepSeries(
      steps: all,
      values: all.map { step in
        let noise = 0.6 * sin(Double(step * (3 + run.record.seed)) * 1.7)
        return end - 4000 * exp(-Double(step) / 25) + noise
      })
  }

  var input: ReportInput {
    ReportInput(
      sweep: SweepRecord(
        name: "three-elbos", description: "Do the three forms agree, and is full-rank worth it?\nAt every β.",
        source: "name: three-elbos\nrun:\n  model: bayesian-linear-regression\nseeds: 5\n",
        overrides: ["seeds=5"]),
      runs: runs,
      attempts: [
        AttemptRecord(
          wbVersion: "0.1.0", gitCommit: "0123abc", host: "laptop", cpuFlags: "avx2 fma", blasCore: "Haswell",
          command: "wb run sweep.yaml seeds=5")
      ], sweepFile: "sweep.yaml", store: "wb.sqlite")
  }
}
