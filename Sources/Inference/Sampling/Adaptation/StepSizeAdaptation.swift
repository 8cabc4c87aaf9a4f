import NumericArrays

/// The step size of a Hamiltonian trajectory, learned by dual averaging (Hoffman & Gelman 2014, algorithm 5, with its constants).
struct StepSizeAdaptation {
  private static let shrinkage = 0.05
  private static let decay = 0.75
  private static let delay = 10.0

  private let target: Double
  private(set) var size: Double
  private var anchor: Double
  private var error = 0.0
  private var logAverage = 0.0
  private var count = 0.0

  init(target: Double, size: Double) {
    self.target = target
    self.size = size
    anchor = SpecialFunctions.log(10 * size)
  }

  /// Begins anew from a step size that is about right.
  mutating func restart(at size: Double) {
    self = StepSizeAdaptation(target: target, size: size)
  }

  /// Takes the mean acceptance of a trajectory into account.
  mutating func learn(acceptance: Double) {
    count += 1
    let weight = 1 / (count + Self.delay)
    error = (1 - weight) * error + weight * (target - min(1, acceptance))
    let logSize = anchor - error * count.squareRoot() / Self.shrinkage
    let share = SpecialFunctions.exp(-Self.decay * SpecialFunctions.log(count))
    logAverage = share * logSize + (1 - share) * logAverage
    size = SpecialFunctions.exp(logSize)
  }

  /// Ends learning: the averaged step size is used from here on.
  mutating func settle() {
    if count > 0 { size = SpecialFunctions.exp(logAverage) }
  }
}
