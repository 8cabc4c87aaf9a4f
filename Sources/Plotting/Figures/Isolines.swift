/// Lines of equal ELBO over a frame: rate + distortion = −ELBO.
struct Isolines {
  /// Blocks of points, a blank line between them.
  private(set) var data = "# rate distortion\n"
  /// The settings that write the ELBO at each line.
  private(set) var labels: [String] = []
  /// Where the last label above the lower edge stands, from 0 to 1.
  private var lastBelow = -1.0

  /// - Parameter sums: rate + distortion of the points of the picture.
  init(_ frame: PlaneFrame, sums: [Double]) {
    let best = sums.min() ?? 0
    // Where distortion is compressed so are the lines: close together where the best points lie.
    let spread =
      frame.y.origin == nil
      ? Spread(low: frame.x.low + frame.y.low, high: frame.x.high + frame.y.high)
      : Spread(low: best - 0.5, high: max(sums.max() ?? best, best + 1), origin: best)
    for sum in spread.levels(count: frame.y.origin == nil ? 14 : 8) { add(sum: sum, frame) }
  }

  private mutating func add(sum: Double, _ frame: PlaneFrame) {
    let start = max(frame.x.low, sum - frame.y.high)
    let end = min(frame.x.high, sum - frame.y.low)
    guard start < end else { return }
    // Straight on linear axes, and on others as good as a curve.
    let pieces = frame.y.origin == nil ? 1 : 60
    for piece in 0...pieces {
      let x = piece == pieces ? end : start + (end - start) * Double(piece) / Double(pieces)
      data += "\(Drawing.text(x)) \(Drawing.text(sum - x))\n"
    }
    data += "\n"
    // Where the line leaves the frame: beside it on the right, else above the lower edge where there is room.
    let isBeside = end == frame.x.high
    let place = frame.fraction(x: end, y: sum - end).x
    guard isBeside || (place < 0.9 && place > lastBelow + 0.1) else { return }
    if !isBeside { lastBelow = place }
    let sign = sum > 0 ? "−" : ""
    labels.append(
      "set label \(GnuplotText.literal("ELBO \(sign)\(Spread.text(abs(sum)))")) at \(Drawing.text(end)),"
        + "\(Drawing.text(sum - end)) left offset \(isBeside ? "0.5,0" : "-1,0.7") font ',9' textcolor rgb '#888888'"
    )
  }
}
