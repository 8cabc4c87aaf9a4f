/// A metric over steps: per group the median line and the range over its runs.
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
    fileprivate var isMarked: Bool {
      let longest = runs.map(\.steps.count).max() ?? 0
      return longest > 1 && longest <= 100
    }

    fileprivate var hasPlainMarks: Bool { isMarked && !hasHalfSteps }
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
    let envelopes = lines.map { envelope($0.runs, scale: xScale, holdsEnds: $0.hasHalfSteps) }
    let steps = lines.flatMap(\.runs).flatMap { [$0.steps.first, $0.steps.last] }.compactMap { $0 }
    guard let first = steps.min(), let last = steps.max(), let range = visibleRange(envelopes) else {
      throw .nothingToDraw(name: name)
    }
    let isBanded =
      lines.contains { $0.runs.count > 1 } || lines.contains { ($0.runs.first?.steps.count ?? 0) > 1000 }
    let legend = Drawing.legend(lines.map(\.label) + (reference.map { [$0.label] } ?? []) + markLabels)
    return Drawing(
      name: file,
      script: Drawing.script(
        name: file, height: 470 + 26 * legend.rows,
        settings: Drawing.frame + Drawing.heading(title: title, note: explanation(range, isBanded: isBanded))
          + xAxis(first: Double(first), last: Double(last)) + [
            "set ylabel \(GnuplotText.literal(yLabel))",
            "set yrange [\(Drawing.text(range.low)):\(Drawing.text(range.high))]",
          ] + legend.settings,
        plot: plot(file, envelopes)),
      data: envelopes.enumerated().map { index, points in
        Drawing.DataFile(name: "\(file)-\(index + 1).dat", contents: data(points))
      })
  }

  private func explanation(_ range: VisibleRange, isBanded: Bool) -> String {
    let band = isBanded ? "line: median over seeds; band: lowest to highest" : ""
    let clipped =
      switch (range.clipsBelow, range.clipsAbove) {
      case (true, true): "values outside the axis are not shown"
      case (true, false): "values below the axis are not shown"
      case (false, true): "values above the axis are not shown"
      case (false, false): ""
      }
    return [note, band, clipped].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private func xAxis(first: Double, last: Double) -> [String] {
    let range = "set xrange [\(Drawing.text(first)):\(Drawing.text(last > first ? last : first + 1))]"
    let label = "set xlabel \(GnuplotText.literal(xLabel))"
    guard xScale == .symlog else { return [label, range] }
    var ticks = ["0"]
    var power = 1
    while Double(power) <= last {
      ticks.append("\(power)")
      power *= 10
    }
    return [
      label, "set nonlinear x via log10(1 + x) inverse 10**x - 1", range,
      "set xtics (\(ticks.joined(separator: ", ")))",
    ]
  }

  /// The interesting part: where the runs are after the first third of the axis, without the farthest twentieth
  /// of their values, and where they end.
  private func visibleRange(_ envelopes: [[EnvelopePoint]]) -> VisibleRange? {
    var everything = reference.map { [$0.value] } ?? []
    var interesting = everything
    for points in envelopes {
      guard let start = points.first?.step, let end = points.last?.step else { continue }
      let settled = xScale.position(start) + (xScale.position(end) - xScale.position(start)) / 3
      let bands = points.compactMap(\.band)
      let tail = points.filter { xScale.position($0.step) >= settled }.compactMap(\.band)
      everything += bands.flatMap { [$0.low, $0.high] }
      interesting += [quantile(tail.map(\.low), 0.05), quantile(tail.map(\.high), 0.95)].compactMap { $0 }
      interesting += tail.last.map { [$0.low, $0.high] } ?? []
    }
    return VisibleRange(everything: everything, interesting: interesting)
  }

  /// Bands first, so that no band covers a line.
  private func plot(_ file: String, _ envelopes: [[EnvelopePoint]]) -> [String] {
    var bands: [String] = []
    var medians: [String] = []
    for (index, line) in lines.enumerated() {
      let color = Palette.color(line.color)
      guard envelopes[index].contains(where: { $0.band != nil }) else {
        medians.append(
          "NaN with lines linecolor rgb '\(color)' title \(legendText(line.label + " (no finite value)"))")
        continue
      }
      let source = "'\(file)-\(index + 1).dat'"
      bands.append(
        "\(source) using 1:2:4 with filledcurves fillstyle transparent solid 0.15 noborder "
          + "fillcolor rgb '\(color)' notitle")
      // A single evaluation has no line.
      guard envelopes[index].count > 1 else {
        medians.append(
          "\(source) using 1:3 with points pointtype 7 pointsize 1 linecolor rgb '\(color)' "
            + "title \(legendText(line.label))")
        continue
      }
      medians.append(
        "\(source) using 1:3 with \(line.hasPlainMarks ? "linespoints pointtype 7 pointsize 0.5" : "lines") "
          + "linewidth 2 linecolor rgb '\(color)' dashtype \(Palette.dash(line.dash)) "
          + "title \(legendText(line.label))")
    }
    let references = reference.map {
      "\(Drawing.text($0.value)) with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) "
        + "title \(legendText($0.label))"
    }
    return bands + medians + (references.map { [$0] } ?? []) + marks(file, envelopes)
  }

  /// The entries of the legend that tell half steps apart.
  private var markLabels: [String] {
    lines.contains { $0.isMarked && $0.hasHalfSteps } ? ["E-step", "M-step"] : []
  }

  /// The marks of short lines of half steps: a ring after an E-step, a disc after an M-step.
  private func marks(_ file: String, _ envelopes: [[EnvelopePoint]]) -> [String] {
    var layers: [String] = []
    for (index, line) in lines.enumerated() where line.isMarked && line.hasHalfSteps {
      for (parity, type) in [(1, 6), (0, 7)]
      where envelopes[index].contains(where: { $0.band != nil && Int($0.step) % 2 == parity }) {
        layers.append(
          "'\(file)-\(index + 1).dat' using 1:(int($1) % 2 == \(parity) ? $3 : NaN) with points "
            + "pointtype \(type) pointsize 0.8 linecolor rgb '\(Palette.color(line.color))' notitle")
      }
    }
    return layers
      + zip(markLabels, [6, 7]).map { label, type in
        "NaN with points pointtype \(type) pointsize 0.8 linecolor rgb '#555555' title '\(label)'"
      }
  }

  private func legendText(_ label: String) -> String {
    GnuplotText.literal(label, limit: Drawing.labelLimit)
  }

  private func data(_ points: [EnvelopePoint]) -> String {
    var text = "# step lowest median highest\n"
    for point in points {
      if let band = point.band {
        text +=
          "\(Drawing.text(point.step)) \(Drawing.text(band.low)) \(Drawing.text(band.middle)) \(Drawing.text(band.high))\n"
      } else {
        text += "\n"
      }
    }
    return text
  }
}
