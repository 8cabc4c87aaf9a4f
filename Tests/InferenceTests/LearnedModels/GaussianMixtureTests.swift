import Inference
import Testing

@Suite struct GaussianMixtureTests {
  private static let climb: ConfigMapping = [
    "family": "exact", "form": "evidence-gap", "optimizer": ["em": ["tolerance": 0]], "steps": 41,
  ]

  @Test("EM on Old Faithful climbs the known path to the known maximum")
  func path() throws {
    // The log likelihoods of the parameters after 0, 1, … iterations, and where they end: numpy in double precision,
    // with the densities by scipy.stats.multivariate_normal.
    let expected = [
      -1373.9772575480254, -1145.8143041043238, -1131.9274170650517, -1130.3197753417141, -1130.2664877906825,
      -1130.2640997126502, -1130.263968181042, -1130.2639606470066, -1130.2639602115205, -1130.2639601862934,
    ]
    let (steps, result) = fit(try faithfulMixture("full").settings(Self.climb))
    for (iteration, value) in expected.enumerated() {
      let evidence = try #require(steps[2 * iteration].terms.logEvidence)
      #expect(abs(evidence - value) <= 1e-9 * abs(value), "iteration \(iteration): \(evidence)")
    }
    let last = try #require(steps.last)
    #expect(abs(last.elbo - -1130.2639601847416) <= 1e-9 * 1130)
    #expect(try #require(result.yardstick).elbo == last.elbo || abs(last.elbo - -1130.2639601847416) < 1e-8)
  }

  @Test("every kind of covariance ends at scikit-learn's parameters", arguments: mixtureReferences)
  func parameters(_ reference: MixtureReference) throws {
    // 250 iterations: the slowest of these, spherical on iris, loses a tenth of its distance with each five.
    let settings = try reference.model.settings(Self.climb.with(["steps": 501]))
    let result = fit(settings).result
    #expect(result.ending == .finished)
    let elbo = try #require(result.yardstick).elbo
    #expect(abs(elbo - reference.logLikelihood) <= 1e-9 * abs(elbo), "\(elbo)")
    let exported = settings.learning.model.exported(result.parameters)
    #expect(exported.map(\.name) == ["weights", "means", "covariances"])
    for (array, expected) in zip(exported, [reference.weights, reference.means, reference.covariances]) {
      #expect(array.values.count == expected.count)
      for (value, expected) in zip(array.values, expected) {
        #expect(
          abs(value - expected) <= 1e-6 * max(1, abs(expected)), "\(array.name): \(value), not \(expected)")
      }
    }
  }

  @Test("several starts find the better maximum of iris, and say which found a worse one")
  func starts() throws {
    let model = irisModel("gaussian-mixture", ["components": 3])
    let run = Self.climb.with(["optimizer": ["em": ["starts": 10]], "steps": 400])
    for seed: UInt64 in 0..<3 {
      let (_, points, result) = learn(try model.settings(run), seed: seed)
      // scikit-learn's from the species' means, as among the references.
      #expect(abs(try #require(result.yardstick).elbo - -180.18547713130337) <= 1e-7)
      let ends = points.filter { $0.metric == "start_objective" }.map(\.value)
      #expect(ends.count == 10)
      #expect(ends.contains { $0 < -180.2 }, "all starts found the better maximum: \(ends)")
    }
  }

  @Test("gradient ascent reaches the maximum of EM, in every form", arguments: Form.allCases)
  func gradients(_ form: Form) throws {
    let run: ConfigMapping = [
      "family": "exact", "form": .text(form.rawValue), "steps": 1500, "record": ["every": 500],
      "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine"]],
    ]
    let result = fit(try faithfulMixture("full").settings(run)).result
    #expect(result.ending == .finished && result.suspect == nil)
    // The steps end near 0, so that what is left is the distance that 1,500 of them have not gone.
    #expect(abs(try #require(result.yardstick).elbo - -1130.2639601847416) <= 1e-6)
  }

  @Test("data far from 0 lose nothing", arguments: ["full", "tied", "diagonal", "spherical"])
  func farFromZero(_ covariance: String) throws {
    guard case .numbers(let values) = faithful.storage else { return }
    // The shift is a power of two and the data are moved to multiples of 2⁻²⁰, so that they move exactly.
    let near = values.map { ($0 * 0x1p20).rounded() * 0x1p-20 }
    let shift = 0x1p20
    let runs = try [0, shift].map { shift in
      let data = DataArray(
        name: "moved.csv", rowCount: 272, width: 2, storage: .numbers(near.map { $0 + shift }),
        digest: "\(shift)")
      let model = LearnedCase(
        testDescription: "",
        configuration: [
          "gaussian-mixture": ["data": "moved.csv", "covariance": .text(covariance)]
        ], arrays: ["moved.csv": data])
      return fit(try model.settings(Self.climb.with(["steps": 11]))).steps
    }
    #expect(runs[0].count == runs[1].count)
    // The means are rounded to 2²⁰ ε = 2.3e-10 min. By a mean the objective changes by Σ r (x − μ) / σ², at most
    // 272 · 1.5 / 0.07 = 5,800 a minute of eruption: 1.4e-6. Squares around 0 would lose 2⁴⁰ ε = 2.4e-4 of a variance
    // of 0.07, as much as a nat.
    for (near, far) in zip(runs[0], runs[1]) {
      #expect(abs(near.objective - far.objective) <= 2e-6, "step \(near.step)")
    }
  }

  @Test("stepwise EM comes near the maximum")
  func stepwise() throws {
    let run = Self.climb.with(["steps": 2000, "minibatch": 68, "record": ["every": 100]])
    for covariance in ["full", "tied", "diagonal", "spherical"] {
      let reference = try #require(
        mixtureReferences.first { $0.testDescription == "\(covariance) mixture of Old Faithful" })
      let result = fit(try reference.model.settings(run)).result
      #expect(result.ending == .finished)
      // After 1,000 minibatches the steps are 1000^−0.6 = 0.016, so that the statistics average over some 2 / 0.016 · 68
      // rows, 31 times the data: each of the 11 parameters costs 1/62 nats on average, 0.2 together.
      let elbo = try #require(result.yardstick).elbo
      #expect(
        elbo <= reference.logLikelihood + 1e-9 && elbo > reference.logLikelihood - 1, "\(covariance): \(elbo)"
      )
    }
  }
}
