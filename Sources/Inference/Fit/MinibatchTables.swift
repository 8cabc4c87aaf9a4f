import NumericArrays
import ReverseTape

/// The columns of a model's rows as minibatches take them: one copy for all runs of a plan.
struct MinibatchTables<Scalar: KernelScalar>: Sendable {
  struct Column: Sendable {
    var slot: String
    var table: RowTable<Scalar>
    /// The slot's number where the program reads the rows where they lie; nil where they are copied.
    var pickedNumber: Int?
  }

  let rowCount: Int
  /// Those that the program depends on.
  let columns: [Column]

  init(_ data: RowData, _ program: Program) {
    rowCount = data.rowCount
    columns = data.columns.compactMap { column in
      let slot = ObservedRows.slotName(column.name)
      guard program.slotNames.contains(slot) else { return nil }
      let number = program.pickedNumber(of: slot)
      return Column(
        slot: slot, table: RowTable(column.values, width: column.width, isPadded: number != nil),
        pickedNumber: number)
    }
  }
}

extension RunSettings {
  /// The tables of a program's minibatches, `MinibatchTables` in the run's precision; nil where it has none.
  func minibatchTables(for program: Program) -> (any Sendable)? {
    guard case .inference(let task) = task, minibatch != nil, let rows = task.model.rows else { return nil }
    switch precision {
    case .float64: return MinibatchTables<Double>(rows, program)
    case .float32: return MinibatchTables<Float>(rows, program)
    }
  }
}
