/// Several metrics over the same steps, one above the other: the three writings of a bound and their gap, or the terms
/// that make it up.
public struct StackedStepsFigure: Sendable, Hashable {
  public struct Panel: Sendable, Hashable {
    public var yLabel: String
    /// The same groups in every panel, in the same order; a group without a value has no runs.
    public var lines: [StepsFigure.Line]
    public var reference: ReferenceLine?
    /// Whether the axis is logarithmic; values from 0 down are then left out, and the figure says so.
    public var isLogarithmic: Bool

    public init(
      yLabel: String, lines: [StepsFigure.Line], reference: ReferenceLine? = nil, isLogarithmic: Bool = false
    ) {
      self.yLabel = yLabel
      self.lines = lines
      self.reference = reference
      self.isLogarithmic = isLogarithmic
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  /// From top to bottom.
  public var panels: [Panel]

  public init(name: String, title: String, note: String = "", xLabel: String = "step", panels: [Panel]) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.panels = panels
  }

  private static let panelHeight = 230

  /// A panel with what it draws.
  private struct Drawn {
    var panel: Panel
    var layers: StepsLayers
    var range: VisibleRange
  }

  /// The figure as script and data. Panels without a finite value are left out.
  /// - Throws: `PlottingError.nothingToDraw` where no panel has one.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let drawn = panels.enumerated().compactMap { index, panel -> Drawn? in
      let layers = StepsLayers(panel.lines, scale: .linear, stem: "\(file)-\(index + 1)")
      return layers.range(reference: panel.reference, isPositive: panel.isLogarithmic).map {
        Drawn(panel: panel, layers: layers, range: $0)
      }
    }
    guard let first = drawn.first, let extent = StepsLayers.extent(drawn.flatMap(\.panel.lines)) else {
      throw .nothingToDraw(name: name)
    }
    let references = drawn.compactMap(\.panel.reference).prefix(1).map(\.label)
    let legend = Drawing.legend(first.panel.lines.map(\.label) + references)
    let heading = Drawing.heading(title: title, note: explanation(drawn))
    let (top, bottom) = (78 + heading.extraHeight, 60 + 26 * legend.rows)
    let height = top + bottom + Self.panelHeight * drawn.count
    func fraction(_ pixels: Int) -> String {
      Drawing.text((10_000 * (1 - Double(pixels) / Double(height))).rounded() / 10_000)
    }
    let plots = drawn.enumerated().map { index, panel in
      let start = top + index * Self.panelHeight
      let margins = [
        "set tmargin at screen \(fraction(start))",
        "set bmargin at screen \(fraction(start + Self.panelHeight - 22))", "set lmargin at screen 0.15",
        "set rmargin at screen 0.97",
      ]
      let isLast = index == drawn.count - 1
      return Drawing.Panel(
        settings: Drawing.frame + (index == 0 ? heading.settings : []) + margins
          + axes(panel, extent, isLast: isLast)
          // The legend is the same for all panels, and its references are those of the first.
          + (index == 0 ? Array(legend.settings.dropFirst()) : ["unset key"]),
        plot: panel.layers.layers(
          reference: panel.panel.reference, floor: panel.panel.isLogarithmic ? panel.range.low : nil,
          hasTitles: index == 0))
    }
    return Drawing(
      name: file, height: height, panels: plots,
      data: drawn.flatMap { $0.layers.data(xName: "x") })
  }

  private func axes(_ drawn: Drawn, _ extent: ClosedRange<Double>, isLast: Bool) -> [String] {
    StepsFigure.xAxis(extent, scale: .linear)
      + (isLast ? ["set xlabel \(GnuplotText.literal(xLabel))"] : ["set format x ''"]) + [
        "set ylabel \(GnuplotText.literal(drawn.panel.yLabel, limit: 40)) font ',11'",
        "set yrange [\(Drawing.text(drawn.range.low)):\(Drawing.text(drawn.range.high))]",
      ] + (drawn.panel.isLogarithmic ? ["set logscale y", "set format y '%g'"] : [])
  }

  private func explanation(_ drawn: [Drawn]) -> String {
    let isClipped = drawn.contains { $0.range.clipsBelow || $0.range.clipsAbove }
    let hasNonPositive = drawn.contains { $0.panel.isLogarithmic && $0.layers.hasNonPositive }
    return Drawing.joined([
      note, drawn.first?.layers.explanation ?? "", isClipped ? "values outside the axes are not shown" : "",
      hasNonPositive ? "values from 0 down have no place on a logarithmic axis" : "",
    ])
  }
}
