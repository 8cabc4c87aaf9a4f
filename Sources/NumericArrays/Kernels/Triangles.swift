import CKernels

extension Double {
  public static func kernelTriangleProduct(
    _ out: UnsafeMutablePointer<Double>, _ triangle: UnsafePointer<Double>, _ x: UnsafePointer<Double>,
    size: Int, n: Int, transposed: Bool
  ) {
    if transposed {
      wb_unit_upper_times_f64(out, triangle, x, size, n, 1, 1, 1)
    } else {
      wb_unit_lower_times_f64(out, triangle, x, size, n, 1, 1, 1)
    }
  }

  public static func kernelStrictOuterProduct(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, size: Int,
    n: Int
  ) {
    wb_strict_outer_f64(out, a, b, size, n, 1, 1, 1)
  }

  public static func kernelTriangleComposition(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, size: Int
  ) {
    wb_compose_unit_lower_f64(out, a, b, size, 1, 1, 1)
  }
}

extension Float {
  public static func kernelTriangleProduct(
    _ out: UnsafeMutablePointer<Float>, _ triangle: UnsafePointer<Float>, _ x: UnsafePointer<Float>,
    size: Int, n: Int, transposed: Bool
  ) {
    if transposed {
      wb_unit_upper_times_f32(out, triangle, x, size, n, 1, 1, 1)
    } else {
      wb_unit_lower_times_f32(out, triangle, x, size, n, 1, 1, 1)
    }
  }

  public static func kernelStrictOuterProduct(
    _ out: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, size: Int,
    n: Int
  ) {
    wb_strict_outer_f32(out, a, b, size, n, 1, 1, 1)
  }

  public static func kernelTriangleComposition(
    _ out: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, size: Int
  ) {
    wb_compose_unit_lower_f32(out, a, b, size, 1, 1, 1)
  }
}
