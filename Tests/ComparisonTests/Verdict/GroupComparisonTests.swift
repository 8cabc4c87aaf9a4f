import Comparison
import Testing

private let elbo = Metric(name: "elbo", unit: "nats", direction: .higherIsBetter, resolution: 0.01)

private func key(_ family: String) -> GroupKey {
  GroupKey([Label(key: "family", text: family)])
}

private func runs(
  _ family: String, _ values: [Double?], context: String = "m", standardError: Double? = nil,
  outcome: Observation.Outcome = .finished, isSuspect: Bool = false, isBound: Bool = true
) -> [Observation] {
  values.enumerated().map { seed, value in
    Observation(
      context: GroupKey([Label(key: "model", text: context)]), group: key(family), seed: seed, value: value,
      standardError: standardError, outcome: outcome, isSuspect: isSuspect, isBound: isBound)
  }
}

private func compare(
  _ observations: [Observation], metric: Metric = elbo, baseline: String? = nil
) throws -> GroupComparison {
  let results = GroupComparison.compare(
    observations, metric: metric, baseline: baseline.map { name in { @Sendable in $0 == key(name) } })
  return try #require(results.first)
}

@Suite struct GroupComparisonTests {
  let low = [-33.40, -33.41, -33.39, -33.42, -33.40]
  let high = [-31.60, -31.61, -31.58, -31.62, -31.60]

  @Test("the better group comes first, with its paired difference and an interval without zero")
  func better() throws {
    let comparison = try compare(runs("mean-field", low) + runs("full-rank", high))
    #expect(comparison.groups.map(\.key) == [key("full-rank"), key("mean-field")])
    #expect(comparison.baseline == key("full-rank"))
    #expect(comparison.verdict == .best(key("full-rank")))
    let difference = try #require(comparison.differences.first)
    #expect(difference.pairs == 5)
    #expect(difference.standing == .worse)
    #expect(abs(try #require(difference.mean) - -1.802) < 1e-12)
    #expect(try #require(difference.interval).high < 0)
  }

  @Test("NaN, infinities and diverged runs are counted and never averaged, and never win")
  func diverged() throws {
    let broken =
      runs("broken", [.nan, .infinity, nil]) + runs("broken", [.infinity], outcome: .diverged)
      + runs("broken", [100], outcome: .failed) + runs("broken", [100], outcome: .unfinished)
    let comparison = try compare(runs("mean-field", low) + broken + runs("full-rank", high))
    #expect(comparison.groups.map(\.key) == [key("full-rank"), key("mean-field"), key("broken")])
    let group = try #require(comparison.groups.last)
    #expect([group.runs, group.finished, group.diverged, group.failed] == [6, 3, 1, 1])
    #expect(group.mean == nil && group.best == nil && group.interval == nil)
    #expect(comparison.differences.map(\.group) == [key("mean-field")])
  }

  @Test("a group's best and worst runs carry their seeds, and suspect runs are counted")
  func bestAndWorst() throws {
    let comparison = try compare(runs("a", [3, 1, 2], isSuspect: true) + runs("b", [0, 0, 0]))
    let group = try #require(comparison.groups.first)
    #expect(group.best?.value == 3 && group.best?.seed == 0)
    #expect(group.worst?.value == 1 && group.worst?.seed == 1)
    #expect(group.suspect == 3)
  }

  @Test("lower wins where lower is better")
  func lowerIsBetter() throws {
    let seconds = Metric(name: "seconds", unit: "s", direction: .lowerIsBetter, resolution: 0)
    let comparison = try compare(runs("slow", [3, 3.1, 3.2]) + runs("fast", [1, 1.1, 1.2]), metric: seconds)
    #expect(comparison.verdict == .best(key("fast")))
    #expect(comparison.differences.first?.standing == .worse)
    #expect(comparison.groups.first?.best?.value == 1)
  }

  @Test("pairs are made of common seeds alone")
  func commonSeeds() throws {
    var second = runs("b", [2, 2, 2, 2])
    for index in second.indices { second[index].seed += 2 }
    let comparison = try compare(runs("a", [1, 1, 1, 1]) + second)
    #expect(comparison.differences.first?.differences.map(\.seed) == [2, 3])
    #expect(comparison.verdict == .shared(key("b"), with: [key("a")]))
    let apart = try compare(runs("a", [1, 1]) + second.filter { $0.seed > 3 })
    #expect(apart.verdict == .notComparable(reason: "no seed is common to b and another group"))
  }

  @Test("pairing by seed tells a difference that the groups' own intervals hide")
  func pairing() throws {
    let noise = [5.0, -3.0, 0.5, 2.0, -4.5]
    let a = noise.enumerated().map { $1 + 0.01 * Double($0) }
    let comparison = try compare(runs("a", a) + runs("b", noise.map { $0 - 0.5 }))
    #expect(comparison.verdict == .best(key("a")))
    let intervals = comparison.groups.compactMap(\.interval)
    #expect(intervals[1].high > intervals[0].low)
  }

  @Test("runs of one seed in several cells are paired cell by cell and averaged by seed")
  func strata() throws {
    func cells(_ family: String, _ shift: Double) -> [Observation] {
      [("low", 0.0), ("high", 100.0)].flatMap { stratum, level in
        runs(family, [level + shift, level + shift + 0.1, level + shift - 0.1]).map { observation in
          var observation = observation
          observation.stratum = stratum
          return observation
        }
      }
    }
    let comparison = try compare(cells("a", 0) + cells("b", 1))
    #expect(comparison.groups.first?.runs == 6)
    #expect(comparison.groups.first?.seeds == 3)
    #expect(abs(try #require(comparison.groups.first?.mean) - 51) < 1e-12)
    #expect(comparison.differences.first?.pairs == 3)
    #expect(comparison.verdict == .best(key("b")))
  }

