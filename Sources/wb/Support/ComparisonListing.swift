import Comparison
import Reporting

/// Comparisons of several models as one listing, for programs.
enum ComparisonListing {
  /// One row per group of every context; the context's own labels come first.
  static func all(_ comparison: RunComparison) -> Table {
    let tables = comparison.contexts.map(\.table)
    let columns = tables.map(\.columns).max { $0.count < $1.count } ?? []
    let contextKeys = comparison.contexts.first?.comparison.context.labels.map(\.key) ?? []
    var all = Table(columns: contextKeys.map { Table.Column($0) } + columns)
    for (context, table) in zip(comparison.contexts, tables) {
      let places = columns.map { column in table.columns.firstIndex { $0.key == column.key } }
      let labels = context.comparison.context.labels.map { Table.Cell.text($0.text) }
      for row in table.rows {
        all.append(labels + places.map { place in place.map { row[$0] } ?? .missing })
      }
    }
    return all
  }
}
