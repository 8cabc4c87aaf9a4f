/// The part of a plane that a picture shows: all points, with a margin.
struct PlaneFrame: Hashable {
  var x: VisibleRange
  var y: VisibleRange

  /// Of no points, the unit square.
  init(xs: [Double], ys: [Double]) {
    x = PlaneFrame.range(xs)
    y = PlaneFrame.range(ys)
  }

  /// Where a point lies, from 0 to 1 along each axis.
  func fraction(x: Double, y: Double) -> (x: Double, y: Double) {
    ((x - self.x.low) / (self.x.high - self.x.low), (y - self.y.low) / (self.y.high - self.y.low))
  }

  var settings: [String] {
    [
      "set xrange [\(Drawing.text(x.low)):\(Drawing.text(x.high))]",
      "set yrange [\(Drawing.text(y.low)):\(Drawing.text(y.high))]",
    ]
  }

  private static func range(_ values: [Double]) -> VisibleRange {
    guard let low = values.min(), let high = values.max() else { return VisibleRange(low: 0, high: 1) }
    // Equal values get room that their size can hold.
    let margin = max(0.06 * (high - low), 1e-3 * max(abs(low), abs(high)), 1e-12)
    return VisibleRange(low: low - margin, high: high + margin)
  }
}
