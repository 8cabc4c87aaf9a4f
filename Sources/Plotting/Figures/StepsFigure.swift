/// A metric over steps: per group the median line, the middle half and the whole range of its runs.
public struct StepsFigure: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public var label: String
    /// One series per run of the group.
    public var runs: [StepSeries]
    /// Indices into the palette. Lines that share a colour should differ in dash.
    public var color: Int
    public var dash: Int
    /// Whether the steps are half steps of EM: E-steps at odd numbers, M-steps at even ones.
    public var hasHalfSteps: Bool

    public init(label: String, runs: [StepSeries], color: Int, dash: Int, hasHalfSteps: Bool = false) {
      self.label = label
      self.runs = runs
      self.color = color
      self.dash = dash
      self.hasHalfSteps = hasHalfSteps
    }

    /// Whether each step is marked: where the steps are few enough to be told apart.
    var isMarked: Bool {
      let longest = runs.map(\.steps.count).max() ?? 0
      return longest > 1 && longest <= 100
    }
  }

  public var name: String
  public var title: String
  /// What a reader must know to read the figure, such as what it leaves out; shown small under the title.
  public var note: String
  public var xLabel: String
  public var yLabel: String
  public var xScale: AxisScale
  public var lines: [Line]
  public var reference: ReferenceLine?

  public init(
    name: String, title: String, note: String = "", xLabel: String = "step", yLabel: String,
    xScale: AxisScale = .linear,
    lines: [Line], reference: ReferenceLine? = nil
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.xScale = xScale
    self.lines = lines
    self.reference = reference
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no run has a finite value.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let layers = StepsLayers(lines, scale: xScale, stem: file)
    guard let extent = StepsLayers.extent(lines), let range = layers.range(reference: reference) else {
      throw .nothingToDraw(name: name)
    }
    let legend = Drawing.legend(
      lines.map(\.label) + (reference.map { [$0.label] } ?? []) + layers.halfStepLabels)
    let heading = Drawing.heading(
      title: title, note: Drawing.joined([note, layers.explanation, range.explanation]))
    return Drawing(
      name: file, height: 470 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings
        + ["set xlabel \(GnuplotText.literal(xLabel))"] + Self.xAxis(extent, scale: xScale) + [
          "set ylabel \(GnuplotText.literal(yLabel))",
          "set yrange [\(Drawing.text(range.low)):\(Drawing.text(range.high))]",
        ] + legend.settings,
      plot: layers.layers(reference: reference), data: layers.data(xName: "x"))
  }

  static func xAxis(_ extent: ClosedRange<Double>, scale: AxisScale) -> [String] {
    let (first, last) = (extent.lowerBound, extent.upperBound)
    let range = "set xrange [\(Drawing.text(first)):\(Drawing.text(last > first ? last : first + 1))]"
    guard scale == .symlog else { return [range] }
    var ticks = ["0"]
    var power = 1
    while Double(power) <= last {
      ticks.append("\(power)")
      power *= 10
    }
    return [
      "set nonlinear x via log10(1 + x) inverse 10**x - 1", range,
      "set xtics (\(ticks.joined(separator: ", ")))",
    ]
  }
}

extension VisibleRange {
  /// What of the values the axis leaves out; empty where it shows all.
  var explanation: String {
    switch (clipsBelow, clipsAbove) {
    case (true, true): "values outside the axis are not shown"
    case (true, false): "values below the axis are not shown"
    case (false, true): "values above the axis are not shown"
    case (false, false): ""
    }
  }
}