  @Test("a difference within the Monte Carlo error is not told, however little the seeds spread")
  func monteCarloError() throws {
    let exact = try compare(runs("a", [1.05, 1.051, 1.049]) + runs("b", [1, 1.001, 0.999]))
    #expect(exact.verdict == .best(key("a")))
    let sampled = try compare(
      runs("a", [1.05, 1.051, 1.049], standardError: 0.04)
        + runs("b", [1, 1.001, 0.999], standardError: 0.03))
    #expect(sampled.verdict == .shared(key("a"), with: [key("b")]))
    let difference = try #require(sampled.differences.first)
    // √(0.04² + 0.03²) = 0.05, and the interval reaches at least 1.96 of it to each side.
    #expect(abs(difference.monteCarloError - 0.05) < 1e-15)
    let interval = try #require(difference.interval)
    #expect(interval.low < -0.05 - 0.0979 && interval.high > -0.05 + 0.0979)
    #expect(sampled.groups.first?.monteCarloError == 0.04)
  }

  @Test("differences below the resolution are equivalent")
  func equivalent() throws {
    let comparison = try compare(runs("a", [1, 2, 3]) + runs("b", [1.001, 2.002, 3.001]))
    #expect(comparison.differences.first?.standing == .equivalent)
    #expect(comparison.verdict == .shared(key("b"), with: [key("a")]))
  }

  @Test("fewer than three pairs decide nothing")
  func fewPairs() throws {
    let comparison = try compare(runs("a", [1, 1]) + runs("b", [9, 9]))
    #expect(comparison.differences.first?.interval == nil)
    #expect(comparison.differences.first?.standing == .undecided)
  }

  @Test("a point mass is listed and never ranked")
  func pointMass() throws {
    let comparison = try compare(
      runs("delta", [9, 9, 9], isBound: false) + runs("mean-field", low) + runs("full-rank", high))
    #expect(comparison.groups.map(\.key) == [key("full-rank"), key("mean-field")])
    #expect(comparison.unranked.map(\.key) == [key("delta")])
    #expect(comparison.verdict == .best(key("full-rank")))
    let refused = try compare(
      runs("delta", [9, 9, 9], isBound: false) + runs("mean-field", low) + runs("full-rank", high),
      baseline: "delta")
    #expect(
      refused.verdict
        == .notComparable(
          reason:
            "the baseline, delta, has no bound: it is a point mass, whose elbo is a log density, or draws from the "
            + "posterior"))
  }

  @Test("models are compared apart, and a model's numbers depend on its own runs alone")
  func contexts() throws {
    let first = runs("a", low, context: "m1") + runs("b", high, context: "m1")
    let second = runs("a", [1, 2, 3], context: "m2")
    let results = GroupComparison.compare(first + second, metric: elbo)
    #expect(results.map(\.context.description) == ["m1", "m2"])
    #expect(results[0] == GroupComparison.compare(first, metric: elbo)[0])
    #expect(results[1].verdict == .notComparable(reason: "there is only one group"))
  }

  @Test("a named baseline is what the others stand against")
  func namedBaseline() throws {
    let comparison = try compare(runs("mean-field", low) + runs("full-rank", high), baseline: "mean-field")
    #expect(comparison.verdict == .against(key("mean-field")))
    #expect(comparison.differences.map(\.standing) == [.better])
  }

  @Test("a comparison that cannot be made says why")
  func refusals() throws {
    func reason(_ observations: [Observation], baseline: String? = nil) throws -> Verdict {
      try compare(observations, baseline: baseline).verdict
    }
    #expect(
      try reason(runs("a", [.nan]) + runs("b", [nil])) == .notComparable(reason: "no run has a finite value"))
    #expect(
      try reason(runs("a", [1]) + runs("b", [nil]))
        == .notComparable(reason: "only one group has a run with a finite value"))
    #expect(
      try reason(runs("a", [1]) + runs("b", [2]), baseline: "c")
        == .notComparable(reason: "no group matches the baseline"))
    #expect(
      try reason(runs("a", [.nan]) + runs("b", [2]), baseline: "a")
        == .notComparable(reason: "no run of the baseline, a, has a finite value"))
    #expect(GroupComparison.compare([], metric: elbo).isEmpty)
  }

  @Test("groups without a better or worse are listed by name")
  func described() throws {
    let entropy = Metric(name: "entropy", unit: "nats", direction: .neither, resolution: 0.01)
    let comparison = try compare(runs("b", [2, 2, 2]) + runs("a", [1, 1, 1]), metric: entropy)
    #expect(comparison.groups.map(\.key) == [key("a"), key("b")])
    #expect(comparison.verdict == .described)
    #expect(comparison.differences.first?.standing == .better)
  }

  @Test("keys sort numbers by size and before words")
  func keyOrder() {
    let texts = ["10", "full-rank", "1e-3", "2", "-", "nan"]
    let sorted = texts.map { GroupKey([Label(key: "k", text: $0)]) }.sorted().map { $0.labels[0].text }
    #expect(sorted == ["1e-3", "2", "10", "-", "full-rank", "nan"])
    #expect(
      GroupKey([Label(key: "a.beta", text: "4"), Label(key: "f", text: "x")]).description == "beta=4, x")
  }
}
