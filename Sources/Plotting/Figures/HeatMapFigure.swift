/// A value over two coordinates of a grid, a coloured cell for each pair, with the value written in it.
public struct HeatMapFigure: Sendable, Hashable {
  public struct Cell: Sendable, Hashable {
    /// nil where there is none: the cell stays white, and its text says why.
    public var value: Double?
    /// What is written in the cell, such as the value or `no run`.
    public var text: String

    public init(value: Double?, text: String) {
      self.value = value
      self.text = text
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  public var yLabel: String
  public var valueLabel: String
  /// From left to right.
  public var columns: [String]
  /// From bottom to top.
  public var rows: [String]
  /// `[rows][columns]`.
  public var cells: [[Cell]]

  /// - Parameter cells: `[rows][columns]`.
  public init(
    name: String, title: String, note: String = "", xLabel: String, yLabel: String, valueLabel: String,
    columns: [String], rows: [String], cells: [[Cell]]
  ) {
    precondition(
      cells.count == rows.count && cells.allSatisfy { $0.count == columns.count }, "a cell for every pair")
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.valueLabel = valueLabel
    self.columns = columns
    self.rows = rows
    self.cells = cells
  }

  private static let labelLimit = 30

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no cell has a finite value.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    guard let range = ColorRange(cells.joined().compactMap(\.value)) else { throw .nothingToDraw(name: name) }
    let heading = Drawing.heading(title: title, note: Drawing.joined([note, range.explanation]))
    return Drawing(
      name: file, height: 190 + 46 * max(rows.count, 3) + heading.extraHeight,
      textLines: Drawing.textLines(rows: rows.count, under: heading),
      settings: Drawing.frame + heading.settings + [
        "unset grid", "unset key", "set bmargin 4", "set rmargin 16",
        "set xlabel \(GnuplotText.literal(xLabel))", "set ylabel \(GnuplotText.literal(yLabel))",
        "set xrange [-0.5:\(columns.count - 1).5]", "set yrange [-0.5:\(rows.count - 1).5]",
        "set xtics (\(Self.ticks(columns)))\(isCrowded ? " rotate by 30 right" : "")",
        "set ytics (\(Self.ticks(rows)))",
      ] + range.settings(label: valueLabel) + labels(range),
      plot: [
        "'\(file)-cells.dat' using 1:2:($1-0.5):($1+0.5):($2-0.5):($2+0.5):3 with boxxyerror "
          + "fillstyle solid 1 noborder linecolor palette"
      ]
        + (hasGaps
          ? [
            "'\(file)-gaps.dat' using 1:($2+0.15) with points pointtype 2 pointsize 1.5 linecolor rgb '#999999'"
          ] : []),
      data: [Drawing.DataFile(name: "\(file)-cells.dat", contents: text { $0 != nil })]
        + (hasGaps ? [Drawing.DataFile(name: "\(file)-gaps.dat", contents: text { $0 == nil })] : []))
  }

  /// Whether the columns' labels need to be slanted to have room.
  private var isCrowded: Bool {
    columns.reduce(0) { $0 + min($1.count, Self.labelLimit) + 2 } > 85
  }

  private var hasGaps: Bool { cells.joined().contains { drawable($0) == nil } }

  private func drawable(_ cell: Cell) -> Double? { cell.value.flatMap { $0.isDrawable ? $0 : nil } }

  private static func ticks(_ labels: [String]) -> String {
    labels.enumerated().map { "\(GnuplotText.tickLiteral($1, limit: labelLimit)) \($0)" }
      .joined(separator: ", ")
  }

  private func text(where isShown: (Double?) -> Bool) -> String {
    var text = "# column row value\n"
    for (y, row) in cells.enumerated() {
      for (x, cell) in row.enumerated() where isShown(drawable(cell)) {
        text += "\(x) \(y) \(drawable(cell).map(Drawing.text) ?? "")\n"
      }
    }
    return text
  }

  /// What is written in the cells, where there is room: dark on light colours, light on dark ones.
  private func labels(_ range: ColorRange) -> [String] {
    guard columns.count <= 14, rows.count <= 20 else { return [] }
    return cells.enumerated().flatMap { y, row in
      row.enumerated().map { x, cell in
        let value = drawable(cell)
        let color = value.map { range.fraction($0) < 0.55 ? "#ffffff" : "#000000" } ?? "#555555"
        return
          "set label \(GnuplotText.literal(cell.text, limit: 24)) at \(x),\(value == nil ? Double(y) - 0.22 : Double(y)) center "
          + "front font ',10' textcolor rgb '\(color)'"
      }
    }
  }
}

/// The range of a scale of colours.
struct ColorRange {
  var range: VisibleRange
  private var isClipped: Bool

  /// The values within ten median absolute deviations of their median: while fewer than half of them are far off, these
  /// do not take all colours. nil where no value is finite.
  init?(_ values: [Double]) {
    let values = values.filter(\.isDrawable)
    guard let middle = quantile(values, 0.5), let deviation = quantile(values.map { abs($0 - middle) }, 0.5)
    else { return nil }
    // Where half of the values are the same, every other one would be far.
    let inner = deviation > 0 ? values.filter { abs($0 - middle) <= 10 * deviation } : values
    let (low, high) = (inner.min() ?? middle, inner.max() ?? middle)
    // Equal values get a range that their size can hold.
    let margin = high > low ? 0 : max(1e-3 * abs(low), 1e-12)
    range = VisibleRange(low: low - margin, high: high + margin)
    isClipped = inner.count < values.count
  }

  /// Where a value lies, from 0 to 1.
  func fraction(_ value: Double) -> Double {
    min(max((value - range.low) / (range.high - range.low), 0), 1)
  }

  var explanation: String { isClipped ? "far values have the colour of the end of the scale" : "" }

  func settings(label: String) -> [String] {
    [
      Drawing.colorScale, "set cbrange [\(Drawing.text(range.low)):\(Drawing.text(range.high))]",
      "set cblabel \(GnuplotText.literal(label)) offset 1.5,0",
      "set cbtics \(Drawing.text(Drawing.ticDistance(range, count: 5)))",
    ]
  }
}
