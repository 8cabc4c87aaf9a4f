import CKernels

/// The parts of an E-step of a mixture of Gaussians, each for a block of data `[width, columns]`.
///
/// The number of columns is a multiple of `lanes`. Nothing overlaps.
package enum MixtureKernels {
  /// The lanes of sums over columns: column c is in lane c mod 8.
  package static let lanes = Int(WB_MIXTURE_LANES)

  /// y = x − center for the first `count` columns of data `[width, …]` whose columns are `stride` apart; 0 in the others.
  package static func center(
    _ y: UnsafeMutablePointer<Double>, _ x: UnsafePointer<Double>, stride: Int, center: UnsafePointer<Double>,
    width: Int, columns: Int, count: Int
  ) {
    wb_mixture_center(y, x, stride, center, width, columns, count)
  }

  /// ‖A (y − mean)‖² `[columns]` for a lower triangular A `[width, width]`.
  ///
  /// - Parameters:
  ///   - room: for `[width, 4, lanes]`.
  ///   - next: data `[width, columns]`, their columns `stride` apart, which meanwhile come into the processor's cache.
  package static func distances(
    _ out: UnsafeMutablePointer<Double>, _ y: UnsafePointer<Double>, mean: UnsafePointer<Double>,
    factor: UnsafePointer<Double>, width: Int, columns: Int, room: UnsafeMutablePointer<Double>,
    next: UnsafePointer<Double>?, stride: Int
  ) {
    wb_mixture_distances(out, y, mean, factor, width, columns, room, next, stride)
  }

  /// The responsibilities `[components, columns]` exp(constant − τ Δ / 2) over their sum, of squared distances Δ
  /// `[components, columns]`, and the logs of the sums `[columns]`, which are added to the lanes of `sums`. Columns from `count`
  /// on become 0 and add nothing.
  ///
  /// - Parameter room: for `[columns]`.
  package static func shares(
    _ shares: UnsafeMutablePointer<Double>, logNormalizers: UnsafeMutablePointer<Double>,
    sums: UnsafeMutablePointer<Double>, distances: UnsafePointer<Double>, constants: UnsafePointer<Double>,
    inverseTemperature: Double, components: Int, columns: Int, count: Int, room: UnsafeMutablePointer<Double>
  ) {
    wb_mixture_shares(
      shares, logNormalizers, sums, distances, constants, inverseTemperature, components, columns, count, room
    )
  }

  /// Adds to `sums` `[3, lanes]` what is expected under responsibilities: of the log density log_scale − Δ / 2, of the log
  /// weight, and of log weight + τ log density − log normalizer.
  package static func addExpectations(
    _ sums: UnsafeMutablePointer<Double>, shares: UnsafePointer<Double>, distances: UnsafePointer<Double>,
    logNormalizers: UnsafePointer<Double>, logWeights: UnsafePointer<Double>,
    logScales: UnsafePointer<Double>, inverseTemperature: Double, components: Int, columns: Int
  ) {
    wb_mixture_expectations(
      sums, shares, distances, logNormalizers, logWeights, logScales, inverseTemperature, components, columns)
  }

  /// Adds to `sums` `[1 + width + width · width, lanes]` the shares r `[columns]`, r y and the lower triangle of r y yᵀ, the
  /// rest of which is left to chance.
  ///
  /// - Parameter room: for `[4, columns]`.
  package static func addMoments(
    _ sums: UnsafeMutablePointer<Double>, shares: UnsafePointer<Double>, _ y: UnsafePointer<Double>,
    width: Int, columns: Int, room: UnsafeMutablePointer<Double>
  ) {
    wb_mixture_add_moments(sums, shares, y, width, columns, room)
  }
}
