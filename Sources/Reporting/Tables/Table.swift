/// A listing: what every command prints and every report holds.
public struct Table: Sendable, Hashable {
  public enum Alignment: Sendable, Hashable {
    case left
    /// At the right edge, and at the decimal point where the cells are numbers.
    case right
  }

  public struct Column: Sendable, Hashable {
    /// The key in JSON and the header in CSV.
    public var key: String
    /// The header for readers.
    public var title: String
    public var alignment: Alignment
    /// Whether only programs get to see it: details are in CSV and JSON and not in what readers get.
    public var isDetail: Bool
    /// Whether the column names the row: such columns come first, and a listing that is too wide for a terminal
    /// is folded into blocks that each repeat them.
    public var isKey: Bool
    /// Whether the column holds sentences: a terminal breaks them into lines rather than shortening them.
    public var isProse: Bool
    /// Whether a terminal leaves the column out where the listing is too wide for it, those further right first.
    public var isOptional: Bool

    public init(
      _ key: String, title: String? = nil, alignment: Alignment = .left, isDetail: Bool = false,
      isKey: Bool = false, isProse: Bool = false, isOptional: Bool = false
    ) {
      self.key = key
      self.title = title ?? key
      self.alignment = alignment
      self.isDetail = isDetail
      self.isKey = isKey
      self.isProse = isProse
      self.isOptional = isOptional
    }
  }

  public enum Cell: Sendable, Hashable {
    case text(String)
    case integer(Int)
    /// A number and how many digits after the point a reader needs; nil for as many as it takes to be exact.
    /// CSV and JSON always hold the exact number.
    case number(Double, digits: Int?)
    /// A probability, of which readers see four digits, and `<0.0001` where those are all 0.
    case probability(Double)
    case missing

    /// A number, or missing where there is none.
    public static func optional(_ value: Double?, digits: Int?) -> Cell {
      value.map { .number($0, digits: digits) } ?? .missing
    }
  }

  public var columns: [Column]
  public private(set) var rows: [[Cell]] = []

  public init(columns: [Column], rows: [[Cell]] = []) {
    self.columns = columns
    for row in rows { append(row) }
  }

  public mutating func append(_ row: [Cell]) {
    precondition(row.count == columns.count, "a cell for every column")
    rows.append(row)
  }

  /// The places of the columns that readers get.
  var shown: [Int] { columns.indices.filter { !columns[$0].isDetail } }
}

/// How a listing is written: `--format`.
public enum TableFormat: String, Sendable, Hashable, CaseIterable {
  case table, markdown, csv, json

  /// The listing as text, ending with a newline. NULL is a dash for readers, empty in CSV and null in JSON.
  public func render(_ table: Table) -> String {
    switch self {
    case .table: PlainTable.render(table)
    case .markdown: MarkdownTable.render(table)
    case .csv: CSVTable.render(table)
    case .json: JSONTable.render(table)
    }
  }
}
