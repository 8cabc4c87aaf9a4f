public import CKernels

/// A floating-point format that the array kernels exist for: `Float` or `Double`.
///
/// Generic code over it specialises to direct calls of the C kernels. Arrays are `[rows, draws]`, row-major, draws
/// innermost; `out` may be an operand of the same layout. An element's bits depend on its operands alone: not on its
/// place, the array's length or the CPU. NaN and infinities propagate.
public protocol KernelScalar: BinaryFloatingPoint & Codable & SIMDScalar & Sendable {
  // MARK: Elementwise functions of one array

  /// -x.
  static func kernelNegate(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// exp(x); 0 at -inf, inf above the range.
  static func kernelExp(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// log(x); -inf at 0, NaN below.
  static func kernelLog(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// log(1 + x); -inf at -1, NaN below.
  static func kernelLog1p(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// exp(x) - 1.
  static func kernelExpm1(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// The square root; NaN below 0.
  static func kernelSquareRoot(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// x².
  static func kernelSquare(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// 1 / x.
  static func kernelReciprocal(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// tanh(x).
  static func kernelTanh(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// 1 / (1 + exp(-x)).
  static func kernelSigmoid(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// log(1 + exp(x)).
  static func kernelSoftplus(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// sin(x); NaN at infinities.
  static func kernelSin(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// cos(x); NaN at infinities.
  static func kernelCos(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// |x|.
  static func kernelAbsolute(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// 1, -1, or x where it is zero or NaN.
  static func kernelSign(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// max(x, 0).
  static func kernelRelu(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// 1 above zero, else 0; NaN at NaN.
  static func kernelStep(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// log Γ(x), x > 0; NaN below 0.
  static func kernelLogGamma(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// The derivative of log Γ(x), x > 0; NaN below 0.
  static func kernelDigamma(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// The second derivative of log Γ(x), x > 0; NaN below 0.
  static func kernelTrigamma(_ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)

  // MARK: Elementwise arithmetic of two arrays, broadcast to [rows, draws]

  /// a + b.
  static func kernelAdd(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// a - b.
  static func kernelSubtract(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// a b.
  static func kernelMultiply(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// a / b.
  static func kernelDivide(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// The larger; NaN if either is.
  static func kernelMaximum(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// The smaller; NaN if either is.
  static func kernelMinimum(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// E[softplus(x)] for x ~ N(a, b), at every mean and variance; NaN where b is negative or not finite.
  static func kernelMeanSoftplus(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// E[sigmoid(x)] for x ~ N(a, b).
  static func kernelMeanSigmoid(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)
  /// E[sigmoid′(x)] for x ~ N(a, b).
  static func kernelMeanSigmoidSlope(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)

  // MARK: Elementwise functions through double precision, by their numbers

  /// A function of one array, from `WB_ATAN` on.
  static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ count: Int)
  /// A function of two arrays, from `WB_POWER` on, broadcast to `[rows, draws]`.
  static func kernelSpecial(
    _ function: wb_kernel, _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int,
    _ a: UnsafePointer<Self>, _ aStrides: Strides, _ b: UnsafePointer<Self>, _ bStrides: Strides)

  // MARK: Shapes, reductions, rows by index, noise

  /// Repeats `input` until it fills `[rows, draws]`.
  static func kernelExpand(
    _ out: UnsafeMutablePointer<Self>, rows: Int, draws: Int, _ input: UnsafePointer<Self>, _ strides: Strides
  )
  /// Sums `[rows, draws]` over rows into `[draws]`, in sixteen lanes combined as a tree.
  static func kernelSumRows(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, rows: Int, draws: Int)
  /// Sums `[rows, draws]` over draws into `[rows]`.
  static func kernelSumDraws(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, rows: Int, draws: Int)
  /// The largest of each column of `[rows, draws]`; NaN if one is, -inf for no rows.
  static func kernelMaxRows(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, rows: Int, draws: Int)
  /// log Σ exp of each column of `[rows, draws]`, without overflow; NaN if one is, -inf for no rows.
  static func kernelLogSumExpRows(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, rows: Int, draws: Int)
  /// The sum of all elements.
  static func kernelSum(_ input: UnsafePointer<Self>, _ count: Int) -> Self
  /// The scalar product of two arrays.
  static func kernelDot(_ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, _ count: Int) -> Self
  /// Whether no element is NaN or infinite.
  static func kernelAllFinite(_ input: UnsafePointer<Self>, _ count: Int) -> Bool
  /// `out[i, :] = input[index[i], :]` for `rows` indices.
  static func kernelGatherRows(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ index: UnsafePointer<Int32>, rows: Int,
    draws: Int)
  /// `out[index[i], :] += input[i, :]` for `rows` indices, in order; `out` is not cleared.
  static func kernelScatterAddRows(
    _ out: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, _ index: UnsafePointer<Int32>, rows: Int,
    draws: Int)
  /// Standard normals `[dimension, draws]`; element (d, s) depends on seed, purpose, step, firstDraw + s and d alone.
  /// Floats are made in single precision of the high words of what the doubles are made of: near those, and never zero.
  static func kernelNormals(
    _ out: UnsafeMutablePointer<Self>, dimension: Int, draws: Int, firstDraw: Int,
    seed: UInt64, purpose: UInt32, step: UInt64)
  /// Uniforms in [0, 1); element i depends on seed, purpose, step and i alone.
  static func kernelUniforms(
    _ out: UnsafeMutablePointer<Self>, _ count: Int, seed: UInt64, purpose: UInt32, step: UInt64)

  /// Standard normals `[dimension, draws, lanes]`: each lane as `kernelNormals` of its own seed and step. `lanes` is a
  /// multiple of 8.
  static func kernelLaneNormals(
    _ out: UnsafeMutablePointer<Self>, dimension: Int, draws: Int, lanes: Int,
    seeds: UnsafePointer<UInt64>, purpose: UInt32, steps: UnsafePointer<UInt64>)
  /// Softplus and its slope, the sigmoid, from one exponential: the bits of each alone. Either may be `input`.
  static func kernelSoftplusSigmoid(
    _ softplus: UnsafeMutablePointer<Self>, _ sigmoid: UnsafeMutablePointer<Self>,
    _ input: UnsafePointer<Self>, _ count: Int)
  /// `out[c · outStride + r] = input[r · inputStride + c]` for `[rows, columns]`.
  static func kernelTranspose(
    _ out: UnsafeMutablePointer<Self>, outStride: Int, _ input: UnsafePointer<Self>, inputStride: Int,
    rows: Int, columns: Int)

  // MARK: Steps of optimizers

  /// One update of Adam for `[rows, lanes]`: the moments decay by `beta1` and `beta2` towards the gradient and its
  /// square, then `x += rate · first / (1 - power1) / (√(second / (1 - power2)) + epsilon)` with a rate and powers
  /// (beta1 and beta2 to the number of the update) for each lane. No array overlaps another.
  static func kernelAdam(
    _ x: UnsafeMutablePointer<Self>, gradient: UnsafePointer<Self>, first: UnsafeMutablePointer<Self>,
    second: UnsafeMutablePointer<Self>, rows: Int, lanes: Int, rates: UnsafePointer<Self>,
    powers1: UnsafePointer<Double>, powers2: UnsafePointer<Double>, beta1: Self, beta2: Self, epsilon: Self)

  // MARK: Symmetric positive-definite matrices

  /// The inverse of `[size, size]`; NaN where it is not positive definite. `factor` is room for as much.
  static func kernelInverse(
    _ out: UnsafeMutablePointer<Self>, _ matrix: UnsafePointer<Self>, factor: UnsafeMutablePointer<Self>,
    size: Int)
  /// The log-determinant of `[size, size]`; NaN where it is not positive definite. `factor` is room for as much.
  static func kernelLogDeterminant(
    _ out: UnsafeMutablePointer<Self>, _ matrix: UnsafePointer<Self>, factor: UnsafeMutablePointer<Self>,
    size: Int)

  // MARK: Programs

  /// Walks the calls of a compiled program over its arena.
  static func kernelReplay(
    _ calls: UnsafePointer<wb_call>, _ count: Int, _ arena: UnsafeMutablePointer<Self>,
    indices: UnsafePointer<Int32>, lanes: Int, picked: UnsafePointer<wb_picked_rows>)

  // MARK: Matrix products

  /// `out[m, n]` = `a[m, k]` (or the transpose of `a[k, m]`) times `b[k, n]`, all row-major; `out` is overwritten.
  static func kernelProduct(
    _ out: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    m: Int, k: Int, n: Int, transposeA: Bool)
  /// `out[m, n]` = `a[m, k]` times the transpose of `b[n, k]`, all row-major; `out` is overwritten.
  static func kernelProductTransposed(
    _ out: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    m: Int, k: Int, n: Int)
  /// A block `[m, n]` of a large product, by BLAS: rows of `out`, `a` and `b` are `outStride`, `aStride` and `bStride`
  /// apart, and `a` and `b` may be given transposed.
  static func kernelProductBlock(
    _ out: UnsafeMutablePointer<Self>, outStride: Int, _ a: UnsafePointer<Self>, aStride: Int,
    transposeA: Bool, _ b: UnsafePointer<Self>, bStride: Int, transposeB: Bool, m: Int, k: Int, n: Int)

  // MARK: Products with unit lower triangles I + T, whose strict part T is packed row by row

  /// `out[size, n]` = `(I + T) x[size, n]`, or the transpose of I + T times x.
  static func kernelTriangleProduct(
    _ out: UnsafeMutablePointer<Self>, _ triangle: UnsafePointer<Self>, _ x: UnsafePointer<Self>,
    size: Int, n: Int, transposed: Bool)
  /// The strict lower triangle, packed, of `a[size, n]` times the transpose of `b[size, n]`.
  static func kernelStrictOuterProduct(
    _ out: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, size: Int, n: Int)
  /// The strict lower triangle, packed, of `(I + A) (I + B)`.
  static func kernelTriangleComposition(
    _ out: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, size: Int)

  // MARK: Products with rows picked from a table

  /// `out[count]` = picked rows `[count, width]` times `x[width]`, every element summed as `kernelDot`;
  /// width ≤ `WB_PICKED_WIDTH`.
  static func kernelPickedTimes(
    _ out: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Self>,
    count: Int, width: Int)
  /// `out[width]` = the transpose of picked rows `[count, width]` times `x[count]`, summed over the rows in order.
  static func kernelPickedTransposedTimes(
    _ out: UnsafeMutablePointer<Self>, _ rows: UnsafePointer<wb_picked_rows>, _ x: UnsafePointer<Self>,
    count: Int, width: Int)

  // MARK: Products with a matrix that is mostly zeros

  /// Lists the nonzeros of `[rows, columns]`, NaN among them: `count[r]` of row r from `r · columns` on, by column.
  ///
  /// - Returns: whether all are 1.
  static func kernelNonzerosByRow(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Self>, _ input: UnsafePointer<Self>, rows: Int, columns: Int
  ) -> Bool
  /// The same list by column from that by row: `count[c]` of column c from `c · rows` on, by row; without `value` the
  /// places alone.
  static func kernelNonzerosByColumn(
    _ count: UnsafeMutablePointer<Int32>, _ place: UnsafeMutablePointer<Int32>,
    _ value: UnsafeMutablePointer<Self>?, rowCount: UnsafePointer<Int32>, rowPlace: UnsafePointer<Int32>,
    rowValue: UnsafePointer<Self>, rows: Int, columns: Int)
  /// `out[m, n]` = `a[m, k]` times a matrix `[k, n]` given by its nonzeros by column.
  ///
  /// - Parameters:
  ///   - value: nil where every nonzero is 1, with the same bits.
  ///   - scratch: room for 16 k.
  static func kernelSparseProduct(
    _ out: UnsafeMutablePointer<Self>, _ a: UnsafePointer<Self>, count: UnsafePointer<Int32>,
    place: UnsafePointer<Int32>, value: UnsafePointer<Self>?, m: Int, k: Int, n: Int,
    scratch: UnsafeMutablePointer<Self>)
}
