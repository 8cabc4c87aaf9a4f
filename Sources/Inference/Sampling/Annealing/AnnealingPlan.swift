/// How particles are led from a Gaussian to the posterior.
///
/// A system of one particle is a chain of annealed importance sampling, one of several is sequential Monte Carlo; each estimates the
/// evidence by itself.
struct AnnealingPlan {
  /// Independent systems of particles.
  var systems: Int
  var particles: Int
  /// Transitions at each temperature.
  var moves: Int
  var leapfrogSteps: Int
  var start: AnnealingStart
  /// The sd of the start in units of the fitted Gaussian's.
  var spread: Double
  /// By which the pilot chooses temperatures.
  var conditionalSize: Double
  /// How many temperatures there are; nil: those of the pilot.
  var temperatures: Int?
  /// Whether systems that start at draws from the posterior bound the evidence from above.
  var isBracketed: Bool
}

/// The Gaussian that the path starts at.
public enum AnnealingStart: String, CaseIterable, Sendable {
  /// Pathfinder's, made wider.
  case fitted
  /// The run's `initial`.
  case initial

  static let help = "the Gaussian that the path starts at: one fitted by Pathfinder, or the run's initial one"
}

/// What random numbers are for. Two phases never share one.
enum AnnealingPhase: UInt64 {
  case pilot = 1
  case forward
  /// Paths back from the posterior, and the systems that hold them.
  case backward
  case conditional
}
