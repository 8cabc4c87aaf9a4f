import Tracking

/// A mean over seeds, in nats, and its error: that of the seeds and that of the draws, which are the same for all seeds, so that their errors
/// do not average out.
struct SeedMean: Sendable, Hashable {
  let mean: Double
  let error: Double

  /// - Parameter errors: those of the draws of each value.
  init(_ values: [Double], _ errors: [Double]) {
    let count = Double(values.count)
    mean = values.reduce(0, +) / count
    var spread = 0.0
    for value in values { spread += (value - mean) * (value - mean) }
    let ofSeeds = values.count > 1 ? spread / (count - 1) / count : 0
    let ofDraws = errors.reduce(0) { $0 + $1 * $1 } / count
    error = (ofSeeds + ofDraws).squareRoot()
  }

  /// Of the yardstick.
  init(elboOf runs: [RunSummary]) {
    self.init(
      runs.map { $0.outcome?.yardstick?.elbo ?? .nan }, runs.map { $0.outcome?.elboStandardError ?? 0 })
  }

  private init(mean: Double, error: Double) {
    self.mean = mean
    self.error = error
  }

  /// Of two whose errors have nothing to do with each other.
  static func - (a: SeedMean, b: SeedMean) -> SeedMean {
    SeedMean(mean: a.mean - b.mean, error: root(a.error, b.error))
  }

  /// √(a² + b²).
  static func root(_ a: Double, _ b: Double) -> Double { (a * a + b * b).squareRoot() }

  var text: String {
    "\(NumberText.rounded(mean, figures: 2)) nats (se \(NumberText.rounded(error, figures: 2)))"
  }
}
