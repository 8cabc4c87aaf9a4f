import Foundation

/// The part of a plane that a picture shows: all points, with a margin.
struct PlaneFrame: Hashable {
  var x: VisibleRange
  var y: Spread

  /// Of no points, the unit square.
  ///
  /// - Parameter compressesY: whether y may be compressed; it is where most values lie in the lowest eighth, so that a
  ///   few high ones do not flatten them.
  init(xs: [Double], ys: [Double], compressesY: Bool = false) {
    x = PlaneFrame.range(xs)
    let range = PlaneFrame.range(ys)
    y = Spread(low: range.low, high: range.high)
    guard compressesY, let low = ys.min(), let high = ys.max(), let middle = quantile(ys, 0.5),
      high - low > 8 * max(middle - low, 1)
    else { return }
    y = Spread(low: low - 0.3, high: low - 1 + pow(1 + high - low, 1.06), origin: low)
  }

  /// Where a point lies, from 0 to 1 along each axis.
  func fraction(x: Double, y: Double) -> (x: Double, y: Double) {
    let (low, high) = (self.y.position(self.y.low), self.y.position(self.y.high))
    return ((x - self.x.low) / (self.x.high - self.x.low), (self.y.position(y) - low) / (high - low))
  }

  var settings: [String] {
    let ranges = [
      "set xrange [\(Drawing.text(x.low)):\(Drawing.text(x.high))]",
      "set yrange [\(Drawing.text(y.low)):\(Drawing.text(y.high))]",
    ]
    guard let origin = y.origin else { return ranges }
    let shift = Drawing.text(1 - origin)
    return ["set nonlinear y via log10(y + (\(shift))) inverse 10**y - (\(shift))"] + ranges
      + ["set ytics (\(y.levels(count: 9).map(Spread.text).joined(separator: ", ")))"]
  }

  private static func range(_ values: [Double]) -> VisibleRange {
    guard let low = values.min(), let high = values.max() else { return VisibleRange(low: 0, high: 1) }
    // Equal values get room that their size can hold.
    let margin = max(0.06 * (high - low), 1e-3 * max(abs(low), abs(high)), 1e-12)
    return VisibleRange(low: low - margin, high: high + margin)
  }
}
