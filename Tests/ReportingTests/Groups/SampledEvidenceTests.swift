import Comparison
import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// KL[q ‖ p(z|x)] by the evidence that samplers estimate.
@Suite struct SampledEvidenceTests {
  /// A sampler's run: log p(x) −30 + its seed/100, unless another is given.
  private static func sampler(
    _ family: String = "nuts", seed: Int = 0, evidence: Double? = nil, error: Double? = 0.02,
    suspect: String? = nil, model: String = "logistic-regression", extra: [RunRecord.Parameter] = []
  ) -> RunSummary {
    let value = evidence ?? -30 + Double(seed) / 100
    var run = Fixture.run(
      family: family, seed: seed, model: model, elbo: value, evidence: value, suspect: suspect, extra: extra)
    run.outcome?.logEvidenceStandardError = error
    return run
  }

  private static func bound(
    _ family: String = "mean-field", seed: Int = 0, elbo: Double? = -31, error: Double? = nil,
    evidence: Double? = nil, extra: [RunRecord.Parameter] = []
  ) -> RunSummary {
    Fixture.run(
      family: family, seed: seed, model: "logistic-regression", elbo: elbo, standardError: error,
      evidence: evidence, extra: extra)
  }

  private func evidence(
    _ runs: [RunSummary], recorded: [String: [RunSummary: Double]] = [:]
  ) throws -> [ModelIdentity: SampledEvidence] {
    var source = Fixture(runs: runs)
    for (metric, values) in recorded {
      for (run, value) in values {
        source.recorded[metric, default: [:]][run.record.runID] = StepSeries(steps: [0], values: [value])
      }
    }
    return try SampledEvidence.byModel(runs, source)
  }

  private func gap(
    _ bounds: [RunSummary], _ samplers: [RunSummary], recorded: [String: [RunSummary: Double]] = [:]
  ) throws -> EvidenceGap? {
    let model = try #require(ModelIdentity(bounds[0]))
    return try evidence(samplers, recorded: recorded)[model].flatMap { EvidenceGap(of: bounds, $0) }
  }

  @Test("without bounds of its own the evidence is within 1.96 standard errors, and an exact elbo adds none")
  func standardErrors() throws {
    let gap = try #require(try gap([Self.bound()], [Self.sampler()]))
    #expect(abs(gap.value - 1) < 1e-12 && abs(gap.standardError - 0.02) < 1e-12)
    #expect(abs(gap.low - (1 - 1.959964 * 0.02)) < 1e-12 && abs(gap.high - (1 + 1.959964 * 0.02)) < 1e-12)
  }

