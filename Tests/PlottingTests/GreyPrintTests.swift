import Foundation
import Plotting
import Testing

/// Lines that differ in colour must stay apart where there is none.
@Suite struct GreyPrintTests {
  /// CIE lightness of an sRGB colour `#rrggbb`, from 0 to 100 (IEC 61966-2-1; CIE 15:2004).
  private func lightness(_ color: Substring) -> Double {
    let channels = (0..<3).map { index -> Double in
      let start = color.index(color.startIndex, offsetBy: 1 + 2 * index)
      let value = Double(Int(color[start..<color.index(start, offsetBy: 2)], radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let luminance = 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
    return luminance > 216.0 / 24389 ? 116 * cbrt(luminance) - 16 : luminance * 24389 / 27
  }

  private struct Style: Hashable {
    var color: String
    var mark: String
    var dash: String
  }

  /// The styles of the lines of seven groups, each of its own colour.
  private func styles() throws -> [Style] {
    let run = StepSeries(steps: Array(0..<200), values: (0..<200).map { Double($0 % 7) })
    let script = try StepsFigure(
      name: "f", title: "t", yLabel: "y",
      lines: (0..<7).map { .init(label: "a", runs: [run], color: $0, dash: 0) }
    ).drawing().script
    return script.matches(
      of: /with linespoints pointtype (\d+).*linecolor rgb '(#[0-9A-F]{6})' dashtype (\S+)/
    ).map { Style(color: String($0.2), mark: String($0.1), dash: String($0.3)) }
  }

  @Test("two lines of a picture differ by 20 of lightness, or in mark or dash")
  func apart() throws {
    let styles = try styles()
    #expect(styles.count == 7)
    #expect(Set(styles.map(\.color)).count == 7)
    for (index, style) in styles.enumerated() {
      for other in styles.dropFirst(index + 1) {
        let difference = abs(lightness(style.color[...]) - lightness(other.color[...]))
        #expect(difference >= 20 || style.mark != other.mark || style.dash != other.dash)
      }
      // Against white paper, whose lightness is 100.
      #expect(lightness(style.color[...]) <= 75)
    }
  }

  @Test("the scale of colours gets lighter all the way, by 15 at each step")
  func scale() throws {
    let script = try FigureSamples.heatMap("a").drawing().script
    let palette = try #require(script.split(separator: "\n").first { $0.hasPrefix("set palette") })
    let levels = palette.matches(of: /#[0-9a-f]{6}/).map { lightness($0.0) }
    #expect(levels.count == 5)
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 - $0 >= 15 }, "\(levels)")
  }
}
