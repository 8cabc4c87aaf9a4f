import NumericArrays

/// The nonzeros of a matrix `[rows, columns]`, listed anew in each replay, and products with it.
///
/// Rows and pieces of rows are listed and multiplied independently of each other.
final class Nonzeros<Scalar: KernelScalar> {
  /// The pieces that each have scratch memory of their own.
  private let pieces: Int
  private let rows: Int
  private let columns: Int
  private let byRow: List
  private let byColumn: List
  private let scratchSize: Int
  private let scratch: UnsafeMutablePointer<Scalar>
  /// Whether all nonzeros that a piece listed are 1.
  private let areOnes: UnsafeMutablePointer<Bool>

  init(rows: Int, columns: Int, pieces: Int) {
    (self.rows, self.columns, self.pieces) = (rows, columns, pieces)
    byRow = List(lines: rows, size: rows * columns)
    byColumn = List(lines: columns, size: rows * columns)
    scratchSize = 16 * max(rows, columns)
    scratch = .allocateAligned(pieces * scratchSize)
    areOnes = .allocate(capacity: pieces)
    areOnes.initialize(repeating: true, count: pieces)
  }

  deinit {
    scratch.deallocate()
    areOnes.deallocate()
  }

  /// Lists some rows of the matrix.
  func list(_ matrix: UnsafePointer<Scalar>, rows: Range<Int>, piece: Int) {
    let start = rows.lowerBound * columns
    areOnes[piece] = Scalar.kernelNonzerosByRow(
      byRow.count + rows.lowerBound, byRow.place + start, byRow.value + start, matrix + start,
      rows: rows.count, columns: columns)
  }

  /// Lists the columns once all rows are.
  func listColumns() {
    Scalar.kernelNonzerosByColumn(
      byColumn.count, byColumn.place, isOnes ? nil : byColumn.value, rowCount: byRow.count,
      rowPlace: byRow.place,
      rowValue: byRow.value, rows: rows, columns: columns)
  }

  /// Rows of a product: `out[·, columns]` = `a[·, rows]` times the matrix.
  func multiply(
    _ out: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, rows count: Int, piece: Int
  ) {
    Scalar.kernelSparseProduct(
      out, a, count: byColumn.count, place: byColumn.place,
      value: isOnes ? nil : UnsafePointer(byColumn.value), m: count, k: rows,
      n: columns, scratch: scratch + piece * scratchSize)
  }

  /// Rows of a product: `out[·, rows]` = `a[·, columns]` times the matrix transposed.
  func multiplyTransposed(
    _ out: UnsafeMutablePointer<Scalar>, _ a: UnsafePointer<Scalar>, rows count: Int, piece: Int
  ) {
    Scalar.kernelSparseProduct(
      out, a, count: byRow.count, place: byRow.place, value: isOnes ? nil : UnsafePointer(byRow.value),
      m: count, k: columns, n: rows,
      scratch: scratch + piece * scratchSize)
  }

  /// Whether every nonzero is 1: the values need not be read.
  private var isOnes: Bool { UnsafeBufferPointer(start: areOnes, count: pieces).allSatisfy(\.self) }

  /// The nonzeros of each line: how many, where, and what.
  private final class List {
    let count: UnsafeMutablePointer<Int32>
    let place: UnsafeMutablePointer<Int32>
    let value: UnsafeMutablePointer<Scalar>

    init(lines: Int, size: Int) {
      count = .allocate(capacity: lines)
      count.initialize(repeating: 0, count: lines)
      place = .allocate(capacity: size)
      place.initialize(repeating: 0, count: size)
      value = .allocate(capacity: size)
      value.initialize(repeating: 0, count: size)
    }

    deinit {
      count.deallocate()
      place.deallocate()
      value.deallocate()
    }
  }
}
