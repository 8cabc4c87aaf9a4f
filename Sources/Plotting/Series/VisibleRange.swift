import Foundation

extension Double {
  /// Whether an axis can hold the value: finite, and far enough from the largest number to leave a margin.
  var isDrawable: Bool { magnitude < 1e300 }
}

/// The range of an axis, and whether some values lie outside it.
struct VisibleRange: Hashable {
  var low: Double
  var high: Double
  var clipsBelow = false
  var clipsAbove = false

  /// All of a range.
  init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }

  /// Chooses between everything and the interesting part: everything where that costs at most two thirds of
  /// the picture, else the part with a margin, so that an early transient does not flatten the end.
  init?(everything: [Double], interesting: [Double]) {
    guard let fullLow = everything.min(), let fullHigh = everything.max(), let focusLow = interesting.min(),
      let focusHigh = interesting.max()
    else { return nil }
    let focus = max(focusHigh - focusLow, 1e-3 * max(abs(focusLow), abs(focusHigh)), 1e-12)
    if fullHigh - fullLow <= 3 * focus {
      let margin = max(0.05 * (fullHigh - fullLow), 0.05 * focus)
      low = fullLow - margin
      high = fullHigh + margin
    } else {
      let margin = 0.15 * focus
      let center = (focusLow + focusHigh) / 2
      low = max(center - focus / 2 - margin, fullLow - margin)
      high = min(center + focus / 2 + margin, fullHigh + margin)
      clipsBelow = fullLow < low
      clipsAbove = fullHigh > high
    }
  }
}

/// The quantile at `probability` by linear interpolation of order statistics; nil of nothing.
func quantile(_ values: [Double], _ probability: Double) -> Double? {
  values.isEmpty ? nil : quantile(sorted: values.sorted(), probability)
}

/// The same of values in ascending order, of which there is one at least.
func quantile(sorted: [Double], _ probability: Double) -> Double {
  let position = probability * Double(sorted.count - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}
