public import Comparison

/// A verdict in words, each with its size and how sure it is.
public enum VerdictText {
  /// One or two sentences of plain text: what is best, by how much, how sure.
  public static func sentences(_ comparison: GroupComparison) -> String {
    let main =
      switch comparison.verdict {
      case .notComparable(let reason): notComparable(comparison, reason)
      case .best(let best): self.best(best, comparison)
      case .shared(let best, let rivals): shared(best, rivals, comparison)
      case .against(let baseline): against(baseline, comparison)
      case .described: described(comparison)
      }
    return ([main] + caveats(comparison)).joined(separator: " ")
  }

  private static func notComparable(_ comparison: GroupComparison, _ reason: String) -> String {
    var text = "No comparison can be made: \(reason)."
    if let group = comparison.groups.first, let mean = group.mean, comparison.groups.count == 1 {
      text +=
        " Its mean \(comparison.metric.name) is \(value(mean, group.interval)) \(comparison.metric.unit)"
        + interval(group.interval, "over \(count(group.seeds, "seed"))") + "."
    }
    return text
  }

  private static func best(_ best: GroupKey, _ comparison: GroupComparison) -> String {
    let metric = comparison.metric
    let nearest = comparison.differences[0]
    guard comparison.differences.count > 1, let last = comparison.differences.last else {
      return
        "\(best) has the \(comparative(metric)) \(metric.name) than \(nearest.group), by \(size(nearest, metric))."
        .replacing("has the", with: "has a")
    }
    return "\(best) has the \(superlative(metric)) \(metric.name) of \(comparison.groups.count) groups: "
      + "ahead of the next, \(list([nearest.group], near: best)), by \(size(nearest, metric)), "
      + "and of the last, \(list([last.group], near: best)), by \(size(last, metric))."
  }

  private static func shared(_ best: GroupKey, _ rivals: [GroupKey], _ comparison: GroupComparison) -> String
  {
    let metric = comparison.metric
    let near = Set(rivals)
    let close = comparison.differences.filter { near.contains($0.group) }
    let equivalent = close.filter { $0.standing == .equivalent }.map(\.group)
    let undecided = close.filter { $0.standing == .undecided && $0.interval != nil }
    let unpaired = close.filter { $0.interval == nil }.map(\.group)
    let worse = comparison.differences.filter { $0.standing == .worse }
    var parts: [String] = []
    if !equivalent.isEmpty {
      let threshold = NumberText.exact(metric.resolution)
      parts.append(
        "\(best) and \(list(equivalent, near: best)) are equivalent: they differ in \(metric.name) by at most \(threshold) "
          + "\(metric.unit).")
    }
    if let first = undecided.first {
      parts.append(
        "Between \(best) and \(list(undecided.map(\.group), near: best)) \(noDifference(metric)) can be told"
          + (undecided.count == 1 ? ": \(size(first, metric))." : "; nearest: \(size(first, metric)).")
          + outlook(first))
    }
    if let nearest = worse.first {
      parts.append(
        worse.count == 1
          ? "\(list([nearest.group], near: best)) is worse by \(size(nearest, metric))."
          : "\(worse.count) groups are worse, the nearest, \(list([nearest.group], near: best)), by "
            + "\(size(nearest, metric)).")
    }
    if !unpaired.isEmpty {
      parts.append("Too few seeds in common with \(best) to judge: \(list(unpaired, near: best)).")
    }
    return parts.joined(separator: " ")
  }

  private static func against(_ baseline: GroupKey, _ comparison: GroupComparison) -> String {
    let metric = comparison.metric
    let clauses = comparison.differences.prefix(listed).map { item in
      switch item.standing {
      case .better: "\(item.group) is better by \(size(item, metric))"
      case .worse: "\(item.group) is worse by \(size(item, metric))"
      case .equivalent:
        "\(item.group) is equivalent within \(NumberText.exact(metric.resolution)) \(metric.unit)"
      case .undecided: "for \(item.group) \(noDifference(metric)) can be told: \(size(item, metric))"
      }
    }
    let rest = comparison.differences.count - clauses.count
    return "Against \(baseline): " + clauses.joined(separator: "; ")
      + (rest > 0 ? "; \(rest) more in the table." : ".")
  }

  /// An undecided difference may well be told from zero, but not from one that does not matter.
  private static func noDifference(_ metric: Metric) -> String {
    guard metric.resolution > 0 else { return "no difference" }
    return "no difference above \(NumberText.exact(metric.resolution)) \(metric.unit)"
  }

  private static func described(_ comparison: GroupComparison) -> String {
    "\(comparison.metric.name) says what a run is like, not how good it is: the groups are listed, not ranked."
  }

