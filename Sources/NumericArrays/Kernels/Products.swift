import CKernels
import COpenBLAS

/// Which products are small.
package enum Products {
  /// From this many multiplications on a product goes to BLAS. The choice depends on m k n alone. The small kernels are
  /// level with OpenBLAS up to here (within 30 % at 40 x 40 x 40, ahead below 10,000) and, unlike it, give the same bits
  /// on every CPU and to a column whatever its company; so the limit is on the high side.
  package static let smallLimit = 65_536

  /// Whether a product of `[m, k]` with `[k, n]` is one for the small kernels.
  package static func isSmall(m: Int, k: Int, n: Int) -> Bool { m * k * n < smallLimit }
}

extension Double {
  public static func kernelProduct(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    m: Int, k: Int, n: Int, transposeA: Bool
  ) {
    if Products.isSmall(m: m, k: k, n: n) {
      if transposeA { wb_matmul_tn_f64(out, a, b, m, k, n) } else { wb_matmul_nn_f64(out, a, b, m, k, n) }
    } else {
      BLAS.useOneThread()
      cblas_dgemm(
        CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k),
        1, a, Int32(transposeA ? m : k), b, Int32(n), 0, out, Int32(n))
    }
  }

  /// Adds a product to what `out` holds.
  static func addProduct(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    m: Int, k: Int, n: Int
  ) {
    if Products.isSmall(m: m, k: k, n: n) {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: m * n) { product in
        guard let start = product.baseAddress else { return }
        wb_matmul_nn_f64(start, a, b, m, k, n)
        for index in 0..<m * n { out[index] += start[index] }
      }
    } else {
      BLAS.useOneThread()
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k),
        1, a, Int32(k), b, Int32(n), 1, out, Int32(n))
    }
  }

  public static func kernelProductTransposed(
    _ out: UnsafeMutablePointer<Double>, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    m: Int, k: Int, n: Int
  ) {
    if Products.isSmall(m: m, k: k, n: n) {
      wb_matmul_nt_f64(out, a, b, m, k, n)
    } else {
      BLAS.useOneThread()
      cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k),
        1, a, Int32(k), b, Int32(k), 0, out, Int32(n))
    }
  }

  public static func kernelProductBlock(
    _ out: UnsafeMutablePointer<Double>, outStride: Int, _ a: UnsafePointer<Double>, aStride: Int,
    transposeA: Bool, _ b: UnsafePointer<Double>, bStride: Int, transposeB: Bool, m: Int, k: Int, n: Int
  ) {
    BLAS.useOneThread()
    cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(aStride), b, Int32(bStride), 0, out, Int32(outStride))
  }
}

extension Float {
  public static func kernelProduct(
    _ out: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    m: Int, k: Int, n: Int, transposeA: Bool
  ) {
    if Products.isSmall(m: m, k: k, n: n) {
      if transposeA { wb_matmul_tn_f32(out, a, b, m, k, n) } else { wb_matmul_nn_f32(out, a, b, m, k, n) }
    } else {
      BLAS.useOneThread()
      cblas_sgemm(
        CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, CblasNoTrans, Int32(m), Int32(n), Int32(k),
        1, a, Int32(transposeA ? m : k), b, Int32(n), 0, out, Int32(n))
    }
  }

  public static func kernelProductTransposed(
    _ out: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    m: Int, k: Int, n: Int
  ) {
    if Products.isSmall(m: m, k: k, n: n) {
      wb_matmul_nt_f32(out, a, b, m, k, n)
    } else {
      BLAS.useOneThread()
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(m), Int32(n), Int32(k),
        1, a, Int32(k), b, Int32(k), 0, out, Int32(n))
    }
  }

  public static func kernelProductBlock(
    _ out: UnsafeMutablePointer<Float>, outStride: Int, _ a: UnsafePointer<Float>, aStride: Int,
    transposeA: Bool, _ b: UnsafePointer<Float>, bStride: Int, transposeB: Bool, m: Int, k: Int, n: Int
  ) {
    BLAS.useOneThread()
    cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), 1, a, Int32(aStride), b, Int32(bStride), 0, out, Int32(outStride))
  }
}
