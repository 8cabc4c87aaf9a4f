import Comparison
import Plotting
import Tracking

/// The distinct optima that starts of EM have reached.
struct Optima {
  /// Where one start ended.
  struct Start {
    var seed: Int
    /// The index of the start within its run; nil where the run made only one.
    var index: Int?
    var objective: Double
  }

  struct Optimum {
    /// The best objective of its starts.
    var objective: Double
    var starts: [Start]
  }

  /// Best first.
  let found: [Optimum]
  /// The starts whose objective is no finite number.
  let lost: [Start]

  /// Objectives that differ by at most this, relative to their size, are one optimum.
  static let tolerance = 1e-6

  init(_ starts: [Start]) {
    var found: [Optimum] = []
    let finite = starts.filter(\.objective.isFinite).sorted {
      ($1.objective, $0.seed, $0.index ?? 0) < ($0.objective, $1.seed, $1.index ?? 0)
    }
    for start in finite {
      if let last = found.last,
        last.objective - start.objective <= Self.tolerance * max(abs(last.objective), abs(start.objective))
      {
        found[found.count - 1].starts.append(start)
      } else {
        found.append(Optimum(objective: start.objective, starts: [start]))
      }
    }
    self.found = found
    lost = starts.filter { !$0.objective.isFinite }
  }

  /// The starts of a run: each of several, where it recorded them, else the one whose steps it recorded.
  static func starts(of run: RunSummary, lastObjective: Double?, source: any RunSource) throws -> [Start] {
    let several = try source.series(ofRun: run.record.runID, metric: "start_objective")
    guard several.isEmpty else {
      return zip(several.steps, several.values).map {
        Start(seed: run.record.seed, index: $0, objective: $1)
      }
    }
    return lastObjective.map { [Start(seed: run.record.seed, index: nil, objective: $0)] } ?? []
  }

  /// The seeds and starts as a reader names them, at most a few: `seeds 0, 2, 5` or `seed 0: starts 1, 4; seed 3`.
  static func names(_ starts: [Start]) -> String {
    let bySeed = Dictionary(grouping: starts, by: \.seed).sorted { $0.key < $1.key }
    guard starts.contains(where: { $0.index != nil }) else {
      let seeds = bySeed.map { "\($0.key)" }
      return "seed\(seeds.count == 1 ? "" : "s") \(abbreviated(seeds, limit: 10, separator: ", "))"
    }
    let parts = bySeed.map { seed, starts in
      let indices = starts.compactMap(\.index).sorted().map(String.init)
      return "seed \(seed): \(abbreviated(indices, limit: 6, separator: ", "))"
    }
    return abbreviated(parts, limit: 5, separator: "; ")
  }

  private static func abbreviated(_ parts: [String], limit: Int, separator: String) -> String {
    guard parts.count > limit else { return parts.joined(separator: separator) }
    return parts.prefix(limit).joined(separator: separator) + " and \(parts.count - limit) more"
  }
}
