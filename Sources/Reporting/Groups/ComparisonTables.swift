public import Comparison

/// A comparison as listings.
public enum ComparisonTables {
  /// One row per group, best first, those that are not ranked last.
  ///
  /// - Parameters:
  ///   - evidence: log p(x) by group, where it is known; adds the gap to it.
  ///   - gaps: those of groups whose evidence is an estimate; adds their ends.
  public static func groups(
    _ comparison: GroupComparison, evidence: [GroupKey: Double] = [:], gaps: [GroupKey: EvidenceGap] = [:]
  ) -> Table {
    let groups = comparison.groups + comparison.unranked
    let keys = groups.first?.key.labels.map(\.key) ?? []
    let isSampled = groups.contains { $0.monteCarloError != nil }
    var table = Table(
      columns: keyColumns(keys, groups.map(\.key))
        + statisticsColumns(hasEvidence: !evidence.isEmpty, hasGaps: !gaps.isEmpty, isSampled: isSampled)
        + differenceColumns(isDetail: true, hasUndecided: true))
    let differences = Dictionary(
      comparison.differences.map { ($0.group, $0) }, uniquingKeysWith: { a, _ in a })
    for group in groups {
      table.append(
        labels(group.key)
          + statistics(
            group, evidence: evidence.isEmpty ? nil : .some(evidence[group.key]),
            gap: gaps.isEmpty ? nil : .some(gaps[group.key]))
          + difference(differences[group.key], comparison.metric, isRanked: group.isBound))
    }
    return table
  }

  /// One row per group other than the baseline: group minus baseline, paired by seed.
  public static func differences(_ comparison: GroupComparison) -> Table {
    let all = comparison.differences.map(\.group)
    let keys = all.first?.labels.map(\.key) ?? []
    let hasUndecided = comparison.differences.contains { $0.furtherSeeds?.count != nil }
    var table = Table(
      columns: keyColumns(keys, all) + differenceColumns(isDetail: false, hasUndecided: hasUndecided))
    for item in comparison.differences {
      table.append(labels(item.group) + difference(item, comparison.metric, isRanked: true))
    }
    return table
  }

  /// One row per group whose evidence is an estimate, the smallest gap first.
  public static func gaps(_ comparison: GroupComparison, _ gaps: [GroupKey: EvidenceGap]) -> Table {
    let known = (comparison.groups + comparison.unranked).map(\.key).filter { gaps[$0] != nil }
    var table = Table(
      columns: keyColumns(known.first?.labels.map(\.key) ?? [], known)
        + [number("gap"), number("se"), number("low", "95 % low"), number("high", "95 % high")])
    let rows = known.compactMap { key in gaps[key].map { (key: key, gap: $0) } }
    for row in rows.sorted(by: { $0.gap.value < $1.gap.value }) {
      let gap = row.gap
      table.append(
        labels(row.key)
          + [gap.value, gap.standardError, gap.low, gap.high].map { .optional($0, digits: gap.digits) })
    }
    return table
  }

  /// Keys with numbers alone are aligned as numbers.
  static func keyColumns(_ keys: [String], _ groups: [GroupKey]) -> [Table.Column] {
    let lasts = keys.map { key in key.split(separator: ".").last.map(String.init) ?? key }
    return zip(keys, lasts).map { key, last in
      let isNumeric = groups.allSatisfy { group in
        group.labels.allSatisfy { $0.key != key || $0.number != nil }
      }
      return Table.Column(
        key, title: lasts.count { $0 == last } > 1 ? key : last, alignment: isNumeric ? .right : .left,
        isKey: true)
    }
  }

  static func labels(_ key: GroupKey) -> [Table.Cell] {
    key.labels.map { label in
      label.number.map { .number($0, digits: nil) }
        ?? (label.text == RunKeys.missing ? .missing : .text(label.text))
    }
  }

  private static func number(
    _ key: String, _ title: String? = nil, isDetail: Bool = false, isOptional: Bool = false
  ) -> Table.Column {
    Table.Column(key, title: title, alignment: .right, isDetail: isDetail, isOptional: isOptional)
  }

  private static func statisticsColumns(
    hasEvidence: Bool, hasGaps: Bool, isSampled: Bool
  ) -> [Table.Column] {
    [
      number("runs", isDetail: true), number("finished", isDetail: true), number("failed", isDetail: true),
      number("seeds", "n"), number("mean"), number("sd"), number("mean_low", "95 % low"),
      number("mean_high", "95 % high"), number("diverged", "div."), number("suspect", "susp."),
    ] + (hasEvidence ? [number("log_evidence", isDetail: true), number("gap", isOptional: true)] : [])
      + (hasGaps ? ["gap_se", "gap_low", "gap_high"].map { number($0, isDetail: true) } : [])
      + [
        number("monte_carlo_se", "MC se", isDetail: !isSampled, isOptional: true),
        number("interquartile_mean", "IQM", isOptional: true), number("median", isOptional: true),
        number("best", isOptional: true), number("worst", isOptional: true),
        number("best_seed", isDetail: true), number("worst_seed", isDetail: true),
        number("monte_carlo_share", isDetail: true),
        number("diverged_rate", isDetail: true), number("diverged_low", isDetail: true),
        number("diverged_high", isDetail: true), number("suspect_rate", isDetail: true),
        number("suspect_low", isDetail: true), number("suspect_high", isDetail: true),
      ]
  }

