/// The bands and lines of a metric over steps, ready for one pair of axes.
struct StepsLayers {
  let lines: [StepsFigure.Line]
  private let envelopes: [[EnvelopePoint]]
  private let scale: AxisScale
  /// The stem of the data files: that of line k is STEM-k.dat.
  private let stem: String

  init(_ lines: [StepsFigure.Line], scale: AxisScale, stem: String) {
    self.lines = lines
    self.scale = scale
    self.stem = stem
    envelopes = lines.map { envelope($0.runs, scale: scale, holdsEnds: $0.hasHalfSteps) }
  }

  /// The quartiles of fewer runs are not worth a band.
  static let fewestForQuartiles = 4

  /// What the bands are; empty where there is none.
  var explanation: String {
    guard lines.contains(where: { $0.runs.count > 1 || ($0.runs.first?.steps.count ?? 0) > 1000 }) else {
      return ""
    }
    let hasQuartiles = lines.contains { $0.runs.count >= Self.fewestForQuartiles }
    return "line: median over seeds; "
      + (hasQuartiles ? "bands: middle half, and lowest to highest" : "band: lowest to highest")
  }

  /// From the first to the last place of any run; nil of nothing.
  static func extent(_ lines: [StepsFigure.Line]) -> ClosedRange<Double>? {
    let ends = lines.flatMap(\.runs).filter { !$0.isEmpty }.flatMap {
      [$0.position(at: 0), $0.position(at: $0.steps.count - 1)]
    }
    guard let low = ends.min(), let high = ends.max() else { return nil }
    return low...high
  }

  /// The interesting part: where the runs are after the first third of the axis, without the farthest twentieth
  /// of their values, and where they end.
  ///
  /// - Parameter isPositive: whether the axis is logarithmic, and values from 0 down have no place on it.
  func range(reference: ReferenceLine?, isPositive: Bool = false) -> VisibleRange? {
    func isShown(_ value: Double) -> Bool { !isPositive || value > 0 }
    var everything = reference.map { [$0.value] } ?? []
    var interesting = everything
    for points in envelopes {
      guard let start = points.first?.x, let end = points.last?.x else { continue }
      let settled = scale.position(start) + (scale.position(end) - scale.position(start)) / 3
      let bands = points.compactMap(\.band)
      let tail = points.filter { scale.position($0.x) >= settled }.compactMap(\.band)
      everything += bands.flatMap { [$0.low, $0.high] }.filter(isShown)
      interesting += [
        quantile(tail.map(\.low).filter(isShown), 0.05), quantile(tail.map(\.high).filter(isShown), 0.95),
      ].compactMap { $0 }
      interesting += (tail.last.map { [$0.low, $0.high] } ?? []).filter(isShown)
    }
    if isPositive {
      guard let low = everything.min(), let high = everything.max() else { return nil }
      // Eight powers of ten are what a bound in double precision has to say of a gap.
      var range = VisibleRange(low: max(low, high * 1e-8) / 1.3, high: high * 1.3)
      range.clipsBelow = low < high * 1e-8
      return range
    }
    return VisibleRange(everything: everything, interesting: interesting)
  }

  /// Whether some value has no place on a logarithmic axis.
  var hasNonPositive: Bool { envelopes.joined().contains { $0.band.map { $0.low <= 0 } ?? false } }

