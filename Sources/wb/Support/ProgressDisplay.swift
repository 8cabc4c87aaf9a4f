import ArgumentParser
import Execution
import Foundation
import Reporting

/// How progress is shown on standard error.
enum ProgressStyle: String, ExpressibleByArgument, CaseIterable {
  case none, plain, bar
}

/// A moving bar on a terminal, a line now and then elsewhere.
struct ProgressDisplay {
  private static let longestBar = 24
  private static let shortestBar = 8
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
    case .plain: Console.error(Self.line(progress))
    case .bar: Console.errorRaw("\r" + moving(progress, width: Console.errorWidth) + "\u{1B}[K")
    }
  }

  /// Takes the bar away.
  func clear() {
    if style == .bar { Console.errorRaw("\r\u{1B}[K") }
  }

  /// The bar and its line; never as wide as the terminal, where it would begin a new line each time.
  private func moving(_ progress: SweepRunner.Progress, width: Int) -> String {
    let whole = Self.line(progress)
    // The best cell is left out where there is no room for a bar beside it.
    let line = width - whole.count - 2 < Self.shortestBar ? Self.line(progress, namesBest: false) : whole
    let room = min(Self.longestBar, width - line.count - 2)
    return room < Self.shortestBar
      ? String(line.prefix(max(width - 1, 0))) : bar(progress.fraction, width: room) + " " + line
  }

  private func bar(_ fraction: Double, width: Int) -> String {
    let filled = Int(Double(width) * min(max(fraction, 0), 1))
    let full = String(repeating: "█", count: filled)
    let rest = String(repeating: "░", count: width - filled)
    return usesColor ? "\u{1B}[32m\(full)\u{1B}[0m\(rest)" : full + rest
  }

  private static func line(_ progress: SweepRunner.Progress, namesBest: Bool = true) -> String {
    var parts = ["\(progress.ended)/\(Words.count(progress.total, "run"))"]
    if progress.diverged > 0 { parts.append("\(progress.diverged) diverged") }
    if progress.failed > 0 { parts.append("\(progress.failed) failed") }
    parts.append(Words.rate(progress))
    if let waiting = progress.waitingFor {
      let runs = waiting.runs == 1 ? "1 run" : "\(waiting.runs) runs"
      parts.append(
        "waiting for \(runs) of process \(waiting.process) on \(VisibleText.escaped(waiting.host))")
    } else if progress.fraction > 0, progress.fraction < 1 {
      let left = progress.seconds * (1 - progress.fraction) / progress.fraction
      parts.append("\(Words.duration(left)) left")
    }
    if namesBest, let best = progress.best, !best.name.isEmpty {
      parts.append("best \(VisibleText.escaped(best.name)) \(String(format: "%.4g", best.elbo))")
    }
    return parts.joined(separator: ", ")
  }
}
