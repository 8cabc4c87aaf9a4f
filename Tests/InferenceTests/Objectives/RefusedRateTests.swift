import Inference
import Testing

/// What objectives of rates do not go together with.
@Suite struct RefusedRateTests {
  private func problems(_ model: LearnedCase, _ run: ConfigMapping) throws -> [String] {
    do {
      _ = try model.settings(run)
      return []
    } catch let problems as SettingsProblems {
      return problems.problems.map(\.description)
    }
  }

  private let linear = LearnedCase.example(LinearVAE.self)

  @Test("models whose latents are inferred have no data with latents of their own")
  func inferred() throws {
    #expect(
      try WrongRun(["model": "banana", "objective": "free-bits"]).problems() == [
        "'free-bits' is of the KL of every datum's own latents, and those of 'banana' are shared by all data; use "
          + "objective: elbo, or a learned model such as \(Registry<ModelChoice>.learnedModelTypes.map { $0.name }.joined(separator: ", "))"
      ])
  }

  @Test("writings without the KL, β where there is none, exact posteriors and a tolerance that is not given")
  func combinations() throws {
    #expect(
      try problems(linear, ["objective": "free-bits", "form": "joint-entropy"]) == [
        "form is joint-entropy, which does not have the KL to the prior apart, as 'free-bits' needs it; remove form, or use "
          + "form: reconstruction-kl"
      ])
    #expect(
      try problems(linear, ["objective": "capacity", "beta": 2]) == [
        "'capacity' has no β: how much the KL weighs follows from its own options; remove it, or use beta: 1"
      ])
    #expect(
      try problems(linear, ["objective": "free-bits", "family": "exact"]) == [
        "'free-bits' moves the KL of q, and 'exact' leaves q nothing to move: it is the posterior; use objective: elbo, or "
          + "family: mean-field or full-rank where the model has an encoder"
      ])
    #expect(
      try problems(linear, ["objective": "geco"]) == [
        "objective.geco.tolerance is not given; say how many nats −E[log p(x|z)] of a datum may be, such as the distortion of "
          + "a run at β = 1"
      ])
    #expect(
      try problems(linear, ["objective": "beta-tcvae", "family": "full-rank"]) == [
        "family is 'full-rank', and the total correlation of 'beta-tcvae' is of latents that are independent under q; use "
          + "family: mean-field"
      ])
    #expect(
      try problems(linear, ["objective": "free-bits", "estimator": "stl"]) == [
        "'stl' is for q alone, and 'linear-vae' has parameters of its own; use estimator: reparameterization"
      ])
    #expect(
      try problems(linear, ["objective": ["free-bits": ["nats": -1]]]) == [
        "objective.free-bits.nats is -1; use a number from 0"
      ])
  }

  @Test("a prior that does not have each latent's KL apart has that of all latents")
  func vamp() throws {
    let vamp = LearnedCase.variant(
      "vamp", VariationalAutoencoder.self, ["prior": "vamp", "components": 3])
    #expect(
      try problems(vamp, ["objective": "free-bits"]) == [
        "objective.free-bits is of each latent's own KL, which the prior of 'vae' does not have; use group: all, or a prior of "
          + "independent normals"
      ])
    #expect(try problems(vamp, ["objective": ["free-bits": ["group": "all"]]]) == [])
  }

  @Test("the writing is the objective's own unless it is named, and is recorded")
  func form() throws {
    #expect(try linear.settings(["objective": "free-bits"]).configuration["form"] == "reconstruction-kl")
    #expect(try linear.settings([:]).configuration["form"] == "joint-entropy")
    #expect(try linear.settings(["form": "evidence-gap"]).configuration["form"] == "evidence-gap")
  }

  @Test("the gap of an encoder wants one, and leaves no trace where nobody asks")
  func amortization() throws {
    #expect(
      try problems(linear, ["family": "exact", "evaluate": ["amortization_gap": 10]]) == [
        "evaluate.amortization_gap is 10, and the exact posterior has no encoder; remove amortization_gap, or use family: "
          + "mean-field or full-rank where the model has an encoder"
      ])
    let evaluate = try linear.settings([:]).configuration["evaluate"]?.asMapping
    #expect(evaluate?["amortization_gap"] == nil && evaluate?["nll_samples"] == 0)
    let asked = try linear.settings(["evaluate": ["amortization_gap": 3]]).configuration["evaluate"]
    #expect(asked?.asMapping?["amortization_gap"] == 3)
  }
}
