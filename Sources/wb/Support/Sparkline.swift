import Tracking

/// A series as a line of eight heights.
enum Sparkline {
  private static let heights = Array("▁▂▃▄▅▆▇█")

  /// The means of `width` equal parts of a series, or one height for each value where there are fewer.
  ///
  /// The heights go from the least to the largest mean of the last nine tenths: a fall from the start would hide all else. A
  /// part without a finite value is `!`.
  static func text(_ values: [Double], width: Int) -> String {
    let count = min(width, values.count)
    guard count > 0 else { return "" }
    let means = (0..<count).map { part -> Double? in
      let finite = values[part * values.count / count..<(part + 1) * values.count / count]
        .filter(\.isFinite)
      return finite.isEmpty ? nil : finite.reduce(0, +) / Double(finite.count)
    }
    let judged = means.dropFirst(count / 10).compactMap(\.self)
    guard let low = judged.min(), let high = judged.max() else { return String(repeating: "!", count: count) }
    return String(
      means.map { mean in
        guard let mean else { return "!" }
        let place = high > low ? (mean - low) / (high - low) * Double(heights.count) : 0
        return heights[max(0, min(heights.count - 1, Int(max(-1, min(place, 9)))))]
      })
  }
}
