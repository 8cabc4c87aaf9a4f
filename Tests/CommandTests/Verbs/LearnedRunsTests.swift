import Foundation
import Testing

/// Comparisons, plots and reports of learned models, from a store that holds what they record.
@Suite struct LearnedRunsTests {
  private func bench() throws -> Workbench {
    let bench = try Workbench()
    try LearnedStore.write(to: bench.path("wb.sqlite"))
    return bench
  }

  @Test("runs are compared by the last value of a metric that they recorded")
  func compare() throws {
    let bench = try bench()
    let text = try bench.done("compare", "optimizer = adam", "--metric", "nll", "--by", "beta")
    #expect(text.hasPrefix("nll in nats per datum, linear-vae\n"))
    // The optimum of the likelihood is at β = 1.
    #expect(text.contains("beta=1 has the lowest nll of 7 groups"))
  }

  @Test(
    "a metric that no run has is refused with the nearest name, by every verb",
    arguments: [
      ["compare"], ["plot", "--kind", "values"], ["plot"],
    ])
  func unknown(verb: [String]) throws {
    let bench = try bench()
    let ended = try bench.start(verb + ["--metric", "tset_elbo"]).wait()
    #expect(ended.code == 2)
    #expect(
      ended.errors.hasPrefix(
        "wb: no run has a metric 'tset_elbo'; did you mean 'test_elbo'?; use one of elbo"))
    #expect(ended.errors.contains("recorded besides: "))
  }

  @Test("every kind of figure is drawn, and one that nothing was recorded for says what it needs")
  func plots() throws {
    let bench = try bench()
    let values = try bench.done("plot", "--metric", "test_elbo", "--kind", "values")
    #expect(values == "plots/learned-test_elbo-values/learned-test_elbo-values.svg\n")
    let steps = try bench.done("plot", "--metric", "test_elbo")
    #expect(steps == "plots/learned-test_elbo-steps/learned-test_elbo-steps.svg\n")
    for kind in ["rate-distortion", "latents", "aggregate-posterior"] {
      #expect(try bench.done("plot", "--kind", kind) == "plots/learned-\(kind)/learned-\(kind).svg\n")
    }
    let ended = try bench.wb("plot", "optimizer = em", "--kind", "aggregate-posterior")
    #expect(ended.code == 1)
    #expect(
      ended.errors
        == "wb: 'learned' has no such picture: no run has recorded aggregate_posterior[1] and [2], which models with two "
        + "latents per datum do\n")
  }

  @Test("the report of learned models has their sections and pictures")
  func report() throws {
    let bench = try bench()
    try bench.done("report")
    let text = try bench.read("Reports/learned/report.md")
    for heading in ["Held-out data", "Latents", "Collapse", "Optima"] {
      #expect(text.contains("\n## \(heading)\n"))
    }
    for picture in ["rate-distortion", "latent-kl", "aggregate-posterior", "elbo-over-steps"] {
      #expect(text.contains("(plots/\(picture)/\(picture).png)"))
      #expect(bench.exists("Reports/learned/plots/\(picture)/\(picture).svg"))
    }
    #expect(
      text.contains("wb plot --sweep learned --kind rate-distortion --by family,beta --store wb.sqlite\n"))
    // Near λ/σ² = 20 and 5; the largest distance that was put into the runs is 0.009 (distortion of seed 2).
    #expect(text.contains("differ by at most **0.0090 nats**"))
    #expect(text.contains("Monotone: **yes**. No half step of 3 runs (36 half steps)"))
    #expect(text.contains("seed 0: 1; seed 1: 2; seed 2: 3"))
  }
}
