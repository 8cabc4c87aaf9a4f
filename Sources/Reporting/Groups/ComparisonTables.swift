public import Comparison

/// A comparison as listings.
public enum ComparisonTables {
  /// One row per group, best first, those that are not ranked last.
  ///
  /// - Parameter evidence: log p(x) by group, where it is known; adds the gap to it.
  public static func groups(
    _ comparison: GroupComparison, evidence: [GroupKey: Double] = [:]
  ) -> Table {
    let all = (comparison.groups + comparison.unranked).map(\.key)
    let keys = all.first?.labels.map(\.key) ?? []
    let hasEvidence = !evidence.isEmpty
    var table = Table(columns: keyColumns(keys, all) + statisticsColumns(hasEvidence: hasEvidence))
    let differences = Dictionary(
      comparison.differences.map { ($0.group, $0) }, uniquingKeysWith: { a, _ in a })
    for group in comparison.groups + comparison.unranked {
      let digits = NumberText.digits(error: error(of: group))
      let gap = group.isBound ? evidence[group.key].flatMap { known in group.mean.map { known - $0 } } : nil
      table.append(
        labels(group.key) + counts(group) + [
          .optional(group.mean, digits: digits ?? 4),
          .optional(
            group.standardDeviation, digits: NumberText.digits(error: group.standardDeviation) ?? 4),
          .optional(group.interval?.low, digits: digits ?? 4),
          .optional(group.interval?.high, digits: digits ?? 4),
          .optional(group.median, digits: digits ?? 4),
          .optional(group.best?.value, digits: digits ?? 4),
          .optional(group.worst?.value, digits: digits ?? 4),
          group.best.map { .integer($0.seed) } ?? .missing, group.worst.map { .integer($0.seed) } ?? .missing,
          .optional(group.monteCarloError, digits: NumberText.digits(error: group.monteCarloError)),
        ]
          + (hasEvidence
            ? [.optional(evidence[group.key], digits: digits ?? 4), .optional(gap, digits: digits ?? 4)] : [])
          + difference(differences[group.key], isRanked: group.isBound))
    }
    return table
  }

  /// One row per group other than the baseline: group minus baseline, paired by seed.
  public static func differences(_ comparison: GroupComparison) -> Table {
    let all = comparison.differences.map(\.group)
    let keys = all.first?.labels.map(\.key) ?? []
    var table = Table(
      columns: keyColumns(keys, all) + [
        Table.Column("pairs", alignment: .right), Table.Column("difference", alignment: .right),
        Table.Column("difference_low", title: "95 % low", alignment: .right),
        Table.Column("difference_high", title: "95 % high", alignment: .right),
        Table.Column("standing"),
      ])
    for item in comparison.differences {
      table.append(
        labels(item.group) + [.integer(item.pairs)] + range(item) + [
          .text(standing(item.standing, comparison.metric))
        ])
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

  private static func statisticsColumns(hasEvidence: Bool) -> [Table.Column] {
    func number(_ key: String, _ title: String? = nil, isDetail: Bool = false) -> Table.Column {
      Table.Column(key, title: title, alignment: .right, isDetail: isDetail)
    }
    return [
      number("runs"), number("finished", isDetail: true), number("diverged", "div."),
      number("failed", isDetail: true), number("suspect", "susp."), number("mean"), number("sd"),
      number("mean_low", "95 % low"), number("mean_high", "95 % high"), number("median", isDetail: true),
      number("best"), number("worst"), number("best_seed", isDetail: true),
      number("worst_seed", isDetail: true),
      number("monte_carlo_se", "MC se"),
    ] + (hasEvidence ? [number("log_evidence", isDetail: true), number("gap")] : [])
      + [
        number("pairs", isDetail: true), number("difference", isDetail: true),
        number("difference_low", isDetail: true), number("difference_high", isDetail: true),
        Table.Column("standing", isDetail: true),
      ]
  }

  static func labels(_ key: GroupKey) -> [Table.Cell] {
    key.labels.map { label in
      label.number.map { .number($0, digits: nil) }
        ?? (label.text == RunKeys.missing ? .missing : .text(label.text))
    }
  }

  private static func counts(_ group: GroupSummary) -> [Table.Cell] {
    [group.runs, group.finished, group.diverged, group.failed, group.suspect].map(Table.Cell.integer)
  }

  private static func difference(_ item: PairedDifference?, isRanked: Bool) -> [Table.Cell] {
    guard let item else {
      return [.missing, .missing, .missing, .missing, isRanked ? .missing : .text("not ranked")]
    }
    return [.integer(item.pairs)] + range(item) + [.text("\(item.standing)")]
  }

  private static func range(_ item: PairedDifference) -> [Table.Cell] {
    let digits = NumberText.digits(error: item.interval.map { ($0.high - $0.low) / 2 }) ?? 4
    return [item.mean, item.interval?.low, item.interval?.high].map { .optional($0, digits: digits) }
  }

  private static func standing(_ standing: Standing, _ metric: Metric) -> String {
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
