import Foundation
import Testing
import Tracking

/// Flows on a banana, whose evidence is 0, and on eight schools, whose evidence is −31.3113 by quadrature.
@Suite struct FlowsTests {
  private static let experiment = Result { try Experiment("flows", "seeds=1", "model=banana") }

  @Test(
    "flows come within 0.02 nat of the banana's evidence",
    arguments: ["inverse-autoregressive", "masked-autoregressive", "neural-spline"])
  func banana(family: String) throws {
    let runs = try Self.experiment.get().runs.filter { $0.record.family == family }
    #expect(runs.count == 1)
    for run in runs {
      let terms = try #require(run.outcome?.yardstick)
      let elbo = try #require(terms.elbo)
      #expect(elbo > -0.02)
      #expect(elbo < 5 * (try #require(run.outcome?.elboStandardError)))
      #expect(terms.logEvidence == 0)
    }
  }

  @Test("every flow is better than the best Gaussian, by far")
  func better() throws {
    let runs = try Self.experiment.get().runs
    let gaussian = try #require(runs.first { $0.record.family == "full-rank" }?.outcome?.yardstick?.elbo)
    for run in runs where run.record.family != "full-rank" {
      let elbo = try #require(run.outcome?.yardstick?.elbo)
      #expect(elbo > gaussian + 0.3, "\(run.record.family)")
    }
  }
}
