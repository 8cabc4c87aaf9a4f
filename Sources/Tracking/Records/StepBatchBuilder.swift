/// Collects steps that come one at a time into batches.
///
/// A step off the cadence, a term that comes or goes, and a full batch each begin a new one; so does a step that is not
/// after the one before, which the store then refuses.
public struct StepBatchBuilder: Sendable {
  /// The steps of a full batch.
  public static let batchSize = StepBlock.capacity

  private var done: [StepBatch] = []
  private var firstStep = 0
  /// The distance between steps; nil before the second one of a batch.
  private var stride: Int?
  private var count = 0
  /// The columns that are there, as bits.
  private var present = 0
  private var values = StepColumn.allCases.map { _ in [Double]() }
  private let expected: Int

  /// - Parameter expected: about how many steps there will be.
  public init(expecting expected: Int = 0) {
    self.expected = min(expected, Self.batchSize)
  }

  /// The number of steps that ``take()`` would give.
  public private(set) var stepCount = 0

  /// Adds a step.
  public mutating func append(_ record: StepRecord) {
    var mask = 0
    for column in StepColumn.allCases where record[column] != nil { mask |= 1 << column.rawValue }
    if count > 0 {
      let distance = record.step - (firstStep + (stride ?? 0) * (count - 1))
      let isRegular = distance >= 1 && distance == stride ?? distance
      if !isRegular || mask != present || count == Self.batchSize {
        seal()
      } else {
        stride = distance
      }
    }
    if count == 0 {
      firstStep = record.step
      present = mask
    }
    for column in StepColumn.allCases {
      if let value = record[column] { add(CollectionOfOne(value), to: column) }
    }
    count += 1
    stepCount += 1
  }

  /// Adds steps at equal distances, at most a full batch of them: by `StepColumn` a value for each, or nil where the term is
  /// absent.
  public mutating func append(firstStep: Int, stride: Int, count: Int, columns: [[Double]?]) {
    precondition(count <= Self.batchSize, "more than a batch")
    var mask = 0
    for column in StepColumn.allCases where columns[column.rawValue] != nil { mask |= 1 << column.rawValue }
    if self.count > 0 {
      let distance = firstStep - (self.firstStep + (self.stride ?? 0) * (self.count - 1))
      let isRegular =
        distance >= 1 && distance == self.stride ?? distance && (count == 1 || distance == stride)
      if !isRegular || mask != present || self.count + count > Self.batchSize {
        seal()
      } else {
        self.stride = distance
      }
    }
    if self.count == 0 {
      self.firstStep = firstStep
      self.stride = count > 1 ? stride : nil
      present = mask
    }
    for column in StepColumn.allCases {
      if let added = columns[column.rawValue] { add(added, to: column) }
    }
    self.count += count
    stepCount += count
  }

  /// Gives the batches collected so far, and begins anew.
  public mutating func take() -> [StepBatch] {
    seal()
    defer {
      done = []
      stepCount = 0
    }
    return done
  }

  private mutating func add(_ added: some Collection<Double>, to column: StepColumn) {
    if values[column.rawValue].isEmpty, added.count < expected {
      values[column.rawValue].reserveCapacity(expected)
    }
    values[column.rawValue] += added
  }

  private mutating func seal() {
    guard count > 0 else { return }
    let columns = values.map { $0.isEmpty ? StepBatch.Column.absent : StepBatch.Column(compacting: $0) }
    done.append(StepBatch(firstStep: firstStep, stride: stride ?? 1, count: count, columns: columns))
    stride = nil
    count = 0
    for index in values.indices { values[index] = [] }
  }
}

extension Sequence<StepRecord> {
  /// The steps as batches.
  public func batched() -> [StepBatch] {
    var builder = StepBatchBuilder()
    for record in self { builder.append(record) }
    return builder.take()
  }
}
