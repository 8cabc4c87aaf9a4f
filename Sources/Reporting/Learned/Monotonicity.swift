import Plotting

/// Whether an objective ever fell: that of EM never does (Dempster, Laird & Rubin 1977, theorem 1).
enum Monotonicity {
  struct Fall: Hashable {
    /// The half step after which the objective was lower than before it.
    var step: Int
    /// Relative to the objective's size.
    var size: Double
  }

  /// Falls up to this, relative to the objective's size, are rounding.
  static let tolerance = 1e-9

  /// The first fall beyond rounding, or the first value that is no number; nil where there is none.
  static func firstFall(_ series: StepSeries) -> Fall? {
    for (index, pair) in zip(series.values, series.values.dropFirst()).enumerated() {
      let size = (pair.0 - pair.1) / max(abs(pair.0), abs(pair.1), .leastNormalMagnitude)
      if !(size <= tolerance) { return Fall(step: series.steps[index + 1], size: size) }
    }
    return nil
  }
}
