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
      xs: (points + marks).map(\.rate), ys: (points + marks).map(\.distortion), compressesY: true)
    let isolines = Isolines(frame, sums: (points + marks).map { $0.rate + $0.distortion })
    let front = paretoFront(lines.flatMap(\.runs).filter(\.isDrawable))
    let legend = Drawing.legend(
      lines.map(\.label) + (curve.map { [$0.label] } ?? []) + [Self.isoLegend]
        + (front.count > 1 ? [Self.frontLegend] : []))
    let heading = Drawing.heading(title: title, note: explanation(frame))
    return Drawing(
      name: file, height: 560 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings + frame.settings + [
        "set xlabel \(GnuplotText.literal("rate: kl_prior (nats per datum)"))",
        "set ylabel \(GnuplotText.literal("distortion: −reconstruction (nats per datum)"))", "set rmargin 11",
      ] + isolines.labels + labels(in: frame) + legend.settings,
      plot: plot(file, front),
      data: [Drawing.DataFile(name: "\(file)-elbo.dat", contents: isolines.data)]
        + (front.count > 1
          ? [Drawing.DataFile(name: "\(file)-front.dat", contents: Self.text(front))] : [])
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

  private func explanation(_ frame: PlaneFrame) -> String {
    let compressed = frame.y.origin == nil ? "" : "high distortions are drawn closer together"
    return Drawing.joined([note, compressed])
  }

  private static let isoLegend = "equal ELBO"
  private static let frontLegend = "Pareto front of the runs"

  private func plot(_ file: String, _ front: [Point]) -> [String] {
    var layers = [
      "'\(file)-elbo.dat' using 1:2 with lines linewidth 0.8 linecolor rgb '#bbbbbb' dashtype (6,5) "
        + "title \(GnuplotText.literal(Self.isoLegend))"
    ]
    if front.count > 1 {
      layers.append(
        "'\(file)-front.dat' using 1:2 with steps linewidth 1.2 linecolor rgb '#888888' dashtype (2,2) "
          + "title \(GnuplotText.literal(Self.frontLegend))")
    }
    if let curve {
      layers.append(
        "'\(file)-curve.dat' using 1:2 with lines linewidth 1.4 linecolor rgb '#000000' "
          + "title \(GnuplotText.literal(curve.label, limit: Drawing.labelLimit))")
    }
    // Groups with few points last, where longer lines do not cover them.
    for index in lines.indices.sorted(by: { (lines[$1].means.count, $0) < (lines[$0].means.count, $1) }) {
      let color = Palette.color(lines[index].color)
      let mark = Palette.mark(lines[index].color)
      let stem = "\(file)-\(index + 1)"
      let title = GnuplotText.literal(lines[index].label, limit: Drawing.labelLimit)
      if lines[index].runs.contains(where: \.isDrawable) {
        layers.append(
          "'\(stem)-runs.dat' using 1:2 with points pointtype 6 pointsize 0.5 linecolor rgb '\(color)' notitle"
        )
      }
      layers.append(
        lines[index].means.contains { $0.point.isDrawable }
          ? "'\(stem)-means.dat' using 1:2 with linespoints pointtype \(mark) pointsize 0.8 linewidth 1.6 "
            + "linecolor rgb '\(color)' title \(title)"
          : "NaN with points pointtype 6 pointsize 0.5 linecolor rgb '\(color)' title \(title)")
    }
    if let curve, curve.marks.contains(where: \.isDrawable) {
      layers.append(
        "'\(file)-exact.dat' using 1:2 with points pointtype 2 pointsize 0.8 linewidth 1.2 "
          + "linecolor rgb '#000000' notitle")
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
        // Inside the frame, also at its right edge.
        let side = place.x < 0.88 ? "left offset 0.7,0.5" : "right offset 0.5,0.9"
        settings.append(
          "set label \(GnuplotText.literal(mean.label, limit: 20)) at \(Drawing.text(mean.point.rate)),"
            + "\(Drawing.text(mean.point.distortion)) \(side) font ',10' "
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

/// The points than which no other has both a lower rate and a lower distortion, by rate; equal ones once.
func paretoFront(_ points: [RateDistortionFigure.Point]) -> [RateDistortionFigure.Point] {
  var front: [RateDistortionFigure.Point] = []
  for point in points.sorted(by: { ($0.rate, $0.distortion) < ($1.rate, $1.distortion) })
  where point.distortion < front.last?.distortion ?? .infinity {
    front.append(point)
  }
  return front
}
