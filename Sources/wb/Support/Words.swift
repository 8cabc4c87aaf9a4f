import Execution
import Foundation

/// Counts and quantities as a reader says them.
enum Words {
  /// `1 run`, `30 runs`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// Steps per second with three digits: `123`, `12.3 k`, `1.23 M`.
  static func rate(_ progress: SweepRunner.Progress) -> String {
    let value = Double(progress.steps) / max(progress.seconds, 1e-9)
    return switch value {
    case ..<1000: String(format: "%.0f", value)
    case ..<1e6: String(format: value < 1e4 ? "%.2f k" : value < 1e5 ? "%.1f k" : "%.0f k", value / 1e3)
    default: String(format: "%.2f M", value / 1e6)
    }
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
