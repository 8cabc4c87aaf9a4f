import Inference
import NumericArrays
import Testing

/// What runs say of how far from their optimum they have ended.
@Suite struct OptimizationGapTests {
  private func measured(_ run: ConfigMapping) throws -> (points: [String: Double], yardstick: Yardstick) {
    let result = learn(try settings(run))
    return (
      Dictionary(result.points.map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 }),
      try #require(result.result.yardstick)
    )
  }

  @Test(
    "of a Gaussian with the scale of a Gaussian posterior the gap is KL[q ‖ p(z|x)], however far away it is",
    arguments: [2.9, 3.5, 40, -2000])
  func displaced(_ location: Double) throws {
    // exact.json, conjugate_normal: the posterior is N(2.884615384615384, 0.3846153846153846).
    let (mean, variance) = (2.884615384615384, 0.3846153846153846)
    let (points, yardstick) = try measured([
      "model": conjugateNormal, "steps": 0,
      "initial": ["location": .number(location), "scale": .number(variance.squareRoot())],
    ])
    let divergence = (location - mean) * (location - mean) / (2 * variance)
    #expect(abs(try #require(yardstick.terms[.klPosterior]) - divergence) < 1e-9 * max(1, divergence))
    let (gap, error) = (try #require(points["optimization_gap"]), try #require(points["optimization_gap_se"]))
    // The differences of a gradient of size d/σ² over a tenth of σ round off to 1e-15 d/σ; the scale's part is noise alone.
    #expect(
      abs(gap - divergence) < 6 * error + 1e-9 * max(1, divergence), "\(gap) ± \(error), not \(divergence)")
    #expect(points["converged"] == (divergence > 0.1 ? 0 : 1))
  }

  @Test("where latents are correlated the gap of a displaced mean-field q is that to its own optimum")
  func correlated() throws {
    let correlation = 0.9
    // The optimum of the mean-field family has sd √(1 − ρ²) = exact.json's mf_q_sd, and the posterior's mean.
    let sd = (1 - correlation * correlation).squareRoot()
    let run: ConfigMapping = [
      "model": ["correlated-gaussian": ["dimension": 2, "correlation": .number(correlation)]], "steps": 0,
    ]
    func at(_ location: Double) throws -> (points: [String: Double], yardstick: Yardstick) {
      try measured(run.with(["initial": ["location": .number(location), "scale": .number(sd)]]))
    }
    let (optimum, displaced) = (try at(0), try at(1.5))
    let left = optimum.yardstick.elbo - displaced.yardstick.elbo
    // ½ δᵀ Λ δ along (1, 1), where Λ is 1 / (1 + ρ).
    #expect(abs(left - 1.5 * 1.5 / (1 + correlation)) < 1e-9)
    let (gap, error) = (
      try #require(displaced.points["optimization_gap"]),
      try #require(displaced.points["optimization_gap_se"])
    )
    #expect(abs(gap - left) < 6 * error + 1e-6, "\(gap) ± \(error), not \(left)")
    #expect(displaced.points["converged"] == 0 && optimum.points["converged"] == 1)
  }

  @Test("fits with steps enough have converged, and those with a few have not", arguments: gaussianFamilies)
  func fits(_ family: ConfigValue) throws {
    for model in [conjugateNormal, ["correlated-gaussian": ["correlation": 0.5]], "eight-schools"] {
      let run: ConfigMapping = [
        "model": model, "family": family, "samples": 32, "record": ["every": 1000],
        "initial": ["location": 0, "scale": 0.1],
        "optimizer": ["adam": ["learning_rate": 0.05, "schedule": "cosine", "average": 0.1]],
      ]
      let (long, short) = (
        try measured(run.with(["steps": 4000])).points, try measured(run.with(["steps": 5])).points
      )
      guard long["optimization_gap"] != nil else {
        // Reflections hold every covariance, but do not scale a row of it alone.
        #expect(family == "householder")
        continue
      }
      #expect(long["converged"] == 1, "\(model): \(long["optimization_gap"] ?? .nan)")
      #expect(short["converged"] == 0, "\(model): \(short["optimization_gap"] ?? .nan)")
    }
  }

  @Test("runs of different β in one plan are each held against their own optimum")
  func tempered() throws {
    let betas = [0.5, 1, 4]
    // p_β of exact.json's conjugate_normal: N(0, 10) times the likelihood of five observations of mean 3 and variance 2, to the power 1/β.
    let optima = betas.map { beta in
      let precision = 0.1 + 5 / (2 * beta)
      return (mean: 15 / (2 * beta) / precision, sd: (1 / precision).squareRoot())
    }
    let runs = try zip(betas, optima).map { beta, optimum in
      try settings([
        "model": conjugateNormal, "steps": 0, "beta": .number(beta),
        "initial": ["location": .number(optimum.mean), "scale": .number(optimum.sd)],
      ])
    }
    let together = RunsTogether(runs.map { ($0, 0) })
    FitPlan(runs[0], runs: runs.count).run(together)
    for run in runs.indices {
      let points = Dictionary(
        together.points[run].map { ($0.metric, $0.value) }, uniquingKeysWith: { $1 })
      let (gap, error) = (
        try #require(points["optimization_gap"]), try #require(points["optimization_gap_se"])
      )
      #expect(points["converged"] == 1 && abs(gap) < 6 * error + 1e-6, "β = \(betas[run]): \(gap) ± \(error)")
    }
  }

  @Test("it is asked of Gaussian families fitted to the ELBO alone")
  func none() throws {
    for run: ConfigMapping in [
      ["family": ["planar": ["layers": 2]]], ["family": "delta"], ["family": "exact"],
      ["family": ["mixture": ["components": 2]]], ["objective": ["iwae": ["k": 5]]],
      ["optimizer": "pathfinder"], ["optimizer": "dadvi"],
    ] {
      let named: ConfigMapping = ["model": conjugateNormal, "steps": 3]
      #expect(try measured(named.with(run)).points["converged"] == nil, "\(run)")
    }
  }

  @Test("the square of a mean is estimated without bias, and its error is what it is")
  func crossed() {
    let (mean, blocks, replicates) = ([0.4, -0.2], 10, 4000)
    var values: [Double] = []
    var variances: [Double] = []
    for replicate in 0..<replicates {
      let noise = NoiseStream(seed: 7, purpose: .gradientNoise).normals(
        dimension: 2, draws: blocks, step: UInt64(replicate))
      let (value, error) = Statistics.squaredMean(
        (0..<blocks).map { block in [mean[0] + noise[block], mean[1] + noise[blocks + block]] })
      values.append(value)
      variances.append(error * error)
    }
    let spread = Statistics.variance(values)
    #expect(abs(Statistics.mean(values) - 0.2) < 5 * (spread / Double(replicates)).squareRoot())
    // The linear part, of variance 4 |μ|² σ²/n, it gets right; the products of noise, of variance 2 d σ⁴/(n (n − 1)), it overstates by
    // 2 (n − 1)/(n − 2) (Efron & Stein 1981 say that it can only overstate). The variance of 4,000 values is known to some 3 %.
    let n = Double(blocks)
    let (linear, product) = (4 * 0.2 / n, 2 * 2 / (n * (n - 1)))
    let expected = (linear + 2 * (n - 1) / (n - 2) * product) / (linear + product)
    let ratio = Statistics.mean(variances) / spread
    #expect(abs(ratio / expected - 1) < 0.12, "\(ratio), not \(expected)")
  }
}
