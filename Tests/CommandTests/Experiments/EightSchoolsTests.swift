import Testing
import Tracking

/// Rubin's eight schools with posteriordb's priors. The optima of the bound were computed once with deterministic
/// quadrature and L-BFGS, outside this project.
@Suite struct EightSchoolsTests {
  static let experiment = Result { try Experiment("eight-schools") }

  @Test(
    "every seed ends at the optimum of its family",
    arguments: [
      ("centered", "mean-field", -33.4041), ("centered", "full-rank", -32.5917),
      ("noncentered", "mean-field", -31.5973), ("noncentered", "full-rank", -31.5341),
    ])
  func optimum(parameterization: String, family: String, elbo: Double) throws {
    let runs = try Self.runs(parameterization, family)
    #expect(runs.map(\.record.seed) == [0, 1, 2, 3, 4])
    for run in runs {
      let found = try #require(run.outcome?.yardstick?.elbo)
      #expect(abs(found - elbo) <= 0.05, "seed \(run.record.seed)")
    }
  }

  @Test(
    "full-rank is never worse than mean-field by more than its error", arguments: ["centered", "noncentered"])
  func order(parameterization: String) throws {
    let pairs = zip(
      try Self.runs(parameterization, "full-rank"), try Self.runs(parameterization, "mean-field"))
    for (full, mean) in pairs {
      let difference = try #require(full.outcome?.yardstick?.elbo) - #require(mean.outcome?.yardstick?.elbo)
      let error = full.outcome?.elboStandardError ?? 0
      #expect(difference >= -error, "seed \(full.record.seed)")
    }
  }

  private static func runs(_ parameterization: String, _ family: String) throws -> [RunSummary] {
    try experiment.get().runs.filter {
      $0.record.family == family
        && $0.value(of: "model.eight-schools.parameterization") == .text(parameterization)
    }
  }
}
