import Comparison
import Tracking

/// A comparison as one JSON document, for programs; README says what each field is.
///
/// Numbers are exact and in the unit of the metric; what is not known is null.
public enum ComparisonDocument {
  public static func json(_ comparison: RunComparison) -> String {
    let metric = comparison.measurement.metric
    let ranks = GroupRanks(comparison.contexts.map(\.comparison))
    return JSONFields.object(
      [
        ("metric", .text(metric.name)), ("unit", .text(metric.unit)),
        ("direction", .text(direction(metric))), ("rope", .number(metric.resolution)),
        ("contexts", .list(comparison.contexts.map { context($0, in: comparison) })),
        ("ranks", ranks.map(self.ranks) ?? .null),
      ]
    ).text() + "\n"
  }

  private static func context(_ context: RunComparison.Context, in comparison: RunComparison) -> JSONFields {
    let found = context.comparison
    var fields: [(String, JSONFields)] = [
      ("context", key(found.context)), ("verdict", .text(verdict(found.verdict))),
      ("sentence", .text(VerdictText.sentences(found))),
      ("baseline", found.baseline.map(key) ?? .null),
      ("evidence", context.sampled.map(evidence) ?? .null),
      (
        "groups",
        .list(
          (found.groups + found.unranked).map {
            group($0, evidence: context.evidence[$0.key], gap: context.gaps[$0.key])
          })
      ),
      ("differences", .list(found.differences.map { difference($0, found.metric) })),
    ]
    do {
      fields.append(("variance", variance(try comparison.varianceShares(of: context))))
    } catch {
      fields.append(("variance", .object([("reason", .text("\(error)"))])))
    }
    return .object(fields)
  }

  /// An estimate of log p(x).
  private static func evidence(_ sampled: SampledEvidence) -> JSONFields {
    .object([
      ("log_evidence", .number(sampled.value)), ("se", .number(sampled.standardError)),
      ("interval", .list([.number(sampled.lower), .number(sampled.upper)])),
      ("source", .text(sampled.source)), ("runs", .list(sampled.runs.map { .text($0.record.runID) })),
    ])
  }

  private static func gap(_ gap: EvidenceGap) -> JSONFields {
    .object([
      ("value", .number(gap.value)), ("se", .number(gap.standardError)),
      ("interval", .list([.number(gap.low), .number(gap.high)])),
    ])
  }

  private static func group(_ group: GroupSummary, evidence: Double?, gap: EvidenceGap?) -> JSONFields {
    .object([
      ("group", key(group.key)), ("is_ranked", .flag(group.isBound)), ("runs", .integer(group.runs)),
      ("finished", .integer(group.finished)), ("diverged", rate(group.divergedRate)),
      ("failed", .integer(group.failed)), ("suspect", rate(group.suspectRate)),
      ("seeds", .integer(group.seeds)), ("mean", .optional(group.mean)), ("median", .optional(group.median)),
      ("interquartile_mean", .optional(group.interquartileMean)), ("sd", .optional(group.standardDeviation)),
      ("interval", interval(group.interval)),
      ("minimum", .optional(group.values.map(\.value).min())),
      ("maximum", .optional(group.values.map(\.value).max())),
      ("monte_carlo_se", .optional(group.monteCarloError)),
      ("monte_carlo_share", .optional(group.monteCarloShare)), ("log_evidence", .optional(evidence)),
      ("gap", gap.map(self.gap) ?? .null),
      (
        "values",
        .list(
          group.values.map { .object([("seed", .integer($0.seed)), ("value", .number($0.value))]) })
      ),
    ])
  }

  private static func difference(_ item: PairedDifference, _ metric: Metric) -> JSONFields {
    .object([
      ("group", key(item.group)), ("baseline", key(item.baseline)), ("pairs", .integer(item.pairs)),
      ("difference", .optional(item.mean)), ("interval", interval(item.interval)),
      ("seed_interval", interval(item.seedInterval)), ("confidence", .number(item.confidence)),
      ("monte_carlo_se", .number(item.monteCarloError)), ("region", .number(item.region)),
      ("probability_of_improvement", .optional(item.probabilityOfImprovement)),
      ("effect_size", .optional(item.effectSize)), ("pairing_gain", .optional(item.pairingGain)),
      ("p", .optional(item.permutationP)),
      ("p_holm", .optional(item.adjustedP)), ("is_testable", .flag(item.isTestable)),
      ("standing", .text(ComparisonTables.standing(item.standing, metric))),
      ("further_seeds", item.furtherSeeds?.count.map(JSONFields.integer) ?? .null),
      ("further_seeds_reason", item.furtherSeeds?.reason.map(JSONFields.text) ?? .null),
    ])
  }

  private static func variance(_ shares: VarianceShares) -> JSONFields {
    .object([
      ("cells", .integer(shares.cells)), ("seeds", .list(shares.seeds.map(JSONFields.integer))),
      ("spread", .number(shares.spread)),
      (
        "shares",
        .list(
          shares.shares.map {
            .object([("factors", .list($0.factors.map(JSONFields.text))), ("share", .number($0.fraction))])
          })
      ), ("remainder", .number(shares.remainder)),
    ])
  }

  private static func ranks(_ ranks: GroupRanks) -> JSONFields {
    .object([
      ("contexts", .list(ranks.contexts.map(key))),
      (
        "groups",
        .list(
          zip(ranks.groups, ranks.averageRanks).map {
            .object([("group", key($0)), ("average_rank", .number($1))])
          })
      ), ("friedman_chi_squared", .number(ranks.friedman.statistic)),
      ("friedman_p", .number(ranks.friedman.p)),
      ("critical_difference", .number(ranks.friedman.criticalDifference)),
    ])
  }

  /// A coordinate that is a number stays one.
  private static func key(_ key: GroupKey) -> JSONFields {
    .object(
      key.labels.map { label in
        let isMissing = label.text == RunKeys.missing
        return (label.key, isMissing ? .null : label.number.map(JSONFields.number) ?? .text(label.text))
      })
  }

  private static func rate(_ proportion: Proportion) -> JSONFields {
    .object([
      ("count", .integer(proportion.count)), ("of", .integer(proportion.total)),
      ("rate", .optional(proportion.rate)), ("interval", interval(proportion.interval)),
    ])
  }

  private static func interval(_ interval: Interval?) -> JSONFields {
    interval.map { .list([.number($0.low), .number($0.high)]) } ?? .null
  }

  private static func direction(_ metric: Metric) -> String {
    switch metric.direction {
    case .higherIsBetter: "higher"
    case .lowerIsBetter: "lower"
    case .neither: "neither"
    }
  }

  private static func verdict(_ verdict: Verdict) -> String {
    switch verdict {
    case .best: "best"
    case .shared: "shared"
    case .against: "against"
    case .described: "described"
    case .notComparable: "not comparable"
    }
  }
}
