import ArgumentParser
import Comparison
import Reporting
import Tracking

/// What a comparison is asked for, shared by `compare` and `plot`.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var filter: RunOptions
  @ArgumentParser.Option(help: "The parameters that make a group, comma separated; else all that differ.")
  var by: String?
  @ArgumentParser.Option(
    help: "The group to compare with, as a filter: 'family = mean-field'; else the best.")
  var baseline: String?
  @OptionGroup var store: StoreOptions

  /// The runs of the sweep, compared by a metric of their final evaluation or the last value that they recorded.
  ///
  /// - Parameter rope: the region of practical equivalence; the metric's own where it is nil.
  func compared(
    in store: Store, by metric: String, rope: Double? = nil
  ) throws -> (sweep: String, comparison: RunComparison) {
    let (sweep, runs) = try filter.runs(in: store)
    guard !runs.isEmpty else {
      throw Failure(.notComparable, "wb: no run of '\(sweep)' matches; see: wb ls")
    }
    let keys = by.map(Words.list)
    let names = FilterNames(labels: try RunGrouping(of: runs, by: keys).by)
    let named = try baseline.map { try FilterExpression(parsing: $0, names: names) }
    let source = StoreRunSource(store: store)
    var measurement = try RunMeasurement(named: metric, of: runs, source: source)
    if let rope { measurement.metric.resolution = rope }
    let evidence =
      RunComparison.isOfEvidence(measurement.metric)
      ? try SampledEvidence.byModel(of: runs, in: store, source) : [:]
    measurement.addGaps(evidence, of: runs)
    return (
      sweep,
      try RunComparison(runs, by: keys, measurement: measurement, baseline: named, evidence: evidence)
    )
  }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare groups of runs over seeds, and say what can be said.",
    usage: "wb compare [<filter>] [--by <keys>] [--baseline <filter>] [<options>]",
    discussion: """
      Groups are compared on the final evaluation, the ELBO at β = 1 in nats, or on the last value of a metric that the \
      runs recorded, such as nll. n counts seeds; div. and susp. count runs that diverged, which enter no number, and runs \
      that cannot be trusted; IQM is the mean of the middle half.

      Differences are paired by seed. P is the share of pairs in which the group is ahead, d_z the mean difference in units \
      of its spread, p Holm that of the sign-flip test, adjusted for all differences; more says how many more seeds are \
      expected to decide. A group is better or worse where the 95 % interval lies beyond the region of practical \
      equivalence and p Holm is at most 0.05, wherever so few pairs can reach that; equivalent where the interval lies \
      within; else undecided. A comparison that cannot be made exits with 6.

      gap is log p(x) less elbo, KL[q ‖ p(z|x)]. Where a model does not know its evidence, that of the finished runs of samplers \
      (nuts, quadrature, …) of the same model and data is taken, of any sweep of the store: the cell with the smallest error. The \
      gap then has a 95 % bracket, which holds the error of both, and --metric kl_posterior compares by it.

        wb compare 'beta = 1' --by family --baseline 'family = mean-field' --rope 0.1
      """)

  @OptionGroup var options: ComparisonOptions
  @ArgumentParser.Option(
    help: """
      A term of the final evaluation (elbo, reconstruction, kl_prior, kl_posterior, log_joint, entropy, \
      log_evidence), seconds, steps, or any metric that the runs recorded, such as test_elbo or nll.
      """)
  var metric = RunMetric.elbo.rawValue
  @ArgumentParser.Option(
    help: ArgumentHelp(
      """
      Differences up to this size, in the metric's unit, do not matter: the region of practical equivalence; else 0.01 of \
      what is in nats, and 0.
      """, valueName: "size"))
  var rope: Double?
  @Flag(help: "Also say which share of the variance each key, the seed and each pair of them explain.")
  var anova = false
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Say instead how soon runs come so close to the best group's mean, in the metric's unit.",
      valueName: "distance"))
  var within: Double?
  @ArgumentParser.Option(help: "What --within counts.")
  var x: StepAxis = .step
  @OptionGroup var format: FormatOptions

  func validate() throws {
    if let within, !(within >= 0 && within.isFinite) {
      throw ValidationError("--within is \(within); use a number of at least 0")
    }
    if x != .step, within == nil { throw ValidationError("--x says what --within counts; add that") }
    if let rope, !(rope >= 0 && rope.isFinite) {
      throw ValidationError("--rope is \(rope); use a number of at least 0")
    }
  }

  func run() throws {
    let store = try options.store.open()
    let comparison = try options.compared(in: store, by: metric, rope: rope).comparison
    if let within { return try printTimes(comparison, within: within, in: store) }
    switch format.format {
    case .json: try Console.output(ComparisonDocument.json(comparison))
    case .csv:
      try format.print(
        ComparisonListing.joined(comparison.contexts.map { ($0.comparison.context, $0.table) }))
    case .table, .markdown:
      let listing = ReadableComparison(comparison, format: format, showsVariance: anova)
      try listing.print()
    }
    let refusals = comparison.contexts.compactMap { context -> String? in
      guard case .notComparable(let reason) = context.comparison.verdict else { return nil }
      return "wb: \(context.comparison.context) is not comparable: \(reason)"
    }
    guard !refusals.isEmpty else { return }
    // A reader has seen the sentence below the table.
    throw Failure(.notComparable, format.isForPrograms ? refusals.joined(separator: "\n") : "")
  }

  /// How soon the runs come close to the best.
  private func printTimes(_ comparison: RunComparison, within: Double, in store: Store) throws {
    let source = StoreRunSource(store: store)
    let all = try comparison.contexts.map { context in
      let times = try TimeToTarget(
        context, grouping: comparison.grouping, within: within, axis: x, source: source)
      guard let times else {
        var reason = "no run has a finite \(metric), or it says what a run is like, not how good it is"
        if case .notComparable(let refusal) = context.comparison.verdict { reason = refusal }
        throw Failure(.notComparable, "wb: \(context.comparison.context) is not comparable: \(reason)")
      }
      return times
    }
    if format.isForPrograms {
      return try format.print(ComparisonListing.joined(all.map { ($0.context, $0.table) }))
    }
    for times in all {
      let place = VisibleText.escaped("\(times.context)")
      let target = NumberText.rounded(times.target, figures: 6)
      let unit = times.metric.unit.isEmpty ? "" : " \(times.metric.unit)"
      try Console.output("\(metric) of \(target)\(unit) or better, \(place), by \(x.label)\n\n")
      try format.print(times.table)
      try Console.output("\n")
    }
    let text = """
      median and its interval are Kaplan and Meier's: runs that ended before count as later, runs that diverged as never. \
      average \(metric) is the area under its curve, divided by the axis.
      """
    try Console.output(TextWrap.lines(text, width: 80).joined(separator: "\n") + "\n")
  }
}
