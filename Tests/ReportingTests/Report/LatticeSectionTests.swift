import Foundation
import Plotting
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

  /// Four runs of an objective that ended with a bound.
  private func bounds(
    _ objective: String, _ option: String, _ value: Double, bound: Double, error: Double = 0.01
  )
    -> (runs: [RunSummary], bound: Double, error: Double)
  {
    let parameters: [RunRecord.Parameter] = [
      .init(
        key: "objective.\(objective).\(option)", value: option == "k" ? .integer(Int(value)) : .number(value))
    ]
    let runs = (0..<4).map { seed in
      var run = Fixture.run(family: "mean-field", seed: seed, elbo: -501, evidence: nil, extra: parameters)
      run.record.objective = objective
      run.record.cellID = "\(objective) \(value)"
      run.record.runID = "\(objective) \(value) \(seed)"
      return run
    }
    return (runs, bound, error)
  }

  private func text(
    _ cells: [(runs: [RunSummary], bound: Double, error: Double)], and others: [RunSummary] = [],
    shape: Double = 0.2
  ) throws -> String {
    var fixture = Fixture()
    fixture.runs = cells.flatMap(\.runs) + others
    for cell in cells {
      for run in cell.runs {
        for (metric, value) in [("bound", cell.bound), ("bound_se", cell.error), ("pareto_k", shape)] {
          fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(
            steps: [2000], values: [value])
        }
      }
    }
    return try Report(fixture.input, source: fixture).markdown
  }

  @Test("IWAE by more draws below IWAE by fewer has not converged, nor has one below the ELBO")
  func samples() throws {
    let few = bounds("iwae", "k", 5, bound: -500)
    let text = try text(
      [few, bounds("iwae", "k", 50, bound: -500.7)], and: cell("mean-field", -499.5, error: 0.01))
    // Three pairs of bounds, and two bounds beside the evidence.
    #expect(text.contains("of 5 pairs of cells that it can be asked of, 3 violate"))
    #expect(text.contains("is 0.70 nats (se 0.014) below that of"))
    #expect(text.components(separatedBy: "not converged: the bound of").count == 4)
    let ordered = try self.text(
      [few, bounds("iwae", "k", 50, bound: -499.8)], and: cell("mean-field", -500.4, error: 0.01))
    #expect(ordered.contains("in all 5 pairs of cells"))
  }

  @Test("Rényi's bound falls with α: below the ELBO above 1, and no lower below")
  func alpha() throws {
    let elbo = cell("mean-field", -500, error: 0.01)
    #expect(try text([bounds("renyi", "alpha", 0.5, bound: -500.5)], and: elbo).contains("1 violate"))
    #expect(try text([bounds("renyi", "alpha", 2, bound: -500.5)], and: elbo).contains("in all 2 pairs"))
    #expect(try text([bounds("renyi", "alpha", 2, bound: -499)], and: elbo).contains("1 violate"))
  }

  @Test("no lower bound is above CUBO, unless its weights are too heavy-tailed to be averaged")
  func upper() throws {
    let elbo = cell("mean-field", -500, error: 0.01)
    let wrong = bounds("cubo", "order", 2, bound: -500.4)
    #expect(try text([wrong], and: elbo).contains("one of the two is wrong: the lower bound of"))
    #expect(try text([bounds("cubo", "order", 2, bound: -496)], and: elbo).contains("in all 2 pairs"))
    #expect(try !text([wrong], and: elbo, shape: 0.4).contains("pair of cells"))
  }

  @Test("the evidence is below CUBO and above every other bound")
  func between() throws {
    let draws = (0..<4).map { Fixture.run(family: "nuts", seed: $0, elbo: -499, evidence: -499) }
    let right = [bounds("cubo", "order", 2, bound: -498), bounds("iwae", "k", 5, bound: -499.5)]
    #expect(try text(right, and: draws).contains("in all 3 pairs of cells"))
    let wrong = [bounds("cubo", "order", 2, bound: -499.5), bounds("tvo", "partitions", 2, bound: -498)]
    let text = try text(wrong, and: draws)
    #expect(text.contains("below the evidence by nuts") && text.contains("above the evidence by nuts"))
  }
}
