import Comparison
import Testing

@Suite struct StandingTests {
  private let elbo = Metric(name: "elbo", unit: "nats", direction: .higherIsBetter, resolution: 0.05)
  private let base = [0.0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  /// 0.54 on average. Of the 1,024 signs, eight flip at most 0.5 of the 6.4: {}, .2, .3, .3, .4, .5, .2 + .3, .2 + .3;
  /// p = 2 × 8 / 1024.
  private let some = [0.9, -0.3, 0.8, 1.2, 0.5, 0.4, -0.2, 1.1, 0.7, 0.3]

  private func difference(_ values: [Double], region: Double = 0.05, groups: Int = 1) throws
    -> PairedDifference
  {
    var metric = elbo
    metric.resolution = region
    let others = (0..<groups).flatMap { runs(of: "group \($0)", values) }
    let comparison = GroupComparison.compare(
      runs(of: "base", Array(base.prefix(values.count))) + others, metric: metric,
      baseline: { $0.description == "base" })
    return try #require(comparison.first?.differences.first)
  }

  @Test("better is an interval wholly beyond the region, worse one on the other side")
  func beyond() throws {
    let better = try difference(some)
    #expect(better.standing == .better)
    #expect(try #require(better.interval).low > 0.05)
    #expect(better.furtherSeeds == nil)
    #expect(try difference(some.map { -$0 }).standing == .worse)
  }

  @Test("an interval that excludes zero and not the region is undecided, with the seeds that it would take")
  func insideEdge() throws {
    let interval = try #require(try difference(some).interval)
    let undecided = try difference(some, region: interval.low * 1.01)
    #expect(undecided.standing == .undecided)
    #expect(try #require(undecided.furtherSeeds?.count) > 0)
  }

  @Test("an interval wholly within the region is equivalent, also where it excludes zero")
  func within() throws {
    let interval = try #require(try difference(some).interval)
    #expect(try difference(some, region: interval.high * 1.01).standing == .equivalent)
    #expect(try difference(some, region: interval.high * 0.99).standing == .undecided)
  }

  @Test("the region is never less than rounding")
  func rounding() throws {
    #expect(try difference([1e-12, 2e-12, 1e-12, 3e-12], region: 0).standing == .equivalent)
  }

  @Test("the test's p is Holm's over all differences, and must be at most 0.05 where it can be")
  func adjusted() throws {
    let alone = try difference(some)
    #expect(alone.permutationP == 16.0 / 1024)
    #expect(alone.adjustedP == 16.0 / 1024)
    #expect(alone.isTestable)
    let oneOfTen = try difference(some, groups: 10)
    #expect(oneOfTen.permutationP == 16.0 / 1024)
    #expect(oneOfTen.adjustedP == 160.0 / 1024)
    #expect(oneOfTen.isTestable, "10 × 2 / 1024 is below 0.05")
    #expect(oneOfTen.interval == alone.interval)
    #expect(oneOfTen.standing == .undecided)
    #expect(try #require(oneOfTen.furtherSeeds?.count) > 0)
  }

  @Test("where so few pairs cannot reach 0.05 the interval decides alone")
  func untestable() throws {
    let five = try difference([0.9, 0.8, 1.2, 1.1, 0.7])
    #expect(five.adjustedP == 2.0 / 32)
    #expect(!five.isTestable)
    #expect(five.standing == .better)
    #expect(try difference([0.9, 0.8, 1.2, 1.1, 0.7, 1.0]).isTestable)
    #expect(try !difference([0.9, 0.8, 1.2, 1.1, 0.7, 1.0], groups: 2).isTestable)
  }

  @Test("fewer than three pairs have neither interval nor p, and are no part of the family")
  func fewPairs() throws {
    let observations = runs(of: "base", base) + runs(of: "few", [9, 9]) + runs(of: "group", some)
    let comparison = try #require(
      GroupComparison.compare(observations, metric: elbo, baseline: { $0.description == "base" }).first)
    let few = try #require(comparison.differences.first { $0.pairs == 2 })
    #expect(few.permutationP == nil && few.adjustedP == nil && few.interval == nil)
    #expect(few.standing == .undecided && few.furtherSeeds == .tooFewPairs)
    #expect(comparison.differences.first { $0.pairs == 10 }?.adjustedP == 16.0 / 1024)
  }

  @Test("a higher confidence takes wider intervals and a smaller p")
  func confidence() throws {
    let observations = runs(of: "base", base) + runs(of: "group", some)
    let usual = try difference(some)
    let sure = try #require(
      GroupComparison.compare(
        observations, metric: elbo, baseline: { $0.description == "base" }, confidence: 0.99
      ).first?.differences.first)
    #expect(try #require(sure.interval).low < #require(usual.interval).low)
    #expect(sure.standing == .undecided, "p is 0.016")
  }

  @Test("the share of pairs ahead follows the metric, the effect size the difference")
  func sizes() throws {
    var seconds = elbo
    seconds.direction = .lowerIsBetter
    let found = try #require(
      GroupComparison.compare(
        runs(of: "base", base) + runs(of: "group", some), metric: seconds,
        baseline: { $0.description == "base" }
      ).first?.differences.first)
    #expect(found.probabilityOfImprovement == 0.2)
    #expect(try difference(some).probabilityOfImprovement == 0.8)
    #expect(found.effectSize == effectSize(some))
    #expect(found.standing == .worse)
  }

  @Test("what pairing gains is the spread that it takes away")
  func pairing() throws {
    // The variance of 1 … 5 is 2.5, that of 2, 2, 4, 4, 6 2.8, and that of 1, 0, 1, 0, 1 0.3.
    let comparison = GroupComparison.compare(
      runs(of: "base", [1, 2, 3, 4, 5]) + runs(of: "group", [2, 2, 4, 4, 6]), metric: elbo,
      baseline: { $0.description == "base" })
    let found = try #require(comparison.first?.differences.first)
    #expect(abs(try #require(found.pairingGain) - ((2.5 + 2.8) / 0.3).squareRoot()) < 1e-12)
    // 0.1 + 0.2 - 0.2 and the like: a spread of rounding is none.
    let same = try difference([0.1 + 0.2, 0.3, 0.3, 0.3])
    #expect(same.pairingGain == nil && same.effectSize == nil)
  }
}
