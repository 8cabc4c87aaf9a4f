import NumericArrays
import ReverseTape

/// The slots of a minibatch and the table they are filled from.
struct MinibatchSlots<Scalar: KernelScalar> {
  private let columns: [(slot: UnsafeMutableBufferPointer<Scalar>, values: [Scalar], width: Int)]
  private let rowCount: Int
  private var index: [Int32]

  init(_ data: RowData, size: Int, evaluator: Evaluator<Scalar>) {
    rowCount = data.rowCount
    index = [Int32](repeating: 0, count: size)
    columns = data.columns.compactMap { column in
      evaluator.slot(ObservedRows.slotName(column.name)).map { slot in
        (slot, column.values.map { Scalar($0) }, column.width)
      }
    }
  }

  /// Draws the rows of a step, with replacement, and copies them into the slots.
  mutating func fill(_ stream: NoiseStream, step: Int) {
    let count = index.count
    index.withUnsafeMutableBufferPointer { index in
      guard let start = index.baseAddress else { return }
      stream.fillIndices(start, count: count, bound: rowCount, step: UInt64(step))
      for column in columns {
        column.values.withUnsafeBufferPointer { values in
          guard let out = column.slot.baseAddress, let from = values.baseAddress else { return }
          Scalar.kernelGatherRows(out, from, start, rows: count, draws: column.width)
        }
      }
    }
  }
}
