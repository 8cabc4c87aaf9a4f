/// The exact analysis of variance of a complete factorial grid: how much of the spread of all values each factor explains.
///
/// A balanced design splits the total sum of squares into orthogonal parts (Fisher 1925, "Statistical methods for research
/// workers", ch. 7–8). With ȳ_a the mean of all values at level a of factor A,
///
///     SS_A  = Σ_values (ȳ_a − ȳ)²
///     SS_AB = Σ_values (ȳ_ab − ȳ)² − SS_A − SS_B
///
/// and so on; the seed is a factor like any other. What no factor and no pair explains is the remainder.
public struct VarianceShares: Sendable, Hashable {
  /// What a factor, or two beyond what each does alone, explain.
  public struct Share: Sendable, Hashable {
    /// One or two of the keys and `seed`.
    public var factors: [String]
    /// Of the total sum of squares, 0 … 1.
    public var fraction: Double

    public init(factors: [String], fraction: Double) {
      self.factors = factors
      self.fraction = fraction
    }
  }

  public static let seed = "seed"

  /// Every factor in the order of the keys, the seed, then all pairs in that order.
  public var shares: [Share]
  /// Three factors and more together, and what is chance in a single run.
  public var remainder: Double
  /// The seeds that every cell has, in order: nothing else entered.
  public var seeds: [Int]
  public var cells: Int
  /// √(total sum of squares / values): the spread that is shared out.
  public var spread: Double

  /// - Parameter observations: of one context; the labels of their groups are the factors. Where a cell has several values of
  ///   a seed, their average counts. Values on another scale, those of point masses, are left out.
  /// - Throws: why there are no shares.
  public init(of observations: [Observation]) throws(VarianceObstacle) {
    let ranked = observations.filter(\.isBound)
    // In an order of their own, whatever that of the observations: sums of the same terms in another order differ in rounding.
    // By their letters, which is quicker than by what numbers they spell.
    let groups = Set(ranked.map(\.group)).sorted {
      $0.labels.lazy.map(\.text).lexicographicallyPrecedes($1.labels.lazy.map(\.text))
    }
    let keys = (groups.first?.labels ?? []).enumerated().filter { place, label in
      groups.contains { $0.labels[place].text != label.text }
    }
    let levels = keys.map { place, _ in FactorLevels(groups.map { $0.labels[place].text }) }
    let combinations = levels.reduce(1) { $0 * $1.count }
    guard groups.count > 1 else { throw .oneCell }
    guard combinations == groups.count else {
      throw .incompleteGrid(cells: groups.count, of: combinations, keys: keys.map(\.element.key))
    }

    let values = Dictionary(grouping: ranked.filter { $0.usableValue != nil }, by: \.group)
    let bySeed = groups.map { group in
      Dictionary(grouping: values[group] ?? [], by: \.seed).compactMapValues {
        mean($0.compactMap(\.usableValue))
      }
    }
    if let empty = zip(groups, bySeed).first(where: { $1.isEmpty }) { throw .emptyCell(empty.0) }
    let common = bySeed.dropFirst().reduce(Set(bySeed[0].keys)) { $0.intersection($1.keys) }.sorted()
    guard !common.isEmpty else { throw .noCommonSeed }

    // Cell by cell, within a cell seed by seed.
    let grid = bySeed.flatMap { cell in common.compactMap { cell[$0] } }
    let factors =
      zip(keys, levels).map { key, levels in
        (name: key.element.key, levels: levels.each(times: common.count))
      }
      + (common.count > 1
        ? [
          (
            name: Self.seed,
            levels: FactorLevels(
              Array(repeating: common.map(String.init), count: groups.count).flatMap { $0 })
          )
        ]
        : [])
    guard let center = mean(grid) else { throw .noSpread }
    let deviations = grid.map { $0 - center }
    let total = deviations.reduce(0) { $0 + $1 * $1 }
    guard total > 0, total.isFinite else { throw .noSpread }
    let alone = factors.map { FactorLevels.sumOfSquares(deviations, $0.levels) }
    shares = zip(factors, alone).map { Share(factors: [$0.name], fraction: $1 / total) }
    for first in factors.indices {
      for second in factors.indices where second > first {
        let pair = FactorLevels.sumOfSquares(
          deviations, factors[first].levels.crossed(factors[second].levels))
        // Rounding may leave a little less than nothing.
        let beyond = max(pair - alone[first] - alone[second], 0)
        shares.append(
          Share(factors: [factors[first].name, factors[second].name], fraction: beyond / total))
      }
    }
    remainder = max(1 - shares.reduce(0) { $0 + $1.fraction }, 0)
    seeds = common
    cells = groups.count
    spread = (total / Double(grid.count)).squareRoot()
  }
}

/// Why a variance cannot be shared out.
public enum VarianceObstacle: Error, Sendable, Hashable, CustomStringConvertible {
  case oneCell
  case incompleteGrid(cells: Int, of: Int, keys: [String])
  case emptyCell(GroupKey)
  case noCommonSeed
  case noSpread
  /// The values must not be compared with each other.
  case notComparable(String)

  public var description: String {
    switch self {
    case .oneCell: "there is only one group"
    case .incompleteGrid(let cells, let combinations, let keys):
      "the groups are no complete grid: there are runs of \(cells) of the \(combinations) combinations of "
        + keys.joined(separator: ", ")
    case .emptyCell(let group): "no run of \(group) has a finite value"
    case .noCommonSeed: "no seed has a finite value in every group"
    case .noSpread: "all values are the same"
    case .notComparable(let reason): reason
    }
  }
}

/// The level of a factor for each value, as numbers from 0.
private struct FactorLevels {
  var count = 0
  var ofValue: [Int] = []

  init(_ texts: [String]) {
    var places: [String: Int] = [:]
    ofValue = texts.map { text in
      if let known = places[text] { return known }
      places[text] = places.count
      return places.count - 1
    }
    count = places.count
  }

  private init(count: Int, ofValue: [Int]) {
    self.count = count
    self.ofValue = ofValue
  }

  func each(times: Int) -> FactorLevels {
    FactorLevels(count: count, ofValue: ofValue.flatMap { Array(repeating: $0, count: times) })
  }

  /// The combinations of two factors.
  func crossed(_ other: FactorLevels) -> FactorLevels {
    FactorLevels(
      count: count * other.count, ofValue: zip(ofValue, other.ofValue).map { $0 * other.count + $1 })
  }

  /// Σ over levels of (sum of deviations)² / number, which is Σ over values of (ȳ_level − ȳ)².
  static func sumOfSquares(_ deviations: [Double], _ levels: FactorLevels) -> Double {
    var sums = [Double](repeating: 0, count: levels.count)
    var counts = [Int](repeating: 0, count: levels.count)
    for (deviation, level) in zip(deviations, levels.ofValue) {
      sums[level] += deviation
      counts[level] += 1
    }
    return zip(sums, counts).reduce(0) { $0 + ($1.1 > 0 ? $1.0 * $1.0 / Double($1.1) : 0) }
  }
}
