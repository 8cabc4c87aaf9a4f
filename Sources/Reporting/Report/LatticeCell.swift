import Comparison
import Tracking

/// The runs of a cell that climbed one bound on log p(x) at β = 1, by seed.
struct LatticeCell {
  let name: String
  let first: RunSummary
  /// The bound of each run and its standard error, in nats.
  let levels: [Int: (value: Double, error: Double)]
  /// Whether powers of the weights are too heavy-tailed for their mean to be known.
  let isHeavy: Bool

  /// In the order of their ids.
  static func all(
    of runs: [RunSummary], _ analysis: ReportAnalysis, _ bounds: Bounds
  ) -> [LatticeCell] {
    let eligible = runs.filter { $0.status == .finished && $0.hasBound && $0.record.beta == 1 }
    return Dictionary(grouping: eligible, by: \.record.cellID).values.compactMap { members in
      let levels = members.compactMap { run in bounds.level(of: run).map { (run.record.seed, $0) } }
      guard let first = members.first, !levels.isEmpty else { return nil }
      return LatticeCell(
        name: analysis.name(of: first), first: first,
        levels: Dictionary(levels, uniquingKeysWith: { $1 }),
        isHeavy: BoundOrder.isUpper(first) && members.contains(where: bounds.isHeavy))
    }.sorted { $0.first.record.cellID < $1.first.record.cellID }
  }

  var id: Substring { first.record.cellID.prefix(8) }

  var level: SeedMean { SeedMean(levels.values.map(\.value), levels.values.map(\.error)) }

  /// The configuration but for some keys and what is under them.
  func rest(without keys: [String]) -> [String] {
    first.record.parameters.filter { parameter in
      !(["seed"] + keys).contains { parameter.key == $0 || parameter.key.hasPrefix("\($0).") }
    }.map { "\($0.key)=\(RunKeys.text($0.value))" }.sorted()
  }

  /// By how much it is above another, seed by seed; nil where they have none in common.
  func excess(over other: LatticeCell) -> SeedMean? {
    let pairs = levels.sorted { $0.key < $1.key }.compactMap { seed, mine in
      other.levels[seed].map { (mine.value - $0.value, SeedMean.root(mine.error, $0.error)) }
    }
    return pairs.isEmpty ? nil : SeedMean(pairs.map(\.0), pairs.map(\.1))
  }

  /// The bounds that runs have ended with.
  struct Bounds {
    /// Of objectives other than the ELBO, by run id.
    private let values: [String: Double]
    private let errors: [String: Double]
    private let shapes: [String: Double]

    init(_ runs: [RunSummary], _ source: any RunSource) throws {
      let ids = runs.map(\.record.runID)
      values = try source.lastValues(of: "bound", runs: ids)
      errors = try source.lastValues(of: "bound_se", runs: ids)
      shapes = try source.lastValues(of: "pareto_k", runs: ids)
    }

    fileprivate func level(of run: RunSummary) -> (value: Double, error: Double)? {
      let id = run.record.runID
      let level =
        run.record.objective == "elbo"
        ? (run.outcome?.yardstick?.elbo ?? .nan, run.outcome?.elboStandardError ?? 0)
        : (values[id] ?? .nan, errors[id] ?? 0)
      return level.0.isFinite ? level : nil
    }

    /// The tail of wⁿ has the shape n k̂, and a mean that draws can tell where that is below 0.7 (Vehtari et al. 2024, section 3.2.4).
    fileprivate func isHeavy(_ run: RunSummary) -> Bool {
      guard let shape = shapes[run.record.runID], let order = run.number("objective.cubo.order") else {
        return false
      }
      return !(order * shape <= 0.7)
    }
  }
}
