import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// What runs record of their importance weights.
@Suite struct ImportanceDiagnosticsTests {
  struct Optimum: Sendable {
    var parameterization: String
    var mean: [Double]
    var sd: [Double]
    var shape: Double
  }

  /// Mean-field optima of eight schools and their k̂ by an implementation of PSIS in NumPy, over replicates whose sd is 0.06 (θ or
  /// standardised θ, μ, log τ).
  static let optima = [
    Optimum(
      parameterization: "centered",
      mean: [
        7.1439050857310615, 5.159646416137484, 3.499524492453311, 4.835172820619836, 2.8253732218964664,
        3.6160090430549365, 7.518138570778788, 4.954342374801773, 4.282958640884575, 1.7728898666792983,
      ],
      sd: [
        5.210324022095454, 4.856772962280819, 5.247698863116719, 4.959239356447517, 4.727701890931897,
        4.958944085984597, 4.85647803497958, 5.308536114847583, 1.828225443502016, 0.24093613562857943,
      ], shape: 0.8965117024897082),
    Optimum(
      parameterization: "noncentered",
      mean: [
        0.2871339348904478, 0.08870462347787857, -0.08155650412864085, 0.05347982630657722,
        -0.16927639966586652, -0.07627745118410874, 0.3438346892372047, 0.06471974956448004,
        4.527163315262894,
        0.8103925136186285,
      ],
      sd: [
        0.9691783593915617, 0.9342202512894844, 0.9727919913280254, 0.9449130625618058, 0.9198569826415839,
        0.9448915011700995, 0.9336152976493801, 0.9782237305657399, 3.157032762579553, 0.7276712350842975,
      ], shape: 0.6323858870476882),
  ]

  @Test("k̂ of the optima of eight schools is within 0.1 of the reference", arguments: optima)
  func eightSchools(_ optimum: Optimum) throws {
    let settings = try settings([
      "model": ["eight-schools": ["parameterization": .text(optimum.parameterization)]],
      "family": "mean-field",
    ])
    let probe = BoundProbe(settings, draws: 100_000) { [$0.logWeight].compactMap(\.self) }
    let parameters = optimum.mean + optimum.sd.map { log($0) }
    // A tail of 949 knows k̂ to (1 + k) / √949 = 0.06; four of them to 0.03.
    let shapes = try (0..<4).map { replicate in
      let logWeights = probe(at: parameters, step: UInt64(replicate))[0]
      return try #require(ImportanceWeights(logWeights: logWeights).tailShape)
    }
    #expect(abs(Statistics.mean(shapes) - optimum.shape) < 0.1, "\(shapes)")
  }

  private func measured(_ run: ConfigMapping) throws -> [String: Double] {
    Dictionary(learn(try settings(run)).points.map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 })
  }

  @Test("the evidence by importance weights covers the exact one", arguments: gaussianFamilies)
  func evidence(_ family: ConfigValue) throws {
    var covered = 0
    for model in [conjugateNormal, ["correlated-gaussian": ["correlation": 0.5]], "eight-schools"] {
      let settings = try settings(["model": model, "family": family, "steps": 500])
      let points = try measured(["model": model, "family": family, "steps": 500])
      let evidence = try #require(settings.model.evidence?.logValue)
      let (value, error) = (
        try #require(points["log_evidence_is"]), try #require(points["log_evidence_is_se"])
      )
      // Above the threshold the error says nothing. A q next to the posterior leaves rounding alone, and weights that are all the same have
      // no tail.
      let isHeavy = try points["pareto_k"].map { $0 >= (try #require(points["pareto_k_threshold"])) } ?? false
      if !isHeavy {
        covered += 1
        #expect(abs(value - evidence) < 6 * error + 1e-9, "\(family) \(model): \(value) ± \(error)")
      }
      #expect(points["importance_draws"] == 1000)
      #expect((1...1000.0001).contains(try #require(points["importance_ess"])))
    }
    #expect(covered >= 2)
  }

  /// A normal error is above 6 once in 5·10⁸.
  @Test(
    "it does so of every model with a known evidence where k̂ is below its threshold, ten of them at least")
  func everyEvidence() throws {
    var covered: Set<String> = []
    for known in try EvidenceCase.all() {
      for seed in 0..<2 {
        let (points, _) = try known.run("full-rank", steps: 500, seed: seed)
        let (value, error) = (
          try #require(points["log_evidence_is"]), try #require(points["log_evidence_is_se"])
        )
        let isHeavy =
          try points["pareto_k"].map { $0 >= (try #require(points["pareto_k_threshold"])) } ?? false
        guard !isHeavy else { continue }
        covered.insert(known.name)
        let rounding = 1e-9 * max(1, abs(known.exact))
        #expect(abs(value - known.exact) < 6 * error + rounding, "\(known.name): \(value) ± \(error)")
      }
    }
    #expect(covered.count >= 10, "\(covered.sorted())")
  }

  @Test("the posterior itself has constant weights: no k̂, every draw counts, the evidence is exact")
  func exact() throws {
    let points = try measured(["model": conjugateNormal, "family": "exact"])
    #expect(points["pareto_k"] == nil && points["pareto_k_threshold"] == nil)
    #expect(abs(try #require(points["importance_ess"]) - 1000) < 1e-6)
    // exact.json, conjugate_normal.
    #expect(abs(try #require(points["log_evidence_is"]) + 10.889301194126269) < 1e-10)
  }

  @Test("a point has no weights, and neither has a posterior that is not drawn from")
  func none() throws {
    let point = try measured(["model": "eight-schools", "family": "delta", "steps": 5])
    let closed = try measured([
      "model": ["beta-bernoulli": ["observations": [1, 0, 1]]], "family": "exact",
    ])
    for points in [point, closed] {
      #expect(!points.keys.contains { $0.hasPrefix("importance") || $0.hasPrefix("pareto") })
    }
  }

  @Test("a fit of 500,000 draws is measured with 10,000, a shorter one with 1,000")
  func sizes() throws {
    for (steps, draws) in [(4999, 1000.0), (5000, 10_000)] {
      let points = try measured([
        "model": conjugateNormal, "samples": 100, "steps": .integer(steps), "record": ["every": 5000],
      ])
      #expect(points["importance_draws"] == draws)
    }
  }

  @Test(
    "the first draws are the halves of the yardstick's pairs: their weights are those of the draws themselves"
  )
  func halves() throws {
    // Eight schools centered has no closed bound, so that the yardstick is sampled; steps: 0 evaluates the start.
    let run: ConfigMapping = [
      "model": ["eight-schools": ["parameterization": "centered", "tau_prior": "exponential"]], "steps": 0,
      "initial": ["location": 1, "scale": 0.4],
    ]
    let resolved = try settings(run)
    let points = try measured(run)
    let bound = BoundTape(resolved, draws: 1000, for: .final)
    let evaluator = Evaluator<Double>(Program(bound.tape, outputs: [try #require(bound.logWeight)]))
    let dimension = resolved.model.dimension
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = index < dimension ? 1 : log(0.4) }
    }
    if let slot = evaluator.slot(BoundTape.noiseSlot) {
      let noise = NoiseStream(seed: 0, purpose: .yardstick).normals(
        dimension: dimension, draws: 1000, step: 0)
      for index in slot.indices { slot[index] = noise[index] }
    }
    evaluator.run()
    let weights = ImportanceWeights(logWeights: Array(evaluator.output(0)))
    #expect(abs(try #require(points["log_evidence_is"]) - weights.logMean) < 1e-9)
    #expect(abs(try #require(points["pareto_k"]) - (weights.tailShape ?? .nan)) < 1e-9)
  }
}
