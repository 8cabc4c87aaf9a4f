import Execution
import Foundation

/// Counts and quantities as a reader says them.
enum Words {
  /// `1 run`, `30 runs`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// The words of a list with commas, without spaces.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { word in word.filter { !$0.isWhitespace } }
  }

  /// Bytes with three digits: `512 bytes`, `32.1 MB`.
  static func size(_ bytes: Int) -> String {
    let units = ["kB", "MB", "GB", "TB"]
    var value = Double(bytes) / 1000
    guard value >= 1 else { return count(bytes, "byte") }
    var unit = 0
    while value >= 999.5, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    return String(format: value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f", value) + " " + units[unit]
  }

  /// Steps per second with three digits: `123 steps/s`, `12.3 k steps/s`; runs where there is nothing to fit.
  static func rate(_ progress: SweepRunner.Progress) -> String {
    let (count, unit) =
      progress.steps > 0 ? (progress.steps, "steps/s") : (progress.ended - progress.elsewhere, "runs/s")
    return rate(Double(count) / max(progress.seconds, 1e-9), unit)
  }

  /// The same of a number of steps per second.
  static func rate(steps: Double) -> String { rate(steps, "steps/s") }

  private static func rate(_ value: Double, _ unit: String) -> String {
    let number =
      switch value {
      case ..<1000: String(format: "%.0f", value)
      case ..<1e6: String(format: value < 1e4 ? "%.2f k" : value < 1e5 ? "%.1f k" : "%.0f k", value / 1e3)
      default: String(format: "%.2f M", value / 1e6)
      }
    return "\(number) \(unit)"
  }

  /// Seconds: `0.42 s`, `12 s`, `3 min 20 s`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<10: String(format: "%.2g s", seconds)
    case ..<60: String(format: "%.0f s", seconds)
    case ..<3600: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    case ..<1e9: "\(Int(seconds) / 3600) h \(Int(seconds) % 3600 / 60) min"
    default: "more than 30 years"
    }
  }
}
