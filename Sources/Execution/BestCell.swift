import Inference
import SweepConfig

/// A cell and the mean yardstick of its finished runs.
public struct BestCell: Sendable, Hashable {
  /// The values of the axes that tell it from others, as `path=value`; empty where the sweep has no axes.
  public var name: String
  public var elbo: Double
  public var runs: Int
}

/// Ranks the cells of a sweep while their runs end: by the mean of their yardsticks. Cells of different models or data, and points
/// without a density, are not ranked against each other.
struct CellRanking {
  private struct Mean {
    var sum = 0.0
    var count = 0
    var name: String
  }

  private let isComparable: Bool
  private var means: [String: Mean] = [:]

  init(_ cells: [Cell]) {
    guard let first = cells.first else {
      isComparable = false
      return
    }
    let model = first.settings.configuration["model"]
    var last = ""
    isComparable = cells.allSatisfy { cell in
      // The runs of a cell follow each other.
      defer { last = cell.id }
      return cell.id == last
        || (cell.settings.family.hasDensity && cell.settings.configuration["model"] == model)
    }
  }

  mutating func add(_ elbo: Double, of cell: Cell) {
    guard isComparable, elbo.isFinite else { return }
    let name = cell.axisValues.map { value in
      "\(value.path.split(separator: ".").last ?? "")=\(value.value.inline)"
    }.joined(separator: " ")
    means[cell.id, default: Mean(name: name)].sum += elbo
    means[cell.id]?.count += 1
  }

  var best: BestCell? {
    let mean: (Mean) -> Double = { $0.sum / Double($0.count) }
    return means.values.max { mean($0) < mean($1) }.map {
      BestCell(name: $0.name, elbo: mean($0), runs: $0.count)
    }
  }
}
