import Comparison
import Reporting

/// Tables of several models or data sets as one listing, for programs.
enum ComparisonListing {
  /// The rows of every table; the context's own labels come first, and a table without a column has none of its values.
  static func joined(_ parts: [(context: GroupKey, table: Table)]) -> Table {
    var columns: [Table.Column] = []
    for part in parts {
      for column in part.table.columns where !columns.contains(where: { $0.key == column.key }) {
        columns.append(column)
      }
    }
    let contextKeys = parts.first?.context.labels.map(\.key) ?? []
    var all = Table(columns: contextKeys.map { Table.Column($0) } + columns)
    for (context, table) in parts {
      let places = columns.map { column in table.columns.firstIndex { $0.key == column.key } }
      let labels = context.labels.map { Table.Cell.text($0.text) }
      for row in table.rows {
        all.append(labels + places.map { place in place.map { row[$0] } ?? .missing })
      }
    }
    return all
  }
}
