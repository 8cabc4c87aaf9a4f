public import CKernels

/// Forwards to the C kernels.
extension Double: KernelScalar {
  @inlinable
  public static func kernelNegate(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_negate_f64(out, input, count)
  }

  @inlinable
  public static func kernelExp(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_exp_f64(out, input, count)
  }

  @inlinable
  public static func kernelLog(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_log_f64(out, input, count)
  }

  @inlinable
  public static func kernelLog1p(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_log1p_f64(out, input, count)
  }

  @inlinable
  public static func kernelExpm1(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_expm1_f64(out, input, count)
  }

  @inlinable
  public static func kernelSquareRoot(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_sqrt_f64(out, input, count)
  }

  @inlinable
  public static func kernelSquare(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_square_f64(out, input, count)
  }

  @inlinable
  public static func kernelReciprocal(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_reciprocal_f64(out, input, count)
  }

  @inlinable
  public static func kernelTanh(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_tanh_f64(out, input, count)
  }

  @inlinable
  public static func kernelSigmoid(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_sigmoid_f64(out, input, count)
  }

  @inlinable
  public static func kernelSoftplus(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_softplus_f64(out, input, count)
  }

  @inlinable
  public static func kernelSin(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_sin_f64(out, input, count)
  }

  @inlinable
  public static func kernelCos(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_cos_f64(out, input, count)
  }

  @inlinable
  public static func kernelAbsolute(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_abs_f64(out, input, count)
  }

  @inlinable
  public static func kernelSign(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_sign_f64(out, input, count)
  }

  @inlinable
  public static func kernelRelu(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_relu_f64(out, input, count)
  }

  @inlinable
  public static func kernelStep(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_step_f64(out, input, count)
  }

  @inlinable
  public static func kernelLogGamma(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_log_gamma_f64(out, input, count)
  }

  @inlinable
  public static func kernelDigamma(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_digamma_f64(out, input, count)
  }

  @inlinable
  public static func kernelTrigamma(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ count: Int
  ) {
    wb_trigamma_f64(out, input, count)
  }

  @inlinable
  public static func kernelAdd(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_add_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelSubtract(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_subtract_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMultiply(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_multiply_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelDivide(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_divide_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMaximum(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_maximum_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMinimum(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_minimum_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSoftplus(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_mean_softplus_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSigmoid(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_mean_sigmoid_f64(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSigmoidSlope(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int,
    _ a: UnsafePointer<Double>, _ aStrides: Strides, _ b: UnsafePointer<Double>, _ bStrides: Strides
  ) {
    wb_mean_sigmoid_slope_f64(
      out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelExpand(
    _ out: UnsafeMutablePointer<Double>, rows: Int, draws: Int, _ input: UnsafePointer<Double>,
    _ strides: Strides
  ) {
    wb_expand_f64(out, rows, draws, input, strides.row, strides.draw)
  }

  @inlinable
  public static func kernelSumRows(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, rows: Int, draws: Int
  ) {
    wb_sum_rows_f64(out, input, rows, draws)
  }

  @inlinable
  public static func kernelSumDraws(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, rows: Int, draws: Int
  ) {
    wb_sum_draws_f64(out, input, rows, draws)
  }

  @inlinable
  public static func kernelMaxRows(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, rows: Int, draws: Int
  ) {
    wb_max_rows_f64(out, input, rows, draws)
  }

  @inlinable
  public static func kernelLogSumExpRows(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, rows: Int, draws: Int
  ) {
    wb_log_sum_exp_rows_f64(out, input, rows, draws)
  }

  @inlinable
  public static func kernelSum(_ input: UnsafePointer<Double>, _ count: Int) -> Double {
    wb_sum_f64(input, count)
  }

  @inlinable
  public static func kernelDot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double
  {
    wb_dot_f64(a, b, count)
  }

  @inlinable
  public static func kernelAllFinite(_ input: UnsafePointer<Double>, _ count: Int) -> Bool {
    wb_all_finite_f64(input, count) != 0
  }

  @inlinable
  public static func kernelGatherRows(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ index: UnsafePointer<Int32>,
    rows: Int, draws: Int
  ) {
    wb_gather_rows_f64(out, input, index, rows, draws)
  }

  @inlinable
  public static func kernelScatterAddRows(
    _ out: UnsafeMutablePointer<Double>, _ input: UnsafePointer<Double>, _ index: UnsafePointer<Int32>,
    rows: Int, draws: Int
  ) {
    wb_scatter_add_rows_f64(out, input, index, rows, draws)
  }

  @inlinable
  public static func kernelNormals(
    _ out: UnsafeMutablePointer<Double>, dimension: Int, draws: Int, firstDraw: Int,
    seed: UInt64, purpose: UInt32, step: UInt64
  ) {
    wb_normals_f64(out, dimension, draws, firstDraw, seed, purpose, step)
  }

  @inlinable
  public static func kernelUniforms(
    _ out: UnsafeMutablePointer<Double>, _ count: Int, seed: UInt64, purpose: UInt32, step: UInt64
  ) {
    wb_uniforms_f64(out, count, seed, purpose, step)
  }

  @inlinable
  public static func kernelLaneNormals(
    _ out: UnsafeMutablePointer<Double>, dimension: Int, draws: Int, lanes: Int,
    seeds: UnsafePointer<UInt64>, purpose: UInt32, steps: UnsafePointer<UInt64>
  ) {
    wb_lane_normals_f64(out, dimension, draws, lanes, seeds, purpose, steps)
  }

  @inlinable
  public static func kernelAdam(
    _ x: UnsafeMutablePointer<Double>, gradient: UnsafePointer<Double>, first: UnsafeMutablePointer<Double>,
    second: UnsafeMutablePointer<Double>, rows: Int, lanes: Int, rates: UnsafePointer<Double>,
    powers1: UnsafePointer<Double>, powers2: UnsafePointer<Double>, beta1: Double, beta2: Double,
    epsilon: Double
  ) {
    wb_adam_f64(
      x, first, second, gradient, rows, lanes, rates, powers1, powers2, beta1, beta2, epsilon)
  }

  @inlinable
  public static func kernelInverse(
    _ out: UnsafeMutablePointer<Double>, _ matrix: UnsafePointer<Double>,
    factor: UnsafeMutablePointer<Double>,
    size: Int
  ) {
    wb_inverse_f64(out, matrix, factor, size, 1)
  }

  @inlinable
  public static func kernelLogDeterminant(
    _ out: UnsafeMutablePointer<Double>, _ matrix: UnsafePointer<Double>,
    factor: UnsafeMutablePointer<Double>,
    size: Int
  ) {
    wb_log_determinant_f64(out, matrix, factor, size, 1)
  }

  @inlinable
  public static func kernelReplay(
    _ calls: UnsafePointer<wb_call>, _ count: Int, _ arena: UnsafeMutablePointer<Double>,
    indices: UnsafePointer<Int32>, lanes: Int, picked: UnsafePointer<wb_picked_rows>
  ) {
    wb_replay_f64(calls, count, arena, indices, lanes, picked)
  }
}
