import Inference

/// A column while it is read.
struct ColumnBuilder {
  let name: String
  private var values: [Double] = []
  private var firstBadCell: DataTable.BadCell?

  init(name: String) {
    self.name = name
  }

  /// Adds a cell; what is not a finite decimal number is remembered for when the column is used.
  mutating func append(_ text: String, at location: @autoclosure () -> String) {
    if let number = decimalForm(text) == nil ? nil : Double(text), number.isFinite {
      values.append(number)
    } else {
      values.append(.nan)
      if firstBadCell == nil { firstBadCell = DataTable.BadCell(location: location(), text: text) }
    }
  }

  var count: Int { values.count }

  var column: DataTable.Column {
    DataTable.Column(name: name, values: values, firstBadCell: firstBadCell)
  }
}
