public import CKernels

/// Forwards to the C kernels.
extension Float: KernelScalar {
  @inlinable
  public static func kernelNegate(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_negate_f32(out, input, count)
  }

  @inlinable
  public static func kernelExp(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_exp_f32(out, input, count)
  }

  @inlinable
  public static func kernelLog(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_log_f32(out, input, count)
  }

  @inlinable
  public static func kernelLog1p(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_log1p_f32(out, input, count)
  }

  @inlinable
  public static func kernelExpm1(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_expm1_f32(out, input, count)
  }

  @inlinable
  public static func kernelSquareRoot(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_sqrt_f32(out, input, count)
  }

  @inlinable
  public static func kernelSquare(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_square_f32(out, input, count)
  }

  @inlinable
  public static func kernelReciprocal(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_reciprocal_f32(out, input, count)
  }

  @inlinable
  public static func kernelTanh(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_tanh_f32(out, input, count)
  }

  @inlinable
  public static func kernelSigmoid(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_sigmoid_f32(out, input, count)
  }

  @inlinable
  public static func kernelSoftplus(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_softplus_f32(out, input, count)
  }

  @inlinable
  public static func kernelSin(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_sin_f32(out, input, count)
  }

  @inlinable
  public static func kernelCos(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_cos_f32(out, input, count)
  }

  @inlinable
  public static func kernelAbsolute(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_abs_f32(out, input, count)
  }

  @inlinable
  public static func kernelSign(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_sign_f32(out, input, count)
  }

  @inlinable
  public static func kernelRelu(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_relu_f32(out, input, count)
  }

  @inlinable
  public static func kernelStep(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_step_f32(out, input, count)
  }

  @inlinable
  public static func kernelLogGamma(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_log_gamma_f32(out, input, count)
  }

  @inlinable
  public static func kernelDigamma(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_digamma_f32(out, input, count)
  }

  @inlinable
  public static func kernelTrigamma(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ count: Int
  ) {
    wb_trigamma_f32(out, input, count)
  }

  @inlinable
  public static func kernelAdd(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_add_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelSubtract(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_subtract_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMultiply(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_multiply_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelDivide(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_divide_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMaximum(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_maximum_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMinimum(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_minimum_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSoftplus(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_mean_softplus_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSigmoid(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_mean_sigmoid_f32(out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelMeanSigmoidSlope(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int,
    _ a: UnsafePointer<Float>, _ aStrides: Strides, _ b: UnsafePointer<Float>, _ bStrides: Strides
  ) {
    wb_mean_sigmoid_slope_f32(
      out, rows, draws, a, aStrides.row, aStrides.draw, b, bStrides.row, bStrides.draw)
  }

  @inlinable
  public static func kernelExpand(
    _ out: UnsafeMutablePointer<Float>, rows: Int, draws: Int, _ input: UnsafePointer<Float>,
    _ strides: Strides
  ) {
    wb_expand_f32(out, rows, draws, input, strides.row, strides.draw)
  }

  @inlinable
  public static func kernelSumRows(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, rows: Int, draws: Int
  ) {
    wb_sum_rows_f32(out, input, rows, draws)
  }

  @inlinable
  public static func kernelSumDraws(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, rows: Int, draws: Int
  ) {
    wb_sum_draws_f32(out, input, rows, draws)
  }

  @inlinable
  public static func kernelMaxRows(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, rows: Int, draws: Int
  ) {
    wb_max_rows_f32(out, input, rows, draws)
  }

  @inlinable
  public static func kernelLogSumExpRows(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, rows: Int, draws: Int
  ) {
    wb_log_sum_exp_rows_f32(out, input, rows, draws)
  }

  @inlinable
  public static func kernelSum(_ input: UnsafePointer<Float>, _ count: Int) -> Float {
    wb_sum_f32(input, count)
  }

  @inlinable
  public static func kernelDot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    wb_dot_f32(a, b, count)
  }

  @inlinable
  public static func kernelAllFinite(_ input: UnsafePointer<Float>, _ count: Int) -> Bool {
    wb_all_finite_f32(input, count) != 0
  }

  @inlinable
  public static func kernelGatherRows(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ index: UnsafePointer<Int32>,
    rows: Int, draws: Int
  ) {
    wb_gather_rows_f32(out, input, index, rows, draws)
  }

  @inlinable
  public static func kernelScatterAddRows(
    _ out: UnsafeMutablePointer<Float>, _ input: UnsafePointer<Float>, _ index: UnsafePointer<Int32>,
    rows: Int, draws: Int
  ) {
    wb_scatter_add_rows_f32(out, input, index, rows, draws)
  }

  @inlinable
  public static func kernelNormals(
    _ out: UnsafeMutablePointer<Float>, dimension: Int, draws: Int, firstDraw: Int,
    seed: UInt64, purpose: UInt32, step: UInt64
  ) {
    wb_normals_f32(out, dimension, draws, firstDraw, seed, purpose, step)
  }

  @inlinable
  public static func kernelUniforms(
    _ out: UnsafeMutablePointer<Float>, _ count: Int, seed: UInt64, purpose: UInt32, step: UInt64
  ) {
    wb_uniforms_f32(out, count, seed, purpose, step)
  }

  @inlinable
  public static func kernelLaneNormals(
    _ out: UnsafeMutablePointer<Float>, dimension: Int, draws: Int, lanes: Int,
    seeds: UnsafePointer<UInt64>, purpose: UInt32, steps: UnsafePointer<UInt64>
  ) {
    wb_lane_normals_f32(out, dimension, draws, lanes, seeds, purpose, steps)
  }

  @inlinable
  public static func kernelAdam(
    _ x: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>, rows: Int, lanes: Int, rates: UnsafePointer<Float>,
    powers1: UnsafePointer<Double>, powers2: UnsafePointer<Double>, beta1: Float, beta2: Float, epsilon: Float
  ) {
    wb_adam_f32(
      x, first, second, gradient, rows, lanes, rates, powers1, powers2, beta1, beta2, epsilon)
  }

  @inlinable
  public static func kernelInverse(
    _ out: UnsafeMutablePointer<Float>, _ matrix: UnsafePointer<Float>, factor: UnsafeMutablePointer<Float>,
    size: Int
  ) {
    wb_inverse_f32(out, matrix, factor, size, 1)
  }

  @inlinable
  public static func kernelLogDeterminant(
    _ out: UnsafeMutablePointer<Float>, _ matrix: UnsafePointer<Float>, factor: UnsafeMutablePointer<Float>,
    size: Int
  ) {
    wb_log_determinant_f32(out, matrix, factor, size, 1)
  }

  @inlinable
  public static func kernelReplay(
    _ calls: UnsafePointer<wb_call>, _ count: Int, _ arena: UnsafeMutablePointer<Float>,
    indices: UnsafePointer<Int32>, lanes: Int, picked: UnsafePointer<wb_picked_rows>
  ) {
    wb_replay_f32(calls, count, arena, indices, lanes, picked)
  }
}
