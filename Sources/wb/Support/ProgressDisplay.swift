import ArgumentParser
import Execution
import Foundation

/// How progress is shown on standard error.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
  case none, plain, bar
}

/// A moving bar on a terminal, a line now and then elsewhere.
struct ProgressDisplay {
  private static let barWidth = 24
  private static let barSeconds = 0.1
  private static let lineSeconds = 10.0

  private let style: ProgressStyle
  private let usesColor: Bool
  private var lastShown = 0.0

  init(style: ProgressStyle, usesColor: Bool) {
    self.style = style
    self.usesColor = usesColor
  }

  mutating func show(_ progress: SweepRunner.Progress) {
    let interval = style == .bar ? Self.barSeconds : Self.lineSeconds
    guard style != .none, progress.seconds - lastShown >= interval else { return }
    lastShown = progress.seconds
    switch style {
    case .none: break
    case .plain: Console.error(line(progress))
    case .bar: Console.errorRaw("\r" + bar(progress) + " " + line(progress) + "\u{1B}[K")
    }
  }

  /// Takes the bar away.
  func clear() {
    if style == .bar { Console.errorRaw("\r\u{1B}[K") }
  }

  private func line(_ progress: SweepRunner.Progress) -> String {
    var parts = ["\(progress.ended)/\(progress.total) runs"]
    if progress.diverged > 0 { parts.append("\(progress.diverged) diverged") }
    if progress.failed > 0 { parts.append("\(progress.failed) failed") }
    if progress.seconds > 0 { parts.append("\(Self.rate(Double(progress.steps) / progress.seconds)) steps/s") }
    if progress.ended > 0, progress.ended < progress.total {
      let left = progress.seconds / Double(progress.ended) * Double(progress.total - progress.ended)
      parts.append("\(Self.duration(left)) left")
    }
    return parts.joined(separator: ", ")
  }

  private func bar(_ progress: SweepRunner.Progress) -> String {
    let filled = progress.total > 0 ? Self.barWidth * progress.ended / progress.total : 0
    let full = String(repeating: "█", count: filled)
    let rest = String(repeating: "░", count: Self.barWidth - filled)
    return usesColor ? "\u{1B}[32m\(full)\u{1B}[0m\(rest)" : full + rest
  }

  /// A rate with three digits: `1,234`, `12.3 k`, `1.23 M`.
  static func rate(_ value: Double) -> String {
    switch value {
    case ..<1000: String(format: "%.0f", value)
    case ..<1e6: String(format: value < 1e4 ? "%.2f k" : value < 1e5 ? "%.1f k" : "%.0f k", value / 1e3)
    default: String(format: "%.2f M", value / 1e6)
    }
  }

  /// Seconds as a reader says them: `0.42 s`, `12 s`, `3 min 20 s`.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<10: String(format: "%.2g s", seconds)
    case ..<60: String(format: "%.0f s", seconds)
    case ..<3600: "\(Int(seconds) / 60) min \(Int(seconds) % 60) s"
    default: "\(Int(seconds) / 3600) h \(Int(seconds) % 3600 / 60) min"
    }
  }
}
