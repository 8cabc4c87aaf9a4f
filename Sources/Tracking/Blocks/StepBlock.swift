/// A batch of steps as the store keeps it. It is made where the steps are: the one thread that writes has enough to do.
public struct StepBlock: Sendable, Hashable {
  /// The steps of a block at most.
  public static let capacity = 4096

  public let firstStep: Int
  /// The distance between steps, at least 1.
  public let stride: Int
  public let count: Int
  let columns: EncodedColumns

  /// - Precondition: `batch` has at most ``capacity`` steps.
  public init(_ batch: StepBatch) { self.init(batch, canBeNarrow: true) }

  /// - Parameter canBeNarrow: whether the table that it is for admits four bytes for a value.
  init(_ batch: StepBatch, canBeNarrow: Bool) {
    precondition(batch.count <= Self.capacity, "more steps than a block has")
    firstStep = batch.firstStep
    stride = batch.stride
    count = batch.count
    columns = EncodedColumns(batch.columns, count: count, canBeNarrow: canBeNarrow) { [firstStep, stride] in
      firstStep + stride * $0
    }
  }

  public var lastStep: Int { firstStep + stride * (count - 1) }
}

extension StepBatch {
  /// The batch as blocks, as few as can be.
  public var blocks: [StepBlock] { pieces(of: StepBlock.capacity).map { StepBlock($0) } }
}
