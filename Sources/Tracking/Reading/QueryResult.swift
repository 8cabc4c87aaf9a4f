/// A value as SQLite holds it.
public enum SQLValue: Sendable, Hashable {
  case null
  case integer(Int)
  case number(Double)
  case text(String)
  case blob([UInt8])
}

/// What a statement gave.
public struct QueryResult: Sendable, Hashable {
  /// The names of the columns, from left to right.
  public var columns: [String]
  public var rows: [[SQLValue]]
  /// Whether there were more rows than asked for.
  public var isTruncated: Bool

  public init(columns: [String], rows: [[SQLValue]], isTruncated: Bool) {
    self.columns = columns
    self.rows = rows
    self.isTruncated = isTruncated
  }
}
