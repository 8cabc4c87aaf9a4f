import Comparison
public import Tracking

/// What runs of one model and the same data have in common: their evidence is the same.
public struct ModelIdentity: Sendable, Hashable {
  private let options: [String]

  /// By the keys that make a context of a comparison; nil of a run whose data its seed has drawn, and of a program's, whose model nobody
  /// else knows.
  public init?(_ run: RunSummary) {
    guard !run.hasSimulatedData, !run.isOfProgram else { return nil }
    let keys = run.record.parameters.map(\.key).filter {
      $0 != "model" && RunGrouping.isContext($0, learned: [])
    }
    options = (["model"] + keys).map { "\($0)=\(RunKeys.text(run.value(of: $0)))" }.sorted()
  }
}

/// log p(x) of a model as draws from its posterior, or integrals over it, estimate it: by the runs of one cell.
public struct SampledEvidence: Sendable, Hashable {
  /// In nats.
  let level: SeedMean
  /// At 97.5 % confidence each: as the runs have recorded them, else by the standard error.
  public let lower: Double
  public let upper: Double
  /// The runs that it is from, by seed.
  public let runs: [RunSummary]

  public var value: Double { level.mean }
  public var standardError: Double { level.error }

  /// Standard errors from a normal mean to its quantile of 97.5 %.
  static let quantile = 1.959964

  /// The one with the smallest error among the cells of some runs; nil where no finished run of them has one that is to be trusted.
  ///
  /// - Parameters:
  ///   - lower: `log_evidence_lower` by run id.
  ///   - upper: `log_evidence_upper` by run id.
  package init?(of runs: [RunSummary], lower: [String: Double] = [:], upper: [String: Double] = [:]) {
    let known = runs.filter {
      $0.status == .finished && !$0.hasBound && $0.record.family != "delta" && $0.outcome?.suspect == nil
        && $0.outcome?.yardstick?.logEvidence?.isFinite == true
    }
    let cells = Dictionary(grouping: known, by: \.record.cellID).values.map { members in
      let level = SeedMean(
        members.compactMap { $0.outcome?.yardstick?.logEvidence },
        members.map { $0.outcome?.logEvidenceStandardError ?? 0 })
      return (level: level, runs: members.sorted { $0.record.seed < $1.record.seed })
    }
    let best = cells.filter { $0.level.mean.isFinite && $0.level.error.isFinite }.min {
      ($0.level.error, $0.runs[0].record.cellID) < ($1.level.error, $1.runs[0].record.cellID)
    }
    guard let best else { return nil }
    level = best.level
    self.runs = best.runs
    func bound(_ recorded: [String: Double], else value: Double) -> Double {
      let values = best.runs.compactMap { recorded[$0.record.runID] }.filter(\.isFinite)
      return values.count < best.runs.count ? value : values.reduce(0, +) / Double(values.count)
    }
    self.lower = bound(lower, else: level.mean - Self.quantile * level.error)
    self.upper = bound(upper, else: level.mean + Self.quantile * level.error)
  }

  /// Which runs it is from: `nuts, run 1a2b3c4d`.
  public var source: String {
    let first = runs[0].record
    return runs.count == 1
      ? "\(first.family), run \(first.runID.prefix(8))"
      : "\(first.family), \(runs.count) runs of cell \(first.cellID.prefix(8))"
  }

  /// Its value and error in words, and where it is from.
  public var sentence: String {
    let digits = level.error > 0 ? NumberText.digits(error: level.error) ?? 4 : 6
    let error = level.error > 0 ? " (se \(NumberText.rounded(level.error, figures: 2)))" : ""
    return "log p(x) is \(NumberText.fixed(level.mean, digits: digits))\(error) nats by \(source)"
  }
}

extension SampledEvidence {
  /// That of the models of some runs, where these do not know it: by runs of samplers in a store, of whatever sweep.
  public static func byModel(
    of runs: [RunSummary], in store: Store, _ source: any RunSource
  ) throws -> [ModelIdentity: SampledEvidence] {
    let wanted = Set(RunCells(of: runs.filter(\.lacksEvidence)).examples.compactMap(ModelIdentity.init))
    guard !wanted.isEmpty else { return [:] }
    let families = RunSummary.samplers.sorted().joined(separator: ", ")
    let samplers = try RunFilter.runs("family in [\(families)] and status = finished", in: nil, of: store)
    return try byModel(samplers.filter { ModelIdentity($0).map(wanted.contains) ?? false }, source)
  }

  /// That of every model that some runs are of.
  package static func byModel(
    _ samplers: [RunSummary], _ source: any RunSource
  ) throws -> [ModelIdentity: SampledEvidence] {
    let ids = samplers.map(\.record.runID)
    let lower = try source.lastValues(of: "log_evidence_lower", runs: ids)
    let upper = try source.lastValues(of: "log_evidence_upper", runs: ids)
    var found: [ModelIdentity: SampledEvidence] = [:]
    for (model, runs) in Dictionary(grouping: samplers, by: ModelIdentity.init) {
      if let model { found[model] = SampledEvidence(of: runs, lower: lower, upper: upper) }
    }
    return found
  }
}

extension RunSummary {
  /// Whether it is a finished run with a bound on an evidence that it does not know.
  var lacksEvidence: Bool {
    status == .finished && hasBound && outcome?.yardstick?.elbo?.isFinite == true
      && outcome?.yardstick?.logEvidence == nil
  }
}

/// KL[q ‖ p(z given x)], log p(x) less an ELBO, by an estimate of the evidence; in nats.
public struct EvidenceGap: Sendable, Hashable {
  public let value: Double
  public let standardError: Double
  /// At 95 % confidence: the evidence's bounds less the ELBO, with the error of both. Below 0 they say that one of the two is wrong.
  public let low: Double
  public let high: Double

  /// Of the finished runs of a cell or group; nil where none has a bound on an evidence that it does not know.
  public init?(of runs: [RunSummary], _ evidence: SampledEvidence) {
    let bounds = runs.filter(\.lacksEvidence)
    guard !bounds.isEmpty else { return nil }
    let elbo = SeedMean(elboOf: bounds)
    let gap = evidence.level - elbo
    value = gap.mean
    standardError = gap.error
    let margin = SampledEvidence.quantile * elbo.error
    low = gap.mean - SeedMean.root(max(0, evidence.value - evidence.lower), margin)
    high = gap.mean + SeedMean.root(max(0, evidence.upper - evidence.value), margin)
  }

  /// `0.229 nats (95 % 0.221 to 0.236)`.
  public var sentence: String {
    let digits = self.digits
    let ends = [low, high].map { NumberText.fixed($0, digits: digits) }.joined(separator: " to ")
    return "\(NumberText.fixed(value, digits: digits)) nats (95 % \(ends))"
  }

  /// What its error leaves to be shown.
  var digits: Int { standardError > 0 ? NumberText.digits(error: standardError) ?? 4 : 6 }
}
