public import Comparison
public import Tracking

/// Asks whether some runs are no worse than others, and refuses rather than guesses.
public struct Gate: Sendable {
  public var metric: Metric
  /// In the metric's unit; nil for its resolution.
  public var maxRegress: Double?
  /// How many more runs of the candidate than of the baseline may diverge or fail.
  public var maxDiverged: Int
  /// Whether runs that cannot be trusted take part.
  public var allowsSuspect: Bool

  public init(metric: Metric, maxRegress: Double? = nil, maxDiverged: Int = 0, allowsSuspect: Bool = false) {
    self.metric = metric
    self.maxRegress = maxRegress
    self.maxDiverged = maxDiverged
    self.allowsSuspect = allowsSuspect
  }

  /// The runs of one side with their values.
  public struct Side: Sendable {
    public var runs: [RunSummary]
    public var measurement: RunMeasurement

    public init(_ runs: [RunSummary], _ measurement: RunMeasurement) {
      self.runs = runs
      self.measurement = measurement
    }
  }

  private static let candidateKey = GroupKey([Label(key: "side", text: "candidate")])
  private static let baselineKey = GroupKey([Label(key: "side", text: "baseline")])

  public func answer(candidate: Side, baseline: Side) throws(GroupingError) -> GateAnswer {
    let grouping = try RunGrouping(of: candidate.runs + baseline.runs)
    let sides = (grouping.contexts(of: candidate.runs), grouping.contexts(of: baseline.runs))
    let own = RunKeys.varying(in: candidate.runs).filter { !grouping.contextKeys.contains($0) }
    let others = RunKeys.varying(in: baseline.runs).filter { !grouping.contextKeys.contains($0) }
    // Runs are paired by what varies on both sides. What varies on one alone leaves several runs to choose from.
    let strata = own.filter(others.contains)
    let ambiguous = Set(own).symmetricDifference(others).sorted()
    var contexts: [GroupKey] = []
    for context in sides.0 where !contexts.contains(context) { contexts.append(context) }
    let parts = contexts.map { context in
      let mine = candidate.runs.indices.filter { sides.0[$0] == context }.map { candidate.runs[$0] }
      let theirs = baseline.runs.indices.filter { sides.1[$0] == context }.map { baseline.runs[$0] }
      guard !theirs.isEmpty else {
        return part(context, .notComparable, Self.missing(context, among: sides.1))
      }
      if let refusal = ObjectiveScale.refusal(metric, mine + theirs) {
        return part(context, .notComparable, refusal)
      }
      let observed =
        observations(of: mine, candidate.measurement, as: Self.candidateKey, strata)
        + observations(of: theirs, baseline.measurement, as: Self.baselineKey, strata)
      if let double = Self.double(observed) {
        let keys = ambiguous.isEmpty ? "" : ", which differ in \(ambiguous.joined(separator: ", "))"
        return part(
          context, .notComparable,
          "the \(double.side) has several runs of seed \(double.seed)\(keys); narrow its filter")
      }
      return judge(context, observed)
    }
    return GateAnswer(metric: metric, maxRegress: allowed, parts: parts)
  }

  private var allowed: Double { maxRegress ?? metric.resolution }

  private func part(_ context: GroupKey, _ verdict: GateAnswer.Verdict, _ reason: String) -> GateAnswer.Part {
    GateAnswer.Part(context: context, verdict: verdict, reason: reason)
  }

  private func observations(
    of runs: [RunSummary], _ measurement: RunMeasurement, as side: GroupKey, _ strata: [String]
  ) -> [Observation] {
    zip(runs, RunKeys.groups(of: runs, by: strata)).map { run, stratum in
      Observation(
        group: side, seed: run.record.seed, stratum: stratum.labels.map(\.text).joined(separator: "\u{1F}"),
        value: measurement.values[run.record.runID],
        standardError: measurement.standardErrors[run.record.runID], outcome: .init(run.status),
        isSuspect: run.outcome?.suspect != nil,
        isBound: run.hasBound || measurement.holdsForPointMass)
    }
  }

  /// A side and a seed of which it has several runs that nothing tells apart.
  private static func double(_ observations: [Observation]) -> (side: String, seed: Int)? {
    var seen: Set<[String]> = []
    for observation in observations {
      let side = observation.group.labels[0].text
      if !seen.insert([side, "\(observation.seed)", observation.stratum]).inserted {
        return (side, observation.seed)
      }
    }
    return nil
  }

  /// What of a context the baseline does not have.
  private static func missing(_ context: GroupKey, among others: [GroupKey]) -> String {
    guard let nearest = others.max(by: { shared($0, context) < shared($1, context) }) else {
      return "no run of the baseline matches"
    }
    let differing = zip(context.labels, nearest.labels).filter { $0.text != $1.text }.map { own, other in
      "\(own.key) is \(own.text), of the baseline \(other.text)"
    }
    return
      "\(differing.joined(separator: "; ")): different models or data are not ranked against each other; "
      + "compare runs of the same"
  }

  private static func shared(_ a: GroupKey, _ b: GroupKey) -> Int {
    zip(a.labels, b.labels).count { $0.text == $1.text }
  }

  // MARK: Judging

