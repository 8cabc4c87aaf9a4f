public import ReverseTape

/// Observations whose likelihood is a sum over rows, by named columns of one or more numbers a row.
public struct RowData: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public var name: String
    public var width: Int
    /// `[rows, width]`, row-major.
    public var values: [Double]
  }

  public let columns: [Column]
  public let rowCount: Int

  /// - Precondition: every column has `rowCount × width` values.
  public init(rowCount: Int, columns: [Column]) {
    precondition(
      columns.allSatisfy { $0.values.count == rowCount * $0.width }, "columns of different lengths")
    self.rowCount = rowCount
    self.columns = columns
  }
}

/// The rows that a likelihood is traced over: all of them as constants, or slots that hold a minibatch.
public struct ObservedRows {
  /// The number of rows.
  public let count: Int
  /// Whether these are a minibatch drawn anew at each step.
  public let isMinibatch: Bool
  private let columns: [String: Traced]

  /// All rows, as constants.
  public init(all data: RowData?, on tape: Tape) {
    count = data?.rowCount ?? 0
    isMinibatch = false
    columns = Self.columns(of: data) { column, rowCount in
      tape.constant(column.values, Shape(rowCount, column.width))
    }
  }

  /// A minibatch of `size` rows, in slots named after the columns.
  public init(minibatch size: Int, of data: RowData, on tape: Tape) {
    count = size
    isMinibatch = true
    columns = Self.columns(of: data) { column, _ in
      tape.slot(Slot(Self.slotName(column.name), Shape(size, column.width), isPicked: true))
    }
  }

  /// The slot that holds a column of the minibatch.
  static func slotName(_ column: String) -> String { "minibatch." + column }

  /// A column, `[rows, width]`.
  ///
  /// - Precondition: the model's rows have it.
  public subscript(name: String) -> Traced {
    guard let column = columns[name] else { preconditionFailure("the rows have no column '\(name)'") }
    return column
  }

  private static func columns(of data: RowData?, value: (RowData.Column, Int) -> Traced) -> [String: Traced] {
    guard let data else { return [:] }
    return Dictionary(uniqueKeysWithValues: data.columns.map { ($0.name, value($0, data.rowCount)) })
  }
}