  @Test("recorded bounds of the evidence less an exact elbo are the bracket's ends")
  func bounds() throws {
    let sampler = Self.sampler("annealed-importance-sampling")
    let gap = try #require(
      try gap(
        [Self.bound()], [sampler],
        recorded: ["log_evidence_lower": [sampler: -30.1], "log_evidence_upper": [sampler: -29.97]]))
    #expect(abs(gap.low - 0.9) < 1e-12 && abs(gap.high - 1.03) < 1e-12)
  }

  @Test("the errors of both combine as independent ones, those of seeds among them")
  func combined() throws {
    let sampler = Self.sampler()
    let exact = try #require(
      try gap([Self.bound(error: 0.03)], [sampler], recorded: ["log_evidence_lower": [sampler: -30.1]]))
    #expect(abs(exact.standardError - (0.0004 + 0.0009).squareRoot()) < 1e-12)
    // 0.1 of the evidence's bound, and 1.96 · 0.03.
    #expect(abs(exact.low - (1 - (0.01 + pow(1.959964 * 0.03, 2)).squareRoot())) < 1e-12)
    #expect(abs(exact.high - (1 + 1.959964 * exact.standardError)) < 1e-12)
    // −31 and −30.9: the mean has the standard error 0.05. −30 and −29.99: 0.005, and 0.02 that their draws have alike.
    let seeds = try #require(
      try gap(
        [Self.bound(), Self.bound(seed: 1, elbo: -30.9)], [Self.sampler(), Self.sampler(seed: 1)]))
    #expect(abs(seeds.value - (-29.995 + 30.95)) < 1e-12)
    #expect(abs(seeds.standardError - (0.0025 + 0.000025 + 0.0004).squareRoot()) < 1e-12)
  }

  @Test("of several samplers the one with the smallest error is taken, and none that is suspect")
  func best() throws {
    let all = [
      Self.sampler(), Self.sampler("sequential-monte-carlo", evidence: -30.2, error: 0.01),
      Self.sampler("quadrature", evidence: -29, error: 0, suspect: "the lattice does not converge"),
      Self.sampler("multi-pathfinder", evidence: -30.5, error: 0.3),
    ]
    let found = try #require(try evidence(all).values.first)
    #expect(found.value == -30.2 && found.runs.map(\.record.family) == ["sequential-monte-carlo"])
    #expect(found.source == "sequential-monte-carlo, run \(all[1].record.runID.prefix(8))")
    #expect(found.sentence.hasPrefix("log p(x) is -30.200 (se 0.010) nats by sequential-monte-carlo, run "))
    #expect(try evidence([all[2]]).isEmpty)
  }

  @Test("the evidence of another model, other options or other data is not taken")
  func others() throws {
    let prior = RunRecord.Parameter(key: "model.logistic-regression.prior_sd", value: .number(2))
    let digest = RunRecord.Parameter(key: "model.logistic-regression.data_digest", value: .text("0123"))
    let simulated = RunRecord.Parameter(key: "data", value: .text("simulated"))
    #expect(try gap([Self.bound()], [Self.sampler()]) != nil)
    #expect(try gap([Self.bound()], [Self.sampler(model: "banana")]) == nil)
    for option in [prior, digest] {
      #expect(try gap([Self.bound()], [Self.sampler(extra: [option])]) == nil)
      #expect(try gap([Self.bound(extra: [option])], [Self.sampler(extra: [option])]) != nil)
    }
    #expect(ModelIdentity(Self.bound(extra: [simulated])) == nil)
    // One density, written in two ways.
    let centered = RunRecord.Parameter(key: "model.logistic-regression.centered", value: .text("true"))
    #expect(try gap([Self.bound()], [Self.sampler(extra: [centered])]) != nil)
  }

  @Test("what a run knows of its own evidence stays, and a run without an elbo has no gap")
  func own() throws {
    #expect(try gap([Self.bound(evidence: -30.5)], [Self.sampler()]) == nil)
    #expect(try gap([Self.bound(elbo: nil)], [Self.sampler()]) == nil)
    #expect(try gap([Self.bound("delta")], [Self.sampler()]) == nil)
  }

  /// Families at −31 and −30.25, a sampler at −30 of another sweep.
  private func comparison(_ metric: RunMetric, withSampler: Bool) throws -> RunComparison.Context {
    let bounds = (0..<3).flatMap { seed in
      [
        Self.bound(seed: seed, elbo: -31 + Double(seed) / 1000, error: 0.001),
        Self.bound("full-rank", seed: seed, elbo: -30.25 + Double(seed) / 1000, error: 0.001),
      ]
    }
    let known = try evidence([Self.sampler()])
    let runs = bounds + (withSampler ? [Self.sampler()] : [])
    var measurement = RunMeasurement(metric, of: runs)
    measurement.addGaps(known, of: runs)
    return try #require(
      try RunComparison(runs, by: ["family"], measurement: measurement, evidence: known).contexts.first)
  }

  @Test("compared by elbo every family has its gap and bracket, whether the sampler is among the runs or not")
  func compared() throws {
    for withSampler in [false, true] {
      let context = try comparison(.elbo, withSampler: withSampler)
      #expect(context.gaps.count == 2)
      let fields = TableFormat.csv.render(context.table).split(whereSeparator: \.isNewline).map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
      let header = fields[0]
      func value(_ family: String, _ column: String) throws -> Double? {
        let row = try #require(fields.first { $0[0] == family })
        return Double(row[try #require(header.firstIndex(of: column))])
      }
      for (family, level) in [("mean-field", 0.999), ("full-rank", 0.249)] {
        #expect(abs(try #require(try value(family, "gap")) - level) < 1e-9)
        let (low, high) = (
          try #require(try value(family, "gap_low")), try #require(try value(family, "gap_high"))
        )
        #expect(abs(0.5 * (low + high) - level) < 1e-9 && abs(high - low - 2 * 1.96 * 0.02) < 0.001)
        #expect(try value(family, "log_evidence") == -30)
      }
      if withSampler { #expect(try value("nuts", "gap") == nil) }
    }
  }

  @Test(
    "compared by kl_posterior the families are ranked by their gaps, of which the evidence's error is no part"
  )
  func ranked() throws {
    let context = try comparison(.klPosterior, withSampler: true)
    let groups = context.comparison.groups.filter { $0.mean != nil }
    #expect(groups.map { "\($0.key)" } == ["full-rank", "mean-field"])
    for (group, mean) in zip(groups, [0.249, 0.999]) {
      #expect(abs(try #require(group.mean) - mean) < 1e-9)
      #expect(group.monteCarloError == 0.001)
    }
    let difference = try #require(context.comparison.differences.first { "\($0.group)" == "mean-field" })
    #expect(abs(try #require(difference.mean) - 0.75) < 1e-9)
    #expect(context.sampled?.value == -30)
  }

  @Test("other metrics have nothing of it, and without a sampler there is none")
  func without() throws {
    let context = try comparison(.klPrior, withSampler: true)
    #expect(context.sampled == nil && context.gaps.isEmpty)
    let plain = try RunComparison([Self.bound(), Self.bound("full-rank", elbo: -30.25)])
    #expect(plain.contexts[0].gaps.isEmpty)
    #expect(!TableFormat.csv.render(plain.contexts[0].table).contains("gap"))
  }
}
