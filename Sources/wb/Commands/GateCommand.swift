import ArgumentParser
import Comparison
import Foundation
import Reporting
import Tracking

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate", abstract: "Say whether some runs are no worse than others: a check for CI.",
    usage: "wb gate <filter> --baseline <filter> [--max-regress <number>] [<options>]",
    discussion: """
      Compares the runs that the filter selects, the candidate, with those of the baseline, paired by seed, and prints one \
      line. No worse is: the 95 % interval of the difference lies above what is allowed. Exits with 0 where it is no \
      worse, 5 where it is worse, 6 where the interval does not tell or no comparison can be made.

        wb gate 'family = full-rank' --baseline 'family = mean-field' --max-regress 0.5
        wb gate 'sweep = nightly' --baseline 'sweep = nightly' --baseline-store main.sqlite
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @ArgumentParser.Argument(help: "The candidate: an expression over runs, as wb ls takes it.")
  var filter: String
  @ArgumentParser.Option(
    help: "The baseline: another such expression; of another store, the candidate's by default.")
  var baseline: String?
  @ArgumentParser.Option(help: ArgumentHelp("The store of the baseline; else the same.", valueName: "path"))
  var baselineStore: String?
  @ArgumentParser.Option(help: "The sweep of both; else runs of all sweeps.")
  var sweep: String?
  @ArgumentParser.Option(help: "What is compared, as wb compare has it.")
  var metric = RunMetric.elbo.rawValue
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "How much worse still passes, in the metric's unit; else its resolution, 0.01 nats.",
      valueName: "number"))
  var maxRegress: Double?
  @ArgumentParser.Option(
    help: ArgumentHelp("How many more runs than of the baseline may diverge or fail.", valueName: "runs"))
  var maxDiverged = 0
  @Flag(help: "Let runs that cannot be trusted take part.")
  var allowSuspect = false
  @OptionGroup var store: StoreOptions
  @ArgumentParser.Option(help: "How the answer is written.")
  var format: Format = .text

  func validate() throws {
    if baseline == nil, baselineStore == nil {
      throw ValidationError("nothing to compare with; give --baseline, --baseline-store or both")
    }
    if let maxRegress, !(maxRegress >= 0 && maxRegress.isFinite) {
      throw ValidationError("--max-regress is \(maxRegress); use a number from 0")
    }
    if maxDiverged < 0 { throw ValidationError("--max-diverged is \(maxDiverged); use a number from 0") }
  }

  func run() throws {
    let own = try store.open()
    let other = try baselineStore.map { try Store(path: $0, mode: .reading) } ?? own
    let candidates = try side(filter, of: own, "candidate")
    let gate = Gate(
      metric: candidates.measurement.metric, maxRegress: maxRegress, maxDiverged: maxDiverged,
      allowsSuspect: allowSuspect)
    let answer = try gate.answer(
      candidate: candidates, baseline: try side(baseline ?? filter, of: other, "baseline"))
    switch format {
    case .text: try Console.output(VisibleText.escaped(answer.line))
    case .json: try Console.output(try GateDocument(answer).json())
    }
    switch answer.verdict {
    case .noWorse: return
    case .worse: throw Failure(.worse)
    case .inconclusive, .notComparable: throw Failure(.notComparable)
    }
  }

  private func side(_ filter: String, of store: Store, _ name: String) throws -> Gate.Side {
    let runs = try RunFilter.runs(filter, in: sweep, of: store)
    guard !runs.isEmpty else {
      throw Failure(
        .notComparable, "wb: no run of the \(name) matches '\(filter)' in \(store.path); see: wb ls")
    }
    return Gate.Side(runs, try RunMeasurement(named: metric, of: runs, source: StoreRunSource(store: store)))
  }
}

/// The answer for machines.
private struct GateDocument: Encodable {
  struct Side: Encodable {
    var runs: Int, finished: Int, diverged: Int, failed: Int, suspect: Int, seeds: Int, mean: Double?

    init(_ group: GroupSummary) {
      (runs, finished, diverged, failed, suspect) =
        (group.runs, group.finished, group.diverged, group.failed, group.suspect)
      (seeds, mean) = (group.seeds, group.mean)
    }
  }

  struct Part: Encodable {
    var context: String, verdict: String, reason: String
    var difference: Double?, low: Double?, high: Double?, pairs: Int
    var candidate: Side?, baseline: Side?
  }

  var verdict: String, reason: String, metric: String, unit: String, maxRegress: Double, confidence: Double,
    parts: [Part]

  init(_ answer: GateAnswer) {
    verdict = answer.verdict.rawValue
    reason = answer.line
    metric = answer.metric.name
    unit = answer.metric.unit
    maxRegress = answer.maxRegress
    confidence = 0.95
    parts = answer.parts.map { part in
      Part(
        context: "\(part.context)", verdict: part.verdict.rawValue, reason: part.reason,
        difference: part.difference?.mean, low: part.difference?.interval?.low,
        high: part.difference?.interval?.high, pairs: part.difference?.pairs ?? 0,
        candidate: part.candidate.map(Side.init), baseline: part.baseline.map(Side.init))
    }
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
