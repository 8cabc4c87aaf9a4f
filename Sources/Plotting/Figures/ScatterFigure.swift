/// Points in a plane with equal units on both axes, such as the latent means of the data.
public struct ScatterFigure: Sendable, Hashable {
  public struct Cloud: Sendable, Hashable {
    public var label: String
    public var xs: [Double]
    public var ys: [Double]
    /// Index into the palette.
    public var color: Int

    public init(label: String, xs: [Double], ys: [Double], color: Int) {
      precondition(xs.count == ys.count, "a y for every x")
      self.label = label
      self.xs = xs
      self.ys = ys
      self.color = color
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  public var yLabel: String
  public var clouds: [Cloud]
  /// The radii of circles around the origin, with a name for the legend; none of nothing.
  public var circles: [Double]
  public var circleLabel: String

  public init(
    name: String, title: String, note: String = "", xLabel: String, yLabel: String, clouds: [Cloud],
    circles: [Double] = [], circleLabel: String = ""
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.clouds = clouds
    self.circles = circles
    self.circleLabel = circleLabel
  }

  /// More points than this fill the plane; of more, every k-th is drawn.
  private static let mostPoints = 5000

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no point is finite.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let all = clouds.map { cloud in zip(cloud.xs, cloud.ys).filter { $0.isDrawable && $1.isDrawable } }
    let total = all.map(\.count).reduce(0, +)
    guard total > 0 else { throw .nothingToDraw(name: name) }
    let stride = (total + Self.mostPoints - 1) / Self.mostPoints
    let shown = all.map { points in
      points.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    }
    let reach = circles.max() ?? 0
    let frame = PlaneFrame(
      xs: all.flatMap { $0.map(\.0) } + [-reach, reach], ys: all.flatMap { $0.map(\.1) } + [-reach, reach])
    let thinned = stride > 1 ? "one in \(stride) of \(total) points is shown" : ""
    let labels = clouds.map(\.label).filter { !$0.isEmpty } + (circles.isEmpty ? [] : [circleLabel])
    let legend = Drawing.legend(labels)
    let heading = Drawing.heading(title: title, note: Drawing.joined([note, thinned]))
    return Drawing(
      name: file, height: 720 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings + frame.settings + [
        "set size ratio -1", "set xlabel \(GnuplotText.literal(xLabel))",
        "set ylabel \(GnuplotText.literal(yLabel))", "set parametric", "set trange [0:2*pi]",
      ] + legend.settings,
      plot: clouds.enumerated().map { index, cloud in
        "'\(file)-\(index + 1).dat' using 1:2 with points pointtype \(Palette.mark(cloud.color)) "
          + "pointsize \(total > 1000 ? 0.2 : 0.4) "
          + "linecolor rgb '\(Palette.color(cloud.color))' \(Self.title(cloud.label))"
      }
        + circles.enumerated().map { index, radius in
          let (x, y) = ("\(Drawing.text(radius))*cos(t)", "\(Drawing.text(radius))*sin(t)")
          return "\(x),\(y) with lines linewidth 1.2 linecolor rgb '#000000' dashtype (6,5) "
            + (index == 0 ? Self.title(circleLabel) : "notitle")
        },
      data: shown.enumerated().map { index, points in
        Drawing.DataFile(
          name: "\(file)-\(index + 1).dat",
          contents: "# x y\n" + points.map { "\(Drawing.text($0.0)) \(Drawing.text($0.1))\n" }.joined())
      })
  }

  private static func title(_ label: String) -> String {
    label.isEmpty ? "notitle" : "title \(GnuplotText.literal(label, limit: Drawing.labelLimit))"
  }
}
