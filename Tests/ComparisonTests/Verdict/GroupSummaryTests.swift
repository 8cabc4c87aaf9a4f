import Comparison
import Testing

@Suite struct GroupSummaryTests {
  private let elbo = Metric(name: "elbo", unit: "nats", direction: .higherIsBetter, resolution: 0.01)

  private func summary(_ observations: [Observation]) throws -> GroupSummary {
    try #require(GroupComparison.compare(observations, metric: elbo).first?.groups.first)
  }

  @Test("diverged and suspect are rates of the runs that are over")
  func rates() throws {
    var observations = runs(of: "a", [1, 2, 3, 4, 5, 6, nil, nil, nil, nil])
    for index in 6...7 { observations[index].outcome = .diverged }
    observations[8].outcome = .failed
    observations[9].outcome = .unfinished
    observations[0].isSuspect = true
    let group = try summary(observations)
    #expect(group.divergedRate == Proportion(count: 2, total: 9))
    #expect(group.suspectRate == Proportion(count: 1, total: 9))
    #expect(group.seeds == 6 && group.runs == 10)
    // Of six the smallest and the largest are left out.
    #expect(group.interquartileMean == 3.5)
  }

  @Test("the share of Monte Carlo error is mean se² by the variance, at most 1")
  func share() throws {
    // The variance of 1, 2, 3, 4, 5 is 2.5.
    let group = try summary(runs(of: "a", [1, 2, 3, 4, 5], standardError: 0.5))
    #expect(abs(try #require(group.monteCarloShare) - 0.1) < 1e-15)
    #expect(try summary(runs(of: "a", [1, 2, 3, 4, 5], standardError: 5)).monteCarloShare == 1)
    #expect(try summary(runs(of: "a", [1, 2, 3, 4, 5])).monteCarloShare == nil)
    #expect(try summary(runs(of: "a", [2, 2, 2], standardError: 0.5)).monteCarloShare == nil)
    // An exact value beside sampled ones has no error.
    var mixed = runs(of: "a", [1, 2, 3, 4, 5], standardError: 0.5)
    mixed[0].standardError = nil
    #expect(abs(try #require(try summary(mixed).monteCarloShare) - 0.08) < 1e-15)
  }

  @Test("a group's numbers depend on its own runs alone, a difference's on those of two groups")
  func ownRunsAlone() throws {
    let a = runs(of: "a", [1.0, 2.2, 3.1, 2.7, 1.4], standardError: 0.1)
    let b = runs(of: "b", [0.8, 2.0, 3.3, 2.1, 1.0], standardError: 0.2)
    let others = runs(of: "c", [-5, .nan, 90, 0.1, nil, 7]) + runs(of: "d", [-9, -9.5, -8])
    let named: @Sendable (GroupKey) -> Bool = { $0.description == "a" }
    let two = try #require(GroupComparison.compare(a + b, metric: elbo, baseline: named).first)
    let four = try #require(
      GroupComparison.compare(Array((others + b + a).reversed()), metric: elbo, baseline: named).first)
    for group in two.groups { #expect(four.groups.first { $0.key == group.key } == group) }
    let alone = try #require(two.differences.first)
    var among = try #require(four.differences.first { $0.group == alone.group })
    #expect(among.adjustedP != alone.adjustedP, "the family is larger")
    among.adjustedP = alone.adjustedP
    among.isTestable = alone.isTestable
    among.standing = alone.standing
    among.furtherSeeds = alone.furtherSeeds
    #expect(among == alone)
  }

  @Test("a refused comparison has groups and no difference")
  func refused() throws {
    let comparison = try #require(
      GroupComparison.compare(runs(of: "b", [2, 3, 4]) + runs(of: "a", [1, 2, 3]), metric: elbo).first)
    #expect(comparison.refused(nil) == comparison)
    let refused = comparison.refused("they differ")
    #expect(refused.isRefused && refused.differences.isEmpty && refused.baseline == nil)
    #expect(refused.verdict == .notComparable(reason: "they differ"))
    #expect(refused.groups.map(\.key.description) == ["a", "b"])
  }

  @Test("groups are ranked over three contexts and more, by their means")
  func ranks() throws {
    func observations(_ contexts: Int) -> [Observation] {
      var all: [Observation] = []
      for context in 1...contexts {
        for (name, level) in [("a", 3.0), ("b", 1.0), ("c", 2.0)] {
          let mean = level * Double(context)
          for var run in runs(of: name, [mean, mean + 0.1, mean + 0.2]) {
            run.context = GroupKey([Label(key: "model", text: "m\(context)")])
            all.append(run)
          }
        }
      }
      return all
    }
    let ranks = try #require(GroupRanks(GroupComparison.compare(observations(4), metric: elbo)))
    #expect(ranks.groups.map(\.description) == ["a", "c", "b"])
    #expect(ranks.averageRanks == [1, 2, 3])
    #expect(ranks.contexts.count == 4)
    // Friedman 1937: with complete agreement χ² is N (k − 1).
    #expect(abs(ranks.friedman.statistic - 8) < 1e-12)
    #expect(GroupRanks(GroupComparison.compare(observations(2), metric: elbo)) == nil)
    #expect(
      GroupRanks(GroupComparison.compare(observations(4), metric: elbo).map { $0.refused("they differ") })
        == nil)
    let two = observations(4).filter { $0.group.description != "b" }
    #expect(GroupRanks(GroupComparison.compare(two, metric: elbo)) == nil)
  }

  @Test("a seed that lacks a cell is left out of the mean, which it would shift")
  func incompleteSeeds() throws {
    var observations: [Observation] = []
    for (stratum, level) in [("low", 0.0), ("high", 100.0)] {
      for var run in runs(of: "a", [level + 1, level + 2, level + 3, level + 6]) {
        run.stratum = stratum
        observations.append(run)
      }
    }
    observations[7].outcome = .diverged
    let group = try summary(observations)
    #expect(group.seeds == 3)
    #expect(group.mean == 52)
    #expect(group.values.count == 7 && group.best?.value == 103 && group.worst?.value == 1)
    // Where no seed is complete all count.
    for index in [0, 5, 6] { observations[index].outcome = .diverged }
    #expect(try summary(observations).seeds == 4)
  }
}
