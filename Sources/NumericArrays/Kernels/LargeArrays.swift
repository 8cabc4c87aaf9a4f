public import CKernels

/// Forwards to the C kernels of large arrays.
extension Double {
  @inlinable
  public static func kernelPickedTimes(
    _ out: UnsafeMutablePointer<Double>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Double>,
    count: Int, width: Int
  ) {
    wb_picked_times_f64(out, rows, x, count, width)
  }

  @inlinable
  public static func kernelPickedTransposedTimes(
    _ out: UnsafeMutablePointer<Double>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Double>,
    count: Int, width: Int
  ) {
    wb_picked_transposed_times_f64(out, rows, x, count, width)
  }

  @inlinable
  public static func kernelSoftplusSigmoid(
    _ softplus: UnsafeMutablePointer<Double>, _ sigmoid: UnsafeMutablePointer<Double>,
    _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_softplus_sigmoid_f64(softplus, sigmoid, input, count)
  }

  @inlinable
  public static func kernelTranspose(
    _ out: UnsafeMutablePointer<Double>, outStride: Int, _ input: UnsafePointer<Double>, inputStride: Int,
    rows: Int, columns: Int
  ) {
    wb_transpose_f64(out, outStride, input, inputStride, rows, columns)
  }

  @inlinable
  public static func kernelNonzerosByRow(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, rows: Int, columns: Int
  ) -> Bool {
    wb_nonzeros_by_row_f64(count, place, value, input, rows, columns) != 0
  }

  @inlinable
  public static func kernelNonzerosByColumn(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Double>?, rowCount: UnsafePointer<Int32>, rowPlace: UnsafePointer<Int32>,
    rowValue: UnsafePointer<Double>, rows: Int, columns: Int
  ) {
    wb_nonzeros_by_column_f64(count, place, value, rowCount, rowPlace, rowValue, rows, columns)
  }

  @inlinable
  public static func kernelSparseProduct(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, count: UnsafePointer<Int32>,
    place: UnsafePointer<Int32>, value: UnsafePointer<Double>?, m: Int, k: Int, n: Int,
    scratch: UnsafeMutablePointer<Double>
  ) {
    wb_sparse_product_f64(out, a, count, place, value, m, k, n, scratch)
  }
}

/// Forwards to the C kernels of large arrays.
extension Float {
  @inlinable
  public static func kernelPickedTimes(
    _ out: UnsafeMutablePointer<Float>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Float>,
    count: Int, width: Int
  ) {
    wb_picked_times_f32(out, rows, x, count, width)
  }

  @inlinable
  public static func kernelPickedTransposedTimes(
    _ out: UnsafeMutablePointer<Float>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Float>,
    count: Int, width: Int
  ) {
    wb_picked_transposed_times_f32(out, rows, x, count, width)
  }

  @inlinable
  public static func kernelSoftplusSigmoid(
    _ softplus: UnsafeMutablePointer<Float>, _ sigmoid: UnsafeMutablePointer<Float>,
    _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_softplus_sigmoid_f32(softplus, sigmoid, input, count)
  }

  @inlinable
  public static func kernelTranspose(
    _ out: UnsafeMutablePointer<Float>, outStride: Int, _ input: UnsafePointer<Float>, inputStride: Int,
    rows: Int, columns: Int
  ) {
    wb_transpose_f32(out, outStride, input, inputStride, rows, columns)
  }

  @inlinable
  public static func kernelNonzerosByRow(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, rows: Int, columns: Int
  ) -> Bool {
    wb_nonzeros_by_row_f32(count, place, value, input, rows, columns) != 0
  }

  @inlinable
  public static func kernelNonzerosByColumn(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Float>?, rowCount: UnsafePointer<Int32>, rowPlace: UnsafePointer<Int32>,
    rowValue: UnsafePointer<Float>, rows: Int, columns: Int
  ) {
    wb_nonzeros_by_column_f32(count, place, value, rowCount, rowPlace, rowValue, rows, columns)
  }

  @inlinable
  public static func kernelSparseProduct(
    _ out: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, count: UnsafePointer<Int32>,
    place: UnsafePointer<Int32>, value: UnsafePointer<Float>?, m: Int, k: Int, n: Int,
    scratch: UnsafeMutablePointer<Float>
  ) {
    wb_sparse_product_f32(out, a, count, place, value, m, k, n, scratch)
  }
}
