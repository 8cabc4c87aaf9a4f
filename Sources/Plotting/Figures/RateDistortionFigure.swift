import Foundation

/// Rate against distortion, a point per run: what a model makes of the trade that β asks for.
///
/// Lines of equal ELBO run through the picture (rate + distortion = −ELBO), and where it is known the exact curve that
/// no run can get below.
public struct RateDistortionFigure: Sendable, Hashable {
  /// In nats per datum.
  public struct Point: Sendable, Hashable {
    public var rate: Double
    public var distortion: Double

    public init(rate: Double, distortion: Double) {
      self.rate = rate
      self.distortion = distortion
    }

    var isDrawable: Bool { rate.isDrawable && distortion.isDrawable }
  }

  /// A point with what is written at it, such as `β=4`.
  public struct Mean: Sendable, Hashable {
    public var label: String
    public var point: Point

    public init(label: String, point: Point) {
      self.label = label
      self.point = point
    }
  }

  public struct Line: Sendable, Hashable {
    public var label: String
    public var runs: [Point]
    /// In the order in which they are joined.
    public var means: [Mean]
    /// Index into the palette.
    public var color: Int

    public init(label: String, runs: [Point], means: [Mean], color: Int) {
      self.label = label
      self.runs = runs
      self.means = means
      self.color = color
    }
  }

  /// A curve known exactly, with the points that belong to the β that were run.
  public struct Curve: Sendable, Hashable {
    public var label: String
    public var points: [Point]
    public var marks: [Point]

    public init(label: String, points: [Point], marks: [Point]) {
      self.label = label
      self.points = points
      self.marks = marks
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var lines: [Line]
  public var curve: Curve?

  public init(name: String, title: String, note: String = "", lines: [Line], curve: Curve? = nil) {
    self.name = name
    self.title = title
    self.note = note
    self.lines = lines
    self.curve = curve
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no run has a finite rate and distortion.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let points = lines.flatMap { $0.runs + $0.means.map(\.point) }.filter(\.isDrawable)
    guard !points.isEmpty else { throw .nothingToDraw(name: name) }
    let marks = curve.map { $0.marks.filter(\.isDrawable) } ?? []
    let frame = PlaneFrame(
      xs: (points + marks).map(\.rate), ys: (points + marks).map(\.distortion))
    let isolines = Isolines(frame)
    let legend = Drawing.legend(lines.map(\.label) + (curve.map { [$0.label] } ?? []) + [Self.isoLegend])
    return Drawing(
      name: file,
      script: Drawing.script(
        name: file, height: 560 + 26 * legend.rows,
        settings: Drawing.frame + Drawing.heading(title: title, note: note) + frame.settings + [
          "set xlabel 'rate: KL from the prior (nats per datum)'",
          "set ylabel 'distortion: −reconstruction (nats per datum)'", "set rmargin 11",
        ] + isolines.labels + labels(in: frame) + legend.settings,
        plot: plot(file)),
      data: [Drawing.DataFile(name: "\(file)-elbo.dat", contents: isolines.data)]
        + lines.enumerated().flatMap { index, line in
          [
            Drawing.DataFile(
              name: "\(file)-\(index + 1)-runs.dat", contents: Self.text(line.runs)),
            Drawing.DataFile(
              name: "\(file)-\(index + 1)-means.dat", contents: Self.text(line.means.map(\.point))),
          ]
        }
        + (curve.map { curve in
          [
            Drawing.DataFile(name: "\(file)-curve.dat", contents: Self.text(curve.points)),
            Drawing.DataFile(name: "\(file)-exact.dat", contents: Self.text(curve.marks)),
          ]
        } ?? []))
  }

  private static let isoLegend = "equal ELBO"

  private func plot(_ file: String) -> [String] {
    var layers = [
      "'\(file)-elbo.dat' using 1:2 with lines linewidth 0.8 linecolor rgb '#bbbbbb' dashtype (6,5) "
        + "title '\(Self.isoLegend)'"
    ]
    if let curve {
      layers += [
        "'\(file)-curve.dat' using 1:2 with lines linewidth 1.4 linecolor rgb '#000000' "
          + "title \(GnuplotText.literal(curve.label, limit: Drawing.labelLimit))",
        "'\(file)-exact.dat' using 1:2 with points pointtype 2 pointsize 0.9 linewidth 1.2 "
          + "linecolor rgb '#000000' notitle",
      ]
    }
    for (index, line) in lines.enumerated() {
      let color = Palette.color(line.color)
      let stem = "\(file)-\(index + 1)"
      layers += [
        "'\(stem)-runs.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '\(color)' notitle",
        "'\(stem)-means.dat' using 1:2 with linespoints pointtype 7 pointsize 0.7 linewidth 1.6 "
          + "linecolor rgb '\(color)' title \(GnuplotText.literal(line.label, limit: Drawing.labelLimit))",
      ]
    }
    return layers
  }

  /// What is written at the means, but where another text stands already.
  private func labels(in frame: PlaneFrame) -> [String] {
    var taken: [(x: Double, y: Double)] = []
    var settings: [String] = []
    for line in lines {
      for mean in line.means where mean.point.isDrawable && !mean.label.isEmpty {
        let place = frame.fraction(x: mean.point.rate, y: mean.point.distortion)
        guard !taken.contains(where: { abs($0.x - place.x) < 0.07 && abs($0.y - place.y) < 0.045 }) else {
          continue
        }
        taken.append(place)
        settings.append(
          "set label \(GnuplotText.literal(mean.label, limit: 20)) at \(Drawing.text(mean.point.rate)),"
            + "\(Drawing.text(mean.point.distortion)) left offset 0.7,0.5 font ',10' "
            + "textcolor rgb '\(Palette.color(line.color))' front")
      }
    }
    return settings
  }

  private static func text(_ points: [Point]) -> String {
    "# rate distortion\n"
      + points.filter(\.isDrawable).map { "\(Drawing.text($0.rate)) \(Drawing.text($0.distortion))\n" }
      .joined()
  }
}

/// Lines on which x + y is constant, over a frame.
private struct Isolines {
  /// Blocks of two points, a blank line between them.
  var data = "# rate distortion\n"
  var labels: [String] = []

  init(_ frame: PlaneFrame) {
    let sums = VisibleRange(low: frame.x.low + frame.y.low, high: frame.x.high + frame.y.high)
    let distance = Drawing.ticDistance(sums, count: 9)
    var index = Int(ceil(sums.low / distance))
    while Double(index) * distance <= sums.high {
      add(sum: Double(index) * distance, frame)
      index += 1
    }
  }

  private mutating func add(sum: Double, _ frame: PlaneFrame) {
    let left = max(frame.x.low, sum - frame.y.high)
    let right = min(frame.x.high, sum - frame.y.low)
    guard left < right else { return }
    for x in [left, right] { data += "\(Drawing.text(x)) \(Drawing.text(sum - x))\n" }
    data += "\n"
    // Where the line leaves the frame: beside it on the right, else above the lower edge.
    let leavesRight = right == frame.x.high
    let name = sum == 0 ? "ELBO 0" : "ELBO \(sum > 0 ? "−" : "")\(Isolines.short(abs(sum)))"
    labels.append(
      "set label '\(name)' at \(Drawing.text(right)),\(Drawing.text(sum - right)) left "
        + (leavesRight ? "offset 0.5,0" : "offset -1,0.7") + " font ',9' textcolor rgb '#888888'")
  }

  private static func short(_ value: Double) -> String {
    String(format: "%.10g", value)
  }
}
