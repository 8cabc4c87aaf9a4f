import Comparison
import Reporting
import Tracking

/// Comparisons of several models as one listing, for programs.
enum ComparisonListing {
  /// One row per group of every context; the context's own labels come first.
  static func all(
    _ comparisons: [GroupComparison], runs: [RunSummary], grouping: RunGrouping, metric: RunMetric
  ) -> Table {
    let tables = comparisons.map { comparison in
      (
        comparison.context,
        ComparisonTables.groups(
          comparison,
          evidence: evidence(comparison, runs: runs, grouping: grouping, metric: metric))
      )
    }
    let columns = tables.map(\.1.columns).max { $0.count < $1.count } ?? []
    let contextKeys = comparisons.first?.context.labels.map(\.key) ?? []
    var all = Table(columns: contextKeys.map { Table.Column($0) } + columns)
    for (context, table) in tables {
      let places = columns.map { column in table.columns.firstIndex { $0.key == column.key } }
      for row in table.rows {
        all.append(
          context.labels.map { .text($0.text) } + places.map { place in place.map { row[$0] } ?? .missing })
      }
    }
    return all
  }

  /// log p(x) by group where it is known and the ELBO is what is compared.
  static func evidence(
    _ comparison: GroupComparison, runs: [RunSummary], grouping: RunGrouping, metric: RunMetric
  ) -> [GroupKey: Double] {
    guard metric == .elbo else { return [:] }
    var evidence: [GroupKey: Double] = [:]
    for run in runs where grouping.context(of: run) == comparison.context {
      if let value = run.outcome?.yardstick?.logEvidence { evidence[grouping.group(of: run)] = value }
    }
    return evidence
  }
}
