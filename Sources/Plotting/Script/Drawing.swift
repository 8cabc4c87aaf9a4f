import Foundation

/// A figure as text: a gnuplot script and the data that it reads, in one folder.
public struct Drawing: Sendable, Hashable {
  /// The stem of every file: `NAME.gp`, `NAME-1.dat`, `NAME.svg`, `NAME.png`.
  public var name: String
  public var script: String
  /// Contents by file name, in the order in which the script reads them.
  public var data: [DataFile]

  public struct DataFile: Sendable, Hashable {
    public var name: String
    public var contents: String

    public init(name: String, contents: String) {
      self.name = name
      self.contents = contents
    }
  }

  public init(name: String, script: String, data: [DataFile]) {
    self.name = name
    self.script = script
    self.data = data
  }

  /// The stem that a picture of this name has: ASCII letters, digits, dots, dashes and underscores alone.
  public static func fileName(_ name: String) -> String { GnuplotText.fileName(name) }
}

extension Drawing {
  /// Puts the terminals around what is drawn: the same picture once as SVG, once as PNG.
  ///
  /// - Parameter height: in SVG pixels; the width is 960.
  static func script(name: String, height: Int, settings: [String], plot: [String]) -> String {
    let font = "noenhanced font 'DejaVu Sans,13'"
    let lines =
      [
        "# Redraw both pictures with: gnuplot \(name).gp",
        "set encoding utf8",
      ] + settings
      + [
        "set terminal svg size 960,\(height) dynamic \(font) linewidth 1.2 background '#ffffff'",
        "set output '\(name).svg'",
        "plot " + plot.joined(separator: ", \\\n  "),
        "set terminal pngcairo size 1920,\(2 * height) \(font) fontscale 2 linewidth 2.4 pointscale 2",
        "set output '\(name).png'",
        "replot",
        "set output",
      ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// A title over the whole picture with a smaller line of explanation under it.
  static func heading(title: String, note: String) -> [String] {
    let lines = [
      "set tmargin \(note.isEmpty ? 3 : 4.5)",
      "set label 1 \(GnuplotText.literal(title, limit: 84)) at screen 0.5, screen 1 center offset 0,-1.3 font ',16'",
    ]
    let explanation =
      "set label 2 \(GnuplotText.literal(note, limit: 130)) at screen 0.5, screen 1 center offset 0,-2.8 "
    return note.isEmpty ? lines : lines + [explanation + "font ',11' textcolor rgb '#555555'"]
  }

  /// A legend under the plot, in as many columns as its longest label allows, where it covers no data.
  static func legend(_ labels: [String]) -> (settings: [String], rows: Int) {
    let longest = labels.map { min($0.count, labelLimit) }.max() ?? 0
    let columns = max(1, min(labels.count, 105 / (longest + 7)))
    let rows = (labels.count + columns - 1) / columns
    return (
      [
        "set bmargin \(Double(rows) * 1.2 + 4)",
        "set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows \(rows) samplen 3 spacing 1.15",
      ], rows
    )
  }

  /// The longest label of a legend, in characters.
  static let labelLimit = 70

  /// What every figure shares: a quiet frame and grid.
  static let frame = [
    "set border 3 linecolor rgb '#666666'",
    "set grid linecolor rgb '#cccccc' linewidth 0.7 dashtype solid",
    "set tics nomirror out textcolor rgb '#222222'",
    "set datafile missing '?'",
  ]

  /// The distance of tics that leaves about `count` of them: 1, 2 or 5 times a power of ten.
  static func ticDistance(_ range: VisibleRange, count: Int) -> Double {
    let rough = (range.high - range.low) / Double(count)
    let power = pow(10, floor(log10(rough)))
    return power * ([1.0, 2, 5].first { $0 * power >= rough } ?? 10)
  }

  /// A number as gnuplot reads it.
  static func text(_ value: Double) -> String {
    "\(value)"
  }
}
