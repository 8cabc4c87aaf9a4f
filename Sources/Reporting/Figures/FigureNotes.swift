import Comparison
import Tracking

/// What a figure says of itself in small letters: above all what it leaves out.
enum FigureNotes {
  static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The runs that enter no number, and those that do but are suspect.
  static func exclusions(_ groups: [GroupSummary]) -> String {
    func total(_ count: (GroupSummary) -> Int) -> Int { groups.reduce(0) { $0 + count($1) } }
    let finished = total(\.finished)
    let ended = finished + total(\.diverged) + total(\.failed)
    return runs(
      diverged: total(\.diverged), failed: total(\.failed), unfinished: total(\.runs) - ended,
      valueless: finished - total(\.values.count), suspect: total(\.suspect))
  }

  static func runs(diverged: Int, failed: Int, unfinished: Int, valueless: Int, suspect: Int) -> String {
    let left = [
      (diverged, "diverged"), (failed, "failed"), (unfinished, "unfinished"), (valueless, "without a value"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let total = diverged + failed + unfinished + valueless
    return joined([
      left.isEmpty ? "" : "\(left.joined(separator: ", ")) \(total == 1 ? "run" : "runs") left out",
      suspect == 0 ? "" : "\(suspect) suspect \(suspect == 1 ? "run" : "runs") included",
    ])
  }

  /// Some of the groups by their names, and how many there are.
  static func names(_ groups: [GroupKey]) -> String {
    let named = groups.prefix(3).map { "\($0)" }.joined(separator: " · ")
    return groups.count > 3 ? "\(named) and \(groups.count - 3) more" : named
  }

  /// How many of the groups are shown, where that is not all.
  static func extent(_ shown: Int, of all: Int) -> String {
    shown < all ? "\(shown) of \(all) groups" : ""
  }
}
