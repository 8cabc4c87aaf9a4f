import Inference
public import SweepConfig
public import Tracking

/// The rungs of a sweep with halving, as far as the store's numbers decide them: the cells of a rung are known once all runs of
/// the rung before have ended. Nothing else is remembered, so that a sweep that was killed goes on with the same cells.
public struct Rungs: Sendable {
  public struct Rung: Sendable {
    /// Its cells, in the order of the sweep.
    public var cells: [Cell]
    /// Whether all its runs have ended.
    public var isOver: Bool
  }

  public let halving: Halving
  /// The rungs whose cells are known; the first one always is.
  public let known: [Rung]
  private let sweep: Sweep

  /// - Parameter store: nil where there is none yet.
  /// - Returns: nil for a sweep without halving.
  public init?(of sweep: Sweep, in store: Store?) throws(StoreError) {
    guard let halving = sweep.halving else { return nil }
    self.sweep = sweep
    self.halving = halving
    var byRung: [[Cell]] = halving.budgets.map { _ in [] }
    for cell in sweep.cells { byRung[halving.rung(of: cell)].append(cell) }
    var known: [Rung] = []
    var cells = byRung[0]
    for rung in byRung.indices where !cells.isEmpty {
      let scores = try Self.scores(of: cells, seeds: sweep.seeds, in: store)
      known.append(Rung(cells: cells, isOver: scores != nil))
      guard let scores, rung + 1 < byRung.count else { break }
      let promoted = Set(Self.promoted(cells, scores, factor: halving.factor).map(halving.candidate))
      cells = byRung[rung + 1].filter { promoted.contains(halving.candidate(of: $0)) }
    }
    self.known = known
  }

  /// The sweep of the cells that are known.
  public var sweepSoFar: Sweep {
    var result = sweep
    result.cells = known.flatMap(\.cells)
    return result
  }

  /// The rung that is being executed, from 0: the last one that is known.
  public var current: Int { known.count - 1 }

  /// How many cells of the current rung can be ranked against each other, group by group.
  public var groupSizes: [Int] {
    Dictionary(grouping: known.last?.cells ?? []) { Halving.group(of: $0) }.values.map(\.count)
  }

  /// Whether nothing is left to do.
  public var isOver: Bool { known.last?.isOver ?? true }

  /// The mean yardstick of each cell over the seeds: nil where one of its runs has none or is not finite. nil in all where some
  /// run has not ended.
  private static func scores(
    of cells: [Cell], seeds: [Int], in store: Store?
  ) throws(StoreError) -> [Double?]? {
    guard let store else { return nil }
    let yardsticks = try store.yardsticks(of: cells.flatMap { cell in seeds.map { cell.run(seed: $0).id } })
    var scores: [Double?] = []
    for index in cells.indices {
      let own = yardsticks[index * seeds.count..<(index + 1) * seeds.count]
      guard own.allSatisfy({ [.finished, .failed, .diverged].contains($0?.status) }) else { return nil }
      let values = own.compactMap { $0?.status == .finished ? $0?.elbo : nil }.filter(\.isFinite)
      scores.append(values.count == seeds.count ? values.reduce(0, +) / Double(values.count) : nil)
    }
    return scores
  }

  /// Of each group of cells that can be ranked one of `factor`, at least one: the highest scores, of equal ones the first. What
  /// has no score is last, and does not go on.
  static func promoted(_ cells: [Cell], _ scores: [Double?], factor: Int) -> [Cell] {
    let groups = Dictionary(grouping: cells.indices) { Halving.group(of: cells[$0]) }
    let chosen = groups.values.flatMap { group in
      group.compactMap { index in scores[index].map { (index: index, score: $0) } }
        .sorted { ($0.score, $1.index) > ($1.score, $0.index) }
        .prefix(max(1, group.count / factor)).map(\.index)
    }
    return chosen.sorted().map { cells[$0] }
  }
}
