import NumericArrays
import ReverseTape

/// The rows that a run's steps draw, and the slots that hold them.
///
/// Which rows a step takes is known before: they lie anywhere in a table that no near cache holds, so the next step's are
/// asked for while this one is computed.
final class MinibatchSlots<Scalar: KernelScalar> {
  /// Each column's table, and the memory that its rows are copied to or the number under which they are picked.
  private let columns: [(table: RowTable<Scalar>, memory: UnsafeMutablePointer<Scalar>?, number: Int?)]
  private let rowCount: Int
  private let evaluator: Evaluator<Scalar>
  private let size: Int
  private var current: Draw
  private var next: Draw

  /// The indices of a step's rows.
  private struct Draw {
    let rows: UnsafeMutablePointer<Int32>
    var source: Source?

    init(size: Int) {
      rows = .allocate(capacity: size)
      rows.initialize(repeating: 0, count: size)
    }

    struct Source: Equatable {
      var stream: NoiseStream
      var step: Int
    }
  }

  init(_ tables: MinibatchTables<Scalar>, size: Int, evaluator: Evaluator<Scalar>) {
    columns = tables.columns.map { ($0.table, evaluator.slot($0.slot)?.baseAddress, $0.pickedNumber) }
    rowCount = tables.rowCount
    self.evaluator = evaluator
    self.size = size
    current = Draw(size: size)
    next = Draw(size: size)
  }

  deinit {
    current.rows.deallocate()
    next.rows.deallocate()
  }

  /// Draws the rows of a step, with replacement, and puts them into the slots.
  func fill(_ stream: NoiseStream, step: Int) {
    swap(&current, &next)
    draw(&current, Draw.Source(stream: stream, step: step))
    draw(&next, Draw.Source(stream: stream, step: step + 1))
    for (table, memory, number) in columns {
      table.prepare(next.rows, count: size)
      if let number { evaluator.pick(number, from: table, current.rows) }
      if let memory {
        Scalar.kernelGatherRows(memory, table.values, current.rows, rows: size, draws: table.width)
      }
    }
  }

  /// Draws a step's rows, unless they have been drawn.
  private func draw(_ draw: inout Draw, _ source: Draw.Source) {
    if draw.source == source { return }
    source.stream.fillIndices(draw.rows, count: size, bound: rowCount, step: UInt64(source.step))
    draw.source = source
  }
}
