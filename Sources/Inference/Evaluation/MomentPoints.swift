/// The recorded means and standard deviations of a posterior's variables, however they were found, and their distances to a reference.
///
/// `posterior_mean[NAME]` and `posterior_sd[NAME]`; where a reference is known, also `posterior_mean_error[NAME]` and
/// `posterior_sd_error[NAME]`, the differences to it in units of its standard deviation, and the largest of each by magnitude,
/// without a name.
struct MomentPoints {
  /// More variables than this are not recorded one by one.
  static let mostVariables = 1000

  private let reference: ReferenceMoments?
  private let step: Int
  private var points: [MetricPoint] = []
  private var largest: (mean: Double, sd: Double)?

  init(_ reference: ReferenceMoments?, step: Int) {
    self.reference = reference
    self.step = step
  }

  mutating func add(_ name: String, mean: Double, sd: Double) {
    points.append(MetricPoint("posterior_mean[\(name)]", step: step, mean))
    points.append(MetricPoint("posterior_sd[\(name)]", step: step, sd))
    guard let known = reference?.variables[name], known.sd > 0 else { return }
    let errors = (mean: (mean - known.mean) / known.sd, sd: (sd - known.sd) / known.sd)
    points.append(MetricPoint("posterior_mean_error[\(name)]", step: step, errors.mean))
    points.append(MetricPoint("posterior_sd_error[\(name)]", step: step, errors.sd))
    largest = (max(largest?.mean ?? 0, abs(errors.mean)), max(largest?.sd ?? 0, abs(errors.sd)))
  }

  /// Those of every variable that was added, then the largest errors.
  var all: [MetricPoint] {
    guard let largest else { return points }
    return points + [
      MetricPoint("posterior_mean_error", step: step, largest.mean),
      MetricPoint("posterior_sd_error", step: step, largest.sd),
    ]
  }
}
