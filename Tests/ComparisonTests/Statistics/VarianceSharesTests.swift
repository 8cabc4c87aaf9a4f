import Comparison
import Testing

private func runs(_ value: (Int, Int, Int) -> Double?) -> [Observation] {
  ["a", "b", "c"].enumerated().flatMap { i, family in
    [1, 4].enumerated().flatMap { j, beta in
      (0..<4).map { seed in
        Observation(
          group: GroupKey([
            Label(key: "model", text: "same"), Label(key: "family", text: family),
            Label(key: "beta", text: "\(beta)"),
          ]), seed: seed, value: value(i, j, seed))
      }
    }
  }
}

@Suite struct VarianceSharesTests {
  /// By `reference_statistics.py`: 3 families × 2 β × 4 seeds.
  private static let values = [
    0.93, 0.75, 0.83, 0.26, 0.42, 0.24, -0.59, -0.25, 3.28, 3.1, 2.27, 1.7, 2.26, 2.08, 2.16, 1.59, 4.72,
    4.54,
    3.71, 4.05, 5.01, 3.92, 4.0, 3.43,
  ]

  @Test("the shares are those of projections by least squares, in NumPy")
  func projections() throws {
    let shares = try VarianceShares(of: runs { Self.values[8 * $0 + 4 * $1 + $2] })
    #expect(
      shares.shares.map(\.factors) == [
        ["family"], ["beta"], ["seed"], ["family", "beta"], ["family", "seed"], ["beta", "seed"],
      ])
    let expected = [
      0.9006931559297223, 0.021818053106221126, 0.04969866405907139, 0.005243009189165424,
      0.005243515747865979,
      0.0015730547243595103,
    ]
    for (share, fraction) in zip(shares.shares, expected) { #expect(abs(share.fraction - fraction) < 1e-13) }
    #expect(abs(shares.remainder - 0.01573054724359424) < 1e-13)
    #expect(abs(shares.spread - 1.655841878437941) < 1e-14)
    #expect(shares.seeds == [0, 1, 2, 3])
    #expect(shares.cells == 6)
  }

  @Test("a factor that does all explains all, and a product of two is the share of their pair")
  func known() throws {
    let alone = try VarianceShares(of: runs { i, _, _ in Double(i) })
    #expect(abs(alone.shares[0].fraction - 1) < 1e-15)
    #expect(alone.shares.dropFirst().allSatisfy { $0.fraction < 1e-15 })
    // (i − 1)(2 j − 1) has no mean along either.
    let product = try VarianceShares(of: runs { i, j, _ in Double((i - 1) * (2 * j - 1)) })
    #expect(abs(product.shares[3].fraction - 1) < 1e-15)
    let threefold = try VarianceShares(
      of: runs { i, j, s in Double((i - 1) * (2 * j - 1)) * (Double(s) - 1.5) })
    #expect(abs(threefold.remainder - 1) < 1e-15)
  }

  @Test("a seed that a cell lacks is left out of every cell, and a large offset costs nothing")
  func missing() throws {
    let value = { (i: Int, j: Int, s: Int) in Self.values[8 * i + 4 * j + s] }
    let lacking = try VarianceShares(
      of: runs { i, j, s in i == 1 && j == 1 && s == 2 ? .nan : value(i, j, s) })
    #expect(lacking.seeds == [0, 1, 3])
    let without = try VarianceShares(of: runs(value).filter { $0.seed != 2 })
    #expect(lacking == without)
    let moved = try VarianceShares(of: runs { 1e6 + value($0, $1, $2) })
    let shares = try VarianceShares(of: runs(value)).shares
    // Values of 1e6 have 1e-10 left of their deviations.
    #expect(zip(moved.shares, shares).allSatisfy { abs($0.fraction - $1.fraction) < 1e-9 })
  }

  @Test("one seed is no factor")
  func oneSeed() throws {
    let shares = try VarianceShares(of: runs { Self.values[8 * $0 + 4 * $1 + $2] }.filter { $0.seed == 1 })
    #expect(shares.shares.map(\.factors) == [["family"], ["beta"], ["family", "beta"]])
    #expect(shares.remainder < 1e-14)
  }

  @Test("where variance cannot be shared out the reason is said")
  func obstacles() {
    let grid = runs { Self.values[8 * $0 + 4 * $1 + $2] }
    func reason(_ observations: [Observation]) -> String? {
      #expect(throws: VarianceObstacle.self) { try VarianceShares(of: observations) }?.description
    }
    let last = grid[23].group
    #expect(
      reason(grid.filter { $0.group != last })
        == "the groups are no complete grid: there are runs of 5 of the 6 combinations of family, beta")
    #expect(
      reason(runs { i, j, _ in i == 0 && j == 0 ? nil : 1 })
        == "no run of same, a, beta=1 has a finite value")
    #expect(
      reason(runs { i, _, s in (i == 0) == (s < 2) ? 1 : nil }) == "no seed has a finite value in every group"
    )
    #expect(reason(runs { _, _, _ in 3 }) == "all values are the same")
    #expect(reason(grid.filter { $0.group == last }) == "there is only one group")
  }
}
