import Comparison
import Reporting
import SweepConfig
import Tracking

/// The looks at a sweep to which seeds are added. What a look says follows from the runs that the looks before asked for, and
/// from nothing else that the store holds: the command, given again, takes the same decisions.
struct SequentialLooks {
  private let rule: SequentialRule
  private let options: ResolutionOptions
  private var sweep: Sweep
  private var look = 0
  /// What the last look found.
  private(set) var sentence = ""

  /// - Parameter sweep: with the seeds of the first look.
  init(of sweep: Sweep, _ rule: SequentialRule, _ options: ResolutionOptions) {
    self.sweep = sweep
    self.rule = rule
    self.options = options
  }

  /// Looks at what has ended; what is to be executed for the next look, nil where there is none.
  mutating func next(in store: Store) throws -> Sweep? {
    let wanted = Set(sweep.runs.map(\.id))
    let runs = try store.runs(in: sweep.name).filter { wanted.contains($0.record.runID) }
    let now = rule.looks[look]
    let found = try Resolution(of: runs, by: options.keys, region: options.rope, confidence: now.confidence)
    let isLast = look + 1 == rule.looks.count
    sentence = Self.sentence(found, now, look: look + 1, of: rule.looks.count, isLast: isLast)
    guard !isLast, !found.undecided.isEmpty else { return nil }
    look += 1
    sweep.cells = sweep.cells.filter { found.cells.contains($0.id) }
    sweep.seeds = Array(0..<rule.looks[look].seeds)
    return sweep
  }

  private static func sentence(
    _ found: Resolution, _ now: SequentialRule.Look, look: Int, of looks: Int, isLast: Bool
  ) -> String {
    let sure = NumberText.rounded(100 * now.confidence, figures: 4)
    let head = "look \(look) of \(looks): \(now.seeds) seeds, intervals of \(sure) %: "
    var parts: [String] = []
    let open = found.undecided.count + found.beyondSeeds.count
    parts.append(
      open == 0
        ? "every comparison is decided (\(found.comparisons))"
        : "\(open) of \(Words.count(found.comparisons, "comparison")) undecided")
    if !found.beyondSeeds.isEmpty {
      parts.append("\(found.beyondSeeds.count) of them beyond what more seeds can tell")
    }
    if isLast, !found.undecided.isEmpty { parts.append("these are the most seeds that were declared") }
    return head + parts.joined(separator: "; ")
  }
}