  /// - Parameters:
  ///   - evidence: nil where no group's is known.
  ///   - estimated: nil where no group's evidence is an estimate.
  private static func statistics(
    _ group: GroupSummary, evidence: Double??, gap estimated: EvidenceGap??
  ) -> [Table.Cell] {
    let digits = NumberText.digits(error: error(of: group)) ?? 4
    func value(_ value: Double?) -> Table.Cell { .optional(value, digits: digits) }
    let gap = evidence.map { evidence in
      group.isBound ? evidence.flatMap { known in group.mean.map { known - $0 } } : nil
    }
    return [group.runs, group.finished, group.failed, group.seeds].map(Table.Cell.integer)
      + [
        value(group.mean),
        .optional(
          group.standardDeviation, digits: NumberText.digits(error: group.standardDeviation) ?? 4),
        value(group.interval?.low), value(group.interval?.high), .integer(group.diverged),
        .integer(group.suspect),
      ]
      + (evidence.map { evidence in
        let digits = (estimated ?? nil)?.digits ?? digits
        return [evidence, gap ?? nil].map { .optional($0, digits: digits) }
      } ?? [])
      + (estimated.map { gap in
        [gap?.standardError, gap?.low, gap?.high].map { .optional($0, digits: gap?.digits) }
      } ?? [])
      + [
        .optional(group.monteCarloError, digits: NumberText.digits(error: group.monteCarloError)),
        value(group.interquartileMean), value(group.median), value(group.best?.value),
        value(group.worst?.value), group.best.map { .integer($0.seed) } ?? .missing,
        group.worst.map { .integer($0.seed) } ?? .missing, .optional(group.monteCarloShare, digits: 2),
      ] + rate(group.divergedRate) + rate(group.suspectRate)
  }

  private static func rate(_ proportion: Proportion) -> [Table.Cell] {
    [proportion.rate, proportion.interval?.low, proportion.interval?.high].map { .optional($0, digits: 2) }
  }

  /// In the listing of groups they are details, with what the listing of differences has no room for.
  private static func differenceColumns(isDetail: Bool, hasUndecided: Bool) -> [Table.Column] {
    func column(_ key: String, _ title: String, isOptional: Bool = false) -> Table.Column {
      number(key, title, isDetail: isDetail, isOptional: isOptional)
    }
    return [
      column("difference", "diff."), column("difference_low", "95 % low"),
      column("difference_high", "95 % high"),
      Table.Column("standing", title: "verdict", isDetail: isDetail), column("pairs", "n"),
      column("p_holm", "p Holm"), column("probability_of_improvement", "P", isOptional: true),
      number("further_seeds", "more", isDetail: isDetail || !hasUndecided, isOptional: true),
      column("effect_size", "d_z", isOptional: true), number("p", isDetail: true),
    ]
  }

  private static func difference(
    _ item: PairedDifference?, _ metric: Metric, isRanked: Bool
  ) -> [Table.Cell] {
    guard let item else {
      let standing: Table.Cell = isRanked ? .missing : .text("not ranked")
      return [.missing, .missing, .missing, standing] + Array(repeating: .missing, count: 6)
    }
    let digits = NumberText.digits(error: item.interval.map { ($0.high - $0.low) / 2 }) ?? 4
    return [item.mean, item.interval?.low, item.interval?.high].map { .optional($0, digits: digits) }
      + [
        .text(standing(item.standing, metric)), .integer(item.pairs),
        item.adjustedP.map(Table.Cell.probability) ?? .missing,
        .optional(item.probabilityOfImprovement, digits: 2),
        item.furtherSeeds?.count.map(Table.Cell.integer) ?? .missing,
        .optional(item.effectSize, digits: item.effectSize.map { abs($0) < 10 ? 2 : 0 }),
        item.permutationP.map(Table.Cell.probability) ?? .missing,
      ]
  }

  static func standing(_ standing: Standing, _ metric: Metric) -> String {
    switch standing {
    case .better: metric.direction == .neither ? "higher" : "better"
    case .worse: metric.direction == .neither ? "lower" : "worse"
    case .equivalent: "equivalent"
    case .undecided: "undecided"
    }
  }

  /// The error that decides a group's digits: the spread over seeds, or where there is none the Monte Carlo error.
  private static func error(of group: GroupSummary) -> Double? {
    let spread = group.interval.map { ($0.high - $0.low) / 2 } ?? group.standardDeviation
    return max(spread ?? 0, group.monteCarloError ?? 0)
  }
}
