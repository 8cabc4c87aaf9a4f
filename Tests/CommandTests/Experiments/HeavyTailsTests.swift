import Foundation
import Testing
import Tracking

@Suite struct HeavyTailsTests {
  private static let experiment = Result { try Experiment("heavy-tails", "seeds=2") }

  /// The bounds of a model's runs with a family, of these degrees of freedom where it has them.
  private static func bounds(_ model: String, _ family: String, degrees: Int? = nil) throws -> [Double] {
    let runs = try experiment.get().runs.filter { run in
      run.record.model == model && run.record.family == family
        && (degrees.map { run.value(of: "family.student-t.degrees") == .integer($0) } ?? true)
    }
    return try runs.map { try #require($0.outcome?.yardstick?.elbo) }
  }

  // log of ∫ Cauchy(0, 100) Cauchy(0.3 − x) Cauchy(0.7 − x) by quadrature in mpmath.
  @Test(
    "the t that has the target's tails finds it, and a Gaussian does not",
    arguments: [("t-target", 0, 5, 0.1), ("two-flashes", -7.62712479413099, 3, 0.025)])
  func tails(model: String, evidence: Double, degrees: Int, gap: Double) throws {
    let t = try Self.bounds(model, "student-t", degrees: degrees)
    let gaussian = try Self.bounds(model, "full-rank")
    #expect(t.count == 2 && gaussian.count == 2)
    for (own, other) in zip(t, gaussian) {
      #expect(abs(own - evidence) < 0.005)
      #expect(other < own - gap)
    }
  }
}
