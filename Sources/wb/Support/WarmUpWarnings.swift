import Inference
import SweepConfig

/// What is said before a sweep is executed of cells whose steps are over before their schedules are.
struct WarmUpWarnings {
  /// One line for every kind, with the number of cells where they are several.
  let lines: [String]

  init(_ cells: [Cell]) {
    var counts: [(text: String, cells: Int)] = []
    for text in cells.flatMap({ $0.settings.warmUpWarnings }) {
      if let known = counts.firstIndex(where: { $0.text == text }) {
        counts[known].cells += 1
      } else {
        counts.append((text, 1))
      }
    }
    lines = counts.map { $0.cells > 1 ? "\($0.text) (\($0.cells) cells)" : $0.text }
  }
}
