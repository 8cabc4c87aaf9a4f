import Foundation

/// What figures share: heading, legend, frame and tics.
extension Drawing {
  /// A title over the whole picture with smaller lines of explanation under it.
  struct Heading {
    var settings: [String]
    /// What the lines of explanation after the first take, in SVG pixels.
    var extraHeight: Int
    /// What the heading takes in all, in lines of text.
    var lines: Double
  }

  static func heading(title: String, note: String) -> Heading {
    let notes = wrapped(note)
    let lines = notes.isEmpty ? 3 : 4.5 + 1.15 * Double(notes.count - 1)
    let top = "at screen 0.5, screen 1 center offset"
    return Heading(
      settings: [
        "set tmargin \(lines)",
        "set label 1 \(GnuplotText.literal(title, limit: 84)) \(top) 0,-1.3 font ',16'",
      ]
        + notes.enumerated().map { index, line in
          let place = text(((-2.8 - 1.15 * Double(index)) * 100).rounded() / 100)
          return "set label \(index + 2) \(GnuplotText.literal(line, limit: noteLimit)) \(top) 0,\(place) "
            + "font ',11' textcolor rgb '#555555'"
        }, extraHeight: max(notes.count - 1, 0) * 20, lines: lines)
  }

  /// The longest line of explanation, in characters.
  private static let noteLimit = 120

  /// An explanation in at most three lines, broken where one of its parts ends or else between words.
  private static func wrapped(_ note: String) -> [String] {
    guard note.count > noteLimit else { return note.isEmpty ? [] : [note] }
    var lines = [""]
    for word in note.split(separator: " ", omittingEmptySubsequences: false) {
      let line = lines[lines.count - 1]
      if line.isEmpty || line.count + word.count < noteLimit || lines.count == 3 {
        lines[lines.count - 1] += (line.isEmpty ? "" : " ") + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }

  /// A legend under the plot, in as many columns as its longest label allows, where it covers no data.
  static func legend(_ labels: [String]) -> (settings: [String], rows: Int) {
    let longest = labels.map { min($0.count, labelLimit) }.max() ?? 0
    let columns = max(1, min(labels.count, 94 / (longest + 7)))
    let rows = (labels.count + columns - 1) / columns
    return (
      [
        "set bmargin \(Double(rows) * 1.2 + 4)",
        "set key at screen 0.5, screen 0.01 center bottom vertical Left reverse maxrows \(rows) samplen 3 spacing 1.15",
      ], rows
    )
  }

  /// The lines of a text picture whose vertical axis names rows: a line for each and one for every five, which the
  /// frame's two ends take, under the heading and over the legend.
  static func textLines(rows: Int, under heading: Heading, legendRows: Int = 0) -> Int {
    Int((heading.lines + 1.2 * Double(legendRows + rows) + 5).rounded(.up))
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

  /// The colours of a value, from the lowest to the highest: they rise in lightness, also in grey and for every kind of
  /// colour vision (viridis; van der Walt & Smith 2015).
  static let colorScale =
    "set palette defined (0 '#440154', 1 '#3b528b', 2 '#21918c', 3 '#5ec962', 4 '#fde725')"

  /// The distance of tics that leaves about `count` of them: 1, 2 or 5 times a power of ten.
  static func ticDistance(_ range: VisibleRange, count: Int) -> Double {
    let rough = (range.high - range.low) / Double(count)
    let power = pow(10, floor(log10(rough)))
    return power * ([1.0, 2, 5].first { $0 * power >= rough } ?? 10)
  }

  /// Parts of an explanation, without those that say nothing.
  static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
