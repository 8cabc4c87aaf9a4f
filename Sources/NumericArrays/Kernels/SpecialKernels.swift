public import CKernels

extension Double {
  public static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_special_f64(Int32(function.rawValue), out, input, count)
  }

  public static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_special_of_two_f64(
      Int32(function.rawValue), out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row,
      bStrides.draw)
  }
}

extension Float {
  public static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_special_f32(Int32(function.rawValue), out, input, count)
  }

  public static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_special_of_two_f32(
      Int32(function.rawValue), out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row,
      bStrides.draw)
  }
}
