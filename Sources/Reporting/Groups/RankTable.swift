public import Comparison

/// Groups ranked over several models or data sets.
public enum RankTable {
  public static func table(_ ranks: GroupRanks) -> Table {
    let keys = ranks.groups.first?.labels.map(\.key) ?? []
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, ranks.groups) + [
        Table.Column("average_rank", title: "average rank", alignment: .right)
      ])
    for (group, rank) in zip(ranks.groups, ranks.averageRanks) {
      table.append(ComparisonTables.labels(group) + [.number(rank, digits: 2)])
    }
    return table
  }

  /// What the ranks say and how sure that is.
  public static func sentence(_ ranks: GroupRanks) -> String {
    let friedman = ranks.friedman
    let apart = NumberText.fixed(friedman.criticalDifference, digits: 2)
    let told =
      friedman.p <= 0.05
      ? "groups whose average ranks are \(apart) apart or more differ (Nemenyi, 5 %)."
      : "no group is told from another; average ranks \(apart) apart would be (Nemenyi, 5 %)."
    return "Over \(friedman.blocks) models or data sets (Friedman's test: p = "
      + "\(NumberText.probability(friedman.p))) " + told
  }
}
