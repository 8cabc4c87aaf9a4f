import ReverseTape

/// Where a run is between two steps: all that its path depends on from there, so that it goes on to the bits that it would have
/// had.
public struct FitState: Sendable {
  /// What was recorded before this step stays; what goes on records from it on.
  public var step: Int
  /// Numbers by name. Singles are kept as the doubles that they are equal to.
  public var numbers: [String: [Double]]
  public var texts: [String: String]

  public init(step: Int, numbers: [String: [Double]] = [:], texts: [String: String] = [:]) {
    self.step = step
    self.numbers = numbers
    self.texts = texts
  }

  /// The only number of a name; nil where there is not exactly one.
  func number(_ name: String) -> Double? {
    guard let values = numbers[name], values.count == 1 else { return nil }
    return values[0]
  }

  /// The whole number of a name, from 0 on; nil where it is none.
  func count(_ name: String) -> Int? {
    number(name).flatMap(Int.init(exactly:)).flatMap { $0 < 0 ? nil : $0 }
  }
}

extension FitPlan {
  /// Whether a run of this plan can go on from a state: it has the numbers that the plan needs.
  public func canGoOn(from state: FitState) -> Bool {
    switch engine {
    case .gradient(let optimizer, let program):
      let count = program.parameterCount
      let averages = state.numbers[FitLane.Key.average]?.count
      return count > 0 && (1...settings.steps).contains(state.step)
        && state.numbers[FitLane.Key.parameters]?.count == count
        && state.numbers[FitLane.Key.moments]?.count == count * type(of: optimizer).momentCount
        && state.numbers[FitLane.Key.powers]?.count == optimizer.decays.count
        && (settings.pilot == nil || state.number(FitLane.Key.pilotRate) != nil)
        && [0, count].contains(averages) && state.number(FitLane.Key.averaged) != nil
        && (program.constraint == nil || Multiplier.isIn(state))
        && program.takesCarried(state)
        && PathRates<Double>.takes(state, optimizer.rule, count: count)
        && IdentityCheck(program.layout, program.program.draws, settings.precision).takes(state, prefix: "")
    case .averaging(let optimizer, let program):
      guard case .inference(let task) = settings.task, let family = task.family as? any FactoredGaussian
      else { return false }
      let count = program.parameterCount
      return (1...settings.steps).contains(state.step)
        && state.numbers[FitLane.Key.parameters]?.count == count
        && program.takesCarried(state)
        && AveragedAscent(state, optimizer, family, count: count) != nil
        && IdentityCheck(program.layout, program.program.draws, settings.precision).takes(state, prefix: "")
    case .expectationMaximization(let optimizer, let programs):
      return HalfSteps.Progress(state, programs, starts: optimizer.starts) != nil
    // Samplers and ascents are not saved: they start again.
    case .sampling, .finding, .deterministic, .coordinates: return false
    }
  }
}