  /// What is expected to decide a difference that is undecided; nothing of one that is decided.
  private static func outlook(_ item: PairedDifference) -> String {
    let isBeyond = item.interval.map { $0.low > item.region || $0.high < -item.region } ?? false
    let doubt =
      isBeyond
      ? " The interval tells one, the sign-flip test does not (p Holm \(NumberText.probability(item.adjustedP ?? 1)))."
      : ""
    return doubt + expectation(item)
  }

  private static func expectation(_ item: PairedDifference) -> String {
    switch item.furtherSeeds {
    case nil, .tooFewPairs: ""
    case .expected(let seeds): " About \(count(seeds, "more seed")) would be expected to tell."
    case .monteCarloError:
      " The Monte Carlo error of the final evaluation alone keeps that undecided, however many seeds."
    case .onTheEdge: " No number of seeds is expected to tell."
    }
  }

  /// What must be known before the verdict is trusted.
  private static func caveats(_ comparison: GroupComparison) -> [String] {
    guard let baseline = comparison.baseline,
      let group = comparison.groups.first(where: { $0.key == baseline })
    else { return [] }
    let of = "Of the \(count(group.runs, "run")) of \(group.key), "
    return [
      byIntervalsAlone(comparison),
      group.diverged > 0 ? of + "\(group.diverged) diverged\(rate(group.divergedRate))." : nil,
      group.failed > 0 ? of + "\(group.failed) failed." : nil,
      group.suspect > 0 ? of + "\(group.suspect) cannot be trusted." : nil,
    ].compactMap { $0 }
  }

  /// That the test had no say, where it could not have had one.
  private static func byIntervalsAlone(_ comparison: GroupComparison) -> String? {
    guard comparison.metric.direction != .neither else { return nil }
    let untested = comparison.differences.filter {
      [.better, .worse].contains($0.standing) && ($0.adjustedP ?? 1) > 1 - $0.confidence
    }
    guard let pairs = untested.map(\.pairs).max() else { return nil }
    return
      "With \(count(pairs, "pair")) the intervals alone decide: too few for the sign-flip test to reach 0.05."
  }

  private static func rate(_ proportion: Proportion) -> String {
    guard let interval = proportion.interval else { return "" }
    let low = NumberText.fixed(100 * interval.low, digits: 0)
    let high = NumberText.fixed(100 * interval.high, digits: 0)
    return " (95 % interval of the rate \(low) to \(high) %)"
  }

  private static let listed = 5

  /// Names in a row; of groups that share coordinates with the best only what differs, as in "the same with
  /// joint-entropy or reconstruction-kl".
  private static func list(_ keys: [GroupKey], near best: GroupKey) -> String {
    let differing = keys.map { key in GroupKey(key.labels.filter { !best.labels.contains($0) }) }
    let isRelative = zip(keys, differing).allSatisfy { $1.labels.count < $0.labels.count }
    let names = (isRelative ? differing : keys).prefix(listed).map { "\($0)" }
    let rest = keys.count - names.count
    let head = isRelative ? "the same with " : ""
    if rest > 0 { return head + names.joined(separator: "; ") + " and \(rest) more" }
    guard let last = names.last, names.count > 1 else { return head + (names.first ?? "") }
    return head + names.dropLast().joined(separator: "; ") + (isRelative ? " or " : " and ") + last
  }

  private static func comparative(_ metric: Metric) -> String {
    metric.direction == .lowerIsBetter ? "lower" : "higher"
  }

  private static func superlative(_ metric: Metric) -> String {
    metric.direction == .lowerIsBetter ? "lowest" : "highest"
  }

  /// The size of a difference without its sign where the interval tells it, with its interval and pairs.
  private static func size(_ item: PairedDifference, _ metric: Metric) -> String {
    guard let mean = item.mean else { return "no common seed" }
    let seeds = count(item.pairs, "paired seed")
    guard let range = item.interval else {
      return "\(NumberText.rounded(abs(mean))) \(metric.unit) on \(seeds), too few for an interval"
    }
    let isSigned = item.standing == .undecided || item.standing == .equivalent
    let flips = !isSigned && mean < 0
    let low = flips ? -range.high : range.low
    let high = flips ? -range.low : range.high
    let shown = Interval(low: low, high: high)
    return "\(value(flips ? -mean : mean, shown)) \(metric.unit)" + interval(shown, seeds)
  }

  private static func value(_ value: Double, _ range: Interval?) -> String {
    let digits = NumberText.digits(error: range.map { ($0.high - $0.low) / 2 })
    return digits.map { NumberText.fixed(value, digits: $0) } ?? NumberText.rounded(value, figures: 6)
  }

  private static func interval(_ range: Interval?, _ seeds: String) -> String {
    guard let range else { return " (\(seeds), no interval)" }
    return " (95 % interval \(value(range.low, range)) to \(value(range.high, range)), \(seeds))"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(NumberText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
