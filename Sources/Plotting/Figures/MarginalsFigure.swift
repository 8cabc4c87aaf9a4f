/// The marginals of a posterior: per latent its mean and standard deviation by each group, against a reference.
public struct MarginalsFigure: Sendable, Hashable {
  /// A mean with its standard deviation.
  public struct Marginal: Sendable, Hashable {
    public var mean: Double
    public var sd: Double

    public init(mean: Double, sd: Double) {
      self.mean = mean
      self.sd = sd
    }

    var isDrawable: Bool { mean.isDrawable && sd.isDrawable && sd >= 0 }
  }

  public struct Row: Sendable, Hashable {
    public var label: String
    /// One for each group; nil where the group does not have the latent.
    public var marginals: [Marginal?]

    public init(label: String, marginals: [Marginal?]) {
      self.label = label
      self.marginals = marginals
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  /// The names of the groups.
  public var groups: [String]
  /// From top to bottom.
  public var rows: [Row]
  /// Where the reference is, on an axis that is the same for all latents: shaded from its mean less its standard deviation
  /// to its mean plus that. nil where there is none.
  public var reference: IntervalsFigure.Region?

  public init(
    name: String, title: String, note: String = "", xLabel: String, groups: [String], rows: [Row],
    reference: IntervalsFigure.Region? = nil
  ) {
    precondition(rows.allSatisfy { $0.marginals.count == groups.count }, "a marginal for every group")
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.groups = groups
    self.rows = rows
    self.reference = reference
  }

  private static let labelLimit = 30

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no marginal is finite.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let all = rows.flatMap { $0.marginals.compactMap { $0 } }.filter(\.isDrawable)
    let bounds = reference.map { [$0.values.lowerBound, $0.values.upperBound] } ?? []
    guard
      !all.isEmpty,
      let range = VisibleRange(
        everything: all.flatMap { [$0.mean - $0.sd, $0.mean + $0.sd] } + bounds,
        interesting: all.map(\.mean) + bounds)
    else { throw .nothingToDraw(name: name) }
    let ticks = rows.enumerated().map {
      "\(GnuplotText.tickLiteral($1.label, limit: Self.labelLimit)) \(rows.count - $0)"
    }
    let legend = Drawing.legend((reference.map { [$0.label] } ?? []) + groups)
    let heading = Drawing.heading(title: title, note: Drawing.joined([note, range.explanation]))
    let perRow = 20 + 10 * groups.count
    return Drawing(
      name: file, height: 180 + 28 * legend.rows + perRow * max(rows.count, 3) + heading.extraHeight,
      textLines: Drawing.textLines(rows: rows.count, under: heading, legendRows: legend.rows),
      settings: Drawing.frame + heading.settings + [
        "set xlabel \(GnuplotText.literal(xLabel))", "set bars 0.4",
        "set xrange [\(Drawing.text(range.low)):\(Drawing.text(range.high))]",
        "set yrange [0.4:\(rows.count).6]", "set ytics (\(ticks.joined(separator: ", ")))",
      ] + legend.settings,
      plot: shading(range)
        + groups.enumerated().map { index, label in
          "'\(file)-\(index + 1).dat' using 2:1:3 with xerrorbars pointtype \(Palette.mark(index)) pointsize 0.8 "
            + "linewidth 1.6 linecolor rgb '\(Palette.color(index))' "
            + "title \(GnuplotText.literal(label, limit: Drawing.labelLimit))"
        },
      data: groups.indices.map {
        Drawing.DataFile(name: "\(file)-\($0 + 1).dat", contents: data(ofGroup: $0))
      })
  }

  private func shading(_ range: VisibleRange) -> [String] {
    guard let reference else { return [] }
    let low = max(reference.values.lowerBound, range.low)
    let width = min(reference.values.upperBound, range.high) - low
    return [
      "'+' using (\(Drawing.text(low)) + $0 * \(Drawing.text(width))):(0.4):(\(rows.count).6) every ::0::1 "
        + "with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' "
        + "title \(GnuplotText.literal(reference.label, limit: Drawing.labelLimit))"
    ]
  }

  /// The groups of a row one below the other.
  private func data(ofGroup group: Int) -> String {
    let step = 0.7 / Double(max(groups.count, 2))
    let offset = step * (Double(groups.count - 1) / 2 - Double(group))
    return "# row mean sd\n"
      + rows.enumerated().map { index, row in
        guard let marginal = row.marginals[group], marginal.isDrawable else { return "" }
        let y = ((Double(rows.count - index) + offset) * 1000).rounded() / 1000
        return "\(Drawing.text(y)) \(Drawing.text(marginal.mean)) \(Drawing.text(marginal.sd))\n"
      }.joined()
  }
}
