import Foundation
import Reporting
import Testing
import Tracking

/// What reports hold of cells whose order is known.
@Suite struct LatticeSectionTests {
  private func text(_ runs: [RunSummary]) throws -> String {
    var fixture = Fixture()
    fixture.runs = runs
    return try Report(fixture.input, source: fixture).markdown
  }

  private func cell(
    _ family: String, _ elbo: Double, error: Double? = nil, beta: Double = 1, rate: Double = 0.05,
    extra: [RunRecord.Parameter] = []
  ) -> [RunSummary] {
    (0..<4).map {
      Fixture.run(
        family: family, beta: beta, seed: $0, rate: rate, elbo: elbo + 0.01 * Double($0),
        standardError: error,
        extra: extra)
    }
  }

  @Test("a family below one that it contains has not converged, and both cells are named")
  func violated() throws {
    let text = try text(cell("mean-field", -500.4) + cell("full-rank", -501.9))
    #expect(text.contains("of 1 pair of cells that it can be asked of, 1 violate"))
    let line = try #require(
      text.split(separator: "\n").first { $0.contains("not converged: full-rank is 1.5 nats") })
    #expect(line.contains("below mean-field, which it contains"))
  }

  @Test(
    "nothing is held against a pair that is in order, within its error, or below 0.02 nats",
    arguments: [(-500.4, -496.6, 0), (-500.4, -500.415, 0), (-500.4, -500.9, 0.2)])
  func holds(_ smaller: Double, _ larger: Double, _ error: Double) throws {
    let error = error > 0 ? error : nil
    let text = try text(cell("mean-field", smaller, error: error) + cell("full-rank", larger, error: error))
    #expect(text.contains("in all 1 pair of cells"))
    #expect(!text.contains("not converged:"))
  }

  @Test(
    "cells that differ in more than the family, or were fitted at another β, are not held against each other")
  func others() throws {
    for other in [
      cell("full-rank", -510, rate: 0.01), cell("full-rank", -510, beta: 4), cell("laplace", -510),
    ] {
      #expect(try !text(cell("mean-field", -500.4) + other).contains("lower optimum"))
    }
  }

  @Test("flows and mixtures contain what their base contains")
  func bases() throws {
    for (base, smaller, isAsked) in [
      ("mean-field", "mean-field", true), ("full-rank", "low-rank", true), ("full-rank", "mean-field", true),
      ("mean-field", "full-rank", false),
    ] {
      let planar = cell("planar", -510, extra: [.init(key: "family.planar.base", value: .text(base))])
      #expect(
        try text(cell(smaller, -500.4) + planar).contains("not converged: planar") == isAsked,
        "\(base), \(smaller)")
    }
  }

  @Test("no bound is above the evidence that draws from the posterior give")
  func evidence() throws {
    let draws = (0..<4).map { Fixture.run(family: "nuts", seed: $0, elbo: -499, evidence: -499) }
    #expect(try text(cell("mean-field", -496, error: 0.01) + draws).contains("mean-field is 3.0 nats"))
    #expect(try !text(cell("mean-field", -500, error: 0.01) + draws).contains("one of the two is wrong"))
  }
}