  private func judge(_ context: GroupKey, _ observations: [Observation]) -> GateAnswer.Part {
    var scale = metric
    scale.resolution = allowed
    let compared = GroupComparison.compare(observations, metric: scale) { $0 == Self.baselineKey }
    guard let comparison = compared.first else { return part(context, .notComparable, "there are no runs") }
    let groups = comparison.groups + comparison.unranked
    var answer = part(context, .notComparable, "")
    answer.candidate = groups.first { $0.key == Self.candidateKey }
    answer.baseline = groups.first { $0.key == Self.baselineKey }
    answer.difference = comparison.differences.first
    (answer.verdict, answer.reason) = verdict(on: answer, comparison)
    return answer
  }

  private func verdict(
    on part: GateAnswer.Part, _ comparison: GroupComparison
  ) -> (GateAnswer.Verdict, String) {
    guard let candidate = part.candidate, let baseline = part.baseline else {
      return (.notComparable, "there are no runs")
    }
    if metric.direction == .neither {
      return (.notComparable, "\(metric.name) says what a run is like, not how good it is")
    }
    if !candidate.isBound || !baseline.isBound {
      return (
        .notComparable,
        "of a point mass the \(metric.name) is a log density, and of draws from the posterior an evidence: no bounds"
      )
    }
    let unfinished = [candidate, baseline].map { $0.runs - $0.finished - $0.diverged - $0.failed }
    if let side = unfinished.firstIndex(where: { $0 > 0 }) {
      let name = ["candidate", "baseline"][side]
      return (
        .inconclusive,
        "\(VerdictText.count(unfinished[side], "run")) of the \(name) have not ended; wb run goes on"
      )
    }
    let lost = [candidate, baseline].map { $0.diverged + $0.failed }
    if lost[0] > lost[1] + maxDiverged {
      return (
        .worse,
        "of the candidate \(lost[0]) of \(VerdictText.count(candidate.runs, "run")) diverged or failed, of the baseline "
          + "\(lost[1]) of \(baseline.runs)"
      )
    }
    if !allowsSuspect, let side = [candidate, baseline].firstIndex(where: { $0.suspect > 0 }) {
      let group = [candidate, baseline][side]
      return (
        .inconclusive,
        "\(VerdictText.count(group.suspect, "run")) of the \(["candidate", "baseline"][side]) cannot be trusted; see: wb ls "
          + "'suspect is not null', or let them take part with --allow-suspect"
      )
    }
    guard let difference = part.difference else {
      guard case .notComparable(let reason) = comparison.verdict else {
        return (.notComparable, "no difference")
      }
      return (.notComparable, reason)
    }
    guard difference.pairs > 0 else { return (.notComparable, "no seed is common to both") }
    return verdict(on: difference)
  }

  private func verdict(on difference: PairedDifference) -> (GateAnswer.Verdict, String) {
    guard let mean = difference.mean, let interval = difference.interval else {
      let pairs = VerdictText.count(difference.pairs, "paired seed")
      return (.inconclusive, "\(pairs), too few for an interval; three are the least")
    }
    // Above 0 is better, whichever way the metric goes.
    let isUp = metric.direction == .higherIsBetter
    let (low, high) = isUp ? (interval.low, interval.high) : (-interval.high, -interval.low)
    let rounding = 1e-12 * max(abs(low), abs(high))
    let reason = sentence(mean, interval, difference)
    if low >= -allowed - rounding { return (.noWorse, reason) }
    if high < -allowed - rounding { return (.worse, reason) }
    let distance = abs((isUp ? mean : -mean) + allowed)
    return (.inconclusive, reason + further(difference, toTell: distance))
  }

  /// How many more seeds would tell, by the normal approximation: the interval reaches √((seeds' part)² n / n′ + (z se)²).
  private func further(_ difference: PairedDifference, toTell distance: Double) -> String {
    guard let seeds = difference.seedInterval else { return "" }
    let reach = (seeds.high - seeds.low) / 2
    let room = distance * distance - 1.96 * 1.96 * difference.monteCarloError * difference.monteCarloError
    guard room > 0 else { return "; more seeds will hardly tell" }
    let needed = (Double(difference.pairs) * reach * reach / room).rounded(.up)
    let more = max(needed - Double(difference.pairs), 1)
    guard more < 1e6 else { return "; more seeds will hardly tell" }
    return "; about \(VerdictText.count(Int(more), "more seed")) would tell"
  }

  /// By how much the metric is higher or lower, how sure that is, and what is allowed.
  private func sentence(_ mean: Double, _ interval: Interval, _ difference: PairedDifference) -> String {
    let digits = NumberText.digits(error: (interval.high - interval.low) / 2)
    func text(_ value: Double) -> String {
      digits.map { NumberText.fixed(value, digits: $0) } ?? NumberText.rounded(value)
    }
    let unit = metric.unit.isEmpty ? "" : " \(metric.unit)"
    let size =
      mean == 0
      ? "\(metric.name) is the same"
      : "\(metric.name) is \(text(abs(mean)))\(unit) \(mean > 0 ? "higher" : "lower")"
    let sure =
      "95 % interval \(text(interval.low)) to \(text(interval.high)), \(VerdictText.count(difference.pairs, "paired seed"))"
    let way = metric.direction == .higherIsBetter ? "lower" : "higher"
    return "\(size) (\(sure)); up to \(NumberText.exact(allowed))\(unit) \(way) is allowed"
  }
}

extension Observation.Outcome {
  /// What a status is to a comparison.
  init(_ status: RunStatus) {
    self =
      switch status {
      case .finished: .finished
      case .diverged: .diverged
      case .failed: .failed
      case .running, .interrupted: .unfinished
      }
  }
}
