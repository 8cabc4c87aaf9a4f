/// Columns of recorded values as the bytes of a row.
struct EncodedColumns: Sendable, Hashable {
  enum Cell: Sendable, Hashable {
    case null
    case number(Double)
    /// A range of the words' bytes.
    case bytes(Range<Int>)
  }

  /// The header, the envelope, then the values of the columns that vary, the highest byte first.
  private(set) var words: [UInt64] = []
  private(set) var header = 0..<0
  private(set) var envelope = 0..<0
  private(set) var cells: [Cell] = []
  private(set) var present: Int64 = 0

  /// - Parameters:
  ///   - count: the number of steps.
  ///   - canBeNarrow: whether the table admits four bytes for a value.
  ///   - step: the step at an index.
  init(_ columns: [StepBatch.Column], count: Int, canBeNarrow: Bool = true, step: (Int) -> Int) {
    let places = EnvelopePlaces.words * EnvelopePlaces.count(of: count)
    words.reserveCapacity(columns.count * (count + places + BlockHeader.size / 8))
    var envelope: [UInt64] = []
    for (index, column) in columns.enumerated() where column != .absent {
      present |= 1 << Int64(index)
      BlockHeader(of: column, count: count, envelope: &envelope, step: step).write(to: &words)
    }
    header = 0..<8 * words.count
    words += envelope
    self.envelope = header.upperBound..<8 * words.count
    for column in columns {
      switch column {
      case .absent: cells.append(.null)
      case .constant(let value) where !value.isNaN: cells.append(.number(value))
      case .constant(let value):
        cells.append(.bytes(ColumnBytes.append([value], canBeNarrow: false, to: &words)))
      case .values(let values):
        cells.append(.bytes(ColumnBytes.append(values, canBeNarrow: canBeNarrow, to: &words)))
      }
    }
  }
}