  /// Bands first, so that no band covers a line.
  ///
  /// - Parameters:
  ///   - floor: the lowest value that the axis holds, where it is logarithmic: bands end there.
  ///   - hasTitles: whether the lines are named in the legend.
  func layers(reference: ReferenceLine?, floor: Double? = nil, hasTitles: Bool = true) -> [String] {
    var bands: [String] = []
    var medians: [String] = []
    for (index, line) in lines.enumerated() {
      let color = Palette.color(line.color)
      let title = hasTitles ? "title \(legendText(line.label))" : "notitle"
      guard envelopes[index].contains(where: { $0.band != nil }) else {
        if hasTitles {
          medians.append(
            "NaN with lines linecolor rgb '\(color)' title \(legendText(line.label + " (no finite value)"))")
        }
        continue
      }
      let source = "'\(stem)-\(index + 1).dat'"
      bands += self.bands(line, source: source, floor: floor)
      // A single evaluation has no line.
      guard envelopes[index].count > 1 else {
        medians.append(
          "\(source) using 1:4 with points pointtype \(Palette.mark(line.color)) pointsize 1 "
            + "linecolor rgb '\(color)' \(title)")
        continue
      }
      medians.append(
        "\(source) using 1:4 with \(style(line, at: index)) "
          + "linewidth 2 linecolor rgb '\(color)' dashtype \(Palette.dash(line.dash)) \(title)")
    }
    let references = reference.map {
      "\(Drawing.text($0.value)) with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) "
        + (hasTitles ? "title \(legendText($0.label))" : "notitle")
    }
    return bands + medians + (references.map { [$0] } ?? []) + halfSteps(hasTitles: hasTitles)
  }

  private func bands(_ line: StepsFigure.Line, source: String, floor: Double?) -> [String] {
    let low = floor.map { "($2 > \(Drawing.text($0)) ? $2 : \(Drawing.text($0)))" } ?? "2"
    let fill = "noborder fillcolor rgb '\(Palette.color(line.color))' notitle"
    let range = "\(source) using 1:\(low):6 with filledcurves fillstyle transparent solid 0.15 \(fill)"
    guard line.runs.count >= Self.fewestForQuartiles else { return [range] }
    let quartile = floor.map { "($3 > \(Drawing.text($0)) ? $3 : \(Drawing.text($0)))" } ?? "3"
    return [
      range, "\(source) using 1:\(quartile):5 with filledcurves fillstyle transparent solid 0.25 \(fill)",
    ]
  }

  /// Every place of a short line has a mark; a long line has a few, at other places than its neighbours, so that lines
  /// of different colours stay apart in grey.
  private func style(_ line: StepsFigure.Line, at index: Int) -> String {
    if line.isMarked {
      return line.hasHalfSteps ? "lines" : "linespoints pointtype \(Palette.mark(line.color)) pointsize 0.5"
    }
    guard Set(lines.map(\.color)).count > 1 else { return "lines" }
    return "linespoints pointtype \(Palette.mark(line.color)) pointsize 0.8 pointnumber \(6 + index)"
  }

  /// The entries of the legend that tell half steps apart.
  var halfStepLabels: [String] {
    lines.contains { $0.isMarked && $0.hasHalfSteps } ? ["E-step", "M-step"] : []
  }

  /// The marks of short lines of half steps: a ring after an E-step, a disc after an M-step.
  private func halfSteps(hasTitles: Bool) -> [String] {
    var layers: [String] = []
    for (index, line) in lines.enumerated() where line.isMarked && line.hasHalfSteps {
      for (parity, type) in [(1, 6), (0, 7)]
      where envelopes[index].contains(where: { $0.band != nil && Int($0.x) % 2 == parity }) {
        layers.append(
          "'\(stem)-\(index + 1).dat' using 1:(int($1) % 2 == \(parity) ? $4 : NaN) with points "
            + "pointtype \(type) pointsize 0.8 linecolor rgb '\(Palette.color(line.color))' notitle")
      }
    }
    guard hasTitles else { return layers }
    return layers
      + zip(halfStepLabels, [6, 7]).map { label, type in
        "NaN with points pointtype \(type) pointsize 0.8 linecolor rgb '#555555' "
          + "title \(GnuplotText.literal(label))"
      }
  }

  private func legendText(_ label: String) -> String {
    GnuplotText.literal(label, limit: Drawing.labelLimit)
  }

  /// A file per line.
  func data(xName: String) -> [Drawing.DataFile] {
    envelopes.enumerated().map { index, points in
      var text = "# \(xName) lowest lower-quartile median upper-quartile highest\n"
      for point in points {
        if let band = point.band {
          let values = [point.x, band.low, band.lowerQuartile, band.middle, band.upperQuartile, band.high]
          text += values.map(Drawing.text).joined(separator: " ")
        }
        text += "\n"
      }
      return Drawing.DataFile(name: "\(stem)-\(index + 1).dat", contents: text)
    }
  }
}
