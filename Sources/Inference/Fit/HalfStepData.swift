import NumericArrays

/// The data of half steps `[width, rows]`: all training data, or the minibatch of each iteration.
final class HalfStepData {
  let width: Int
  let rowCount: Int
  /// The rows of all training data.
  let totalCount: Int
  let values: UnsafeMutableBufferPointer<Double>
  /// Whether every batch is the same rows as they are.
  private let isFixed: Bool
  private var slot: DatumSlot<Double>

  init(_ rows: DataRows, minibatch: Int?, seed: UInt64) {
    width = rows.width
    rowCount = minibatch ?? rows.rowCount
    totalCount = rows.rowCount
    isFixed = minibatch == nil && rows.binarization != .dynamic
    values = .allocate(capacity: width * rowCount)
    values.initialize(repeating: 0)
    slot = DatumSlot(values, data: rows, size: minibatch, samples: 1, seed: seed)
  }

  deinit { values.deallocate() }

  /// Whether two batches are of the same values.
  func isSame(_ batch: Int, as other: Int) -> Bool { isFixed || batch == other }

  func fill(batch: Int) { slot.fill(step: batch) }
}
