import Foundation
import NumericArrays

/// Where a run of averaged iterates is: the moments and iterates at its learning rate, and the rates before.
struct AveragedAscent {
  private let optimizer: RobustAutomatedAscent
  private let firstRate: Double
  private var momentum: [Double]
  private var squares: [Double]
  /// At this rate.
  private var updates = 0
  private var search: FixedRateSearch
  private var history = RateHistory()
  /// The average at the last rate that has ended; empty where there is none.
  private var reached: [Double] = []

  init(_ optimizer: RobustAutomatedAscent, _ family: any FactoredGaussian, count: Int) {
    self.optimizer = optimizer
    firstRate = optimizer.firstRate(of: family)
    momentum = [Double](repeating: 0, count: count)
    squares = momentum
    search = FixedRateSearch(count: count)
  }

  /// What a rate falls by so far.
  private var factor: Double { history.rates.reduce(1) { factor, _ in factor * optimizer.decay } }
  private var rate: Double { firstRate * factor }

  /// Averaged Adam: m ← β₁ m + (1 − β₁) g, v the mean of g² so far, φ ← φ + γ m / ((1 − β₁ᵗ) √v).
  mutating func move(
    _ parameters: UnsafeMutableBufferPointer<Double>, _ gradient: UnsafeBufferPointer<Double>
  ) {
    updates += 1
    let share = 1 / Double(updates)
    let rate = rate / (1 - Foundation.pow(optimizer.beta1, Double(updates)))
    for index in parameters.indices {
      let slope = gradient[gradient.count == 1 ? 0 : index]
      momentum[index] += (1 - optimizer.beta1) * (slope - momentum[index])
      squares[index] += share * (slope * slope - squares[index])
      parameters[index] += rate * momentum[index] / (squares[index].squareRoot() + 1e-8)
    }
  }

  /// Takes the iterate that the last update has led to; the average, once it is accurate.
  mutating func observe(_ iterate: UnsafeMutableBufferPointer<Double>, logScales: Range<Int>) -> [Double]? {
    guard updates > 0 else { return nil }
    return search.append(
      iterate, window: optimizer.window, standardError: optimizer.standardError * factor,
      logScales: logScales)
  }

  /// What is said where a rate has ended.
  struct Verdict {
    var rate: Double
    var steps: Int
    /// The symmetrized KL from the average at the last rate.
    var divergence: Double?
    /// What is left of it to the optimum.
    var left: Double?
    var inefficiency: Double?
    var isTerminal: Bool

    func points(step: Int) -> [MetricPoint] {
      let values: [(String, Double?)] = [
        ("learning_rate", rate), ("rate_steps", Double(steps)), ("symmetrized_kl", divergence),
        ("symmetrized_kl_left", left), ("inefficiency", inefficiency),
      ]
      return values.compactMap { name, value in value.map { MetricPoint(name, step: step, $0) } }
    }
  }

  /// Ends the rate with its accurate average, and begins the next.
  mutating func finishRate(_ average: [Double], _ family: any FactoredGaussian, _ model: any Model) -> Verdict
  {
    let divergence =
      reached.isEmpty ? nil : family.symmetrizedDivergence(reached, average, in: model)
    var verdict = Verdict(rate: rate, steps: updates, divergence: divergence, isTerminal: false)
    history.append(rate: rate, steps: updates, divergence: divergence)
    if let decline = history.decline(decay: optimizer.decay, kappa: optimizer.kappa) {
      verdict.left = decline.divergence(atRate: verdict.rate)
      verdict.inefficiency = history.inefficiency(
        decline, decay: optimizer.decay, accuracy: optimizer.accuracy, smallSteps: optimizer.smallSteps)
      verdict.isTerminal = verdict.inefficiency.map { $0 > optimizer.inefficiency } ?? false
    }
    reached = average
    updates = 0
    search = FixedRateSearch(count: average.count)
    for index in momentum.indices {
      momentum[index] = 0
      squares[index] = 0
    }
    return verdict
  }

  // MARK: Ends

  /// φ as it is known best: the average of the stationary iterates at this rate, that of the last rate, or of the last half of the first
  /// rate's iterates; nil before the first update.
  var best: [Double]? { search.average ?? (reached.isEmpty ? search.lastHalf : reached) }

  /// Why there is no verdict yet, as the rest of a sentence.
  var obstacle: String {
    let what =
      updates == 0
      ? "is not begun"
      : search.discarded == nil ? "has no stationary iterates yet" : "has no accurate average yet"
    return "the learning rate \(rate.shortest) \(what); give it more steps"
  }
}

extension AveragedAscent {
  /// Adds the place to a state.
  func save(into state: inout FitState) {
    state.numbers[FitLane.Key.moments] = momentum + squares
    state.numbers["updates"] = [Double(updates)]
    state.numbers["reached"] = reached
    search.save(into: &state, prefix: "iterates.")
    history.save(into: &state)
  }

  /// nil where the state lacks some of it.
  init?(
    _ state: FitState, _ optimizer: RobustAutomatedAscent, _ family: any FactoredGaussian, count: Int
  ) {
    guard count > 0, let moments = state.numbers[FitLane.Key.moments], moments.count == 2 * count,
      let updates = state.count("updates"), let reached = state.numbers["reached"],
      let search = FixedRateSearch(state, prefix: "iterates.", count: count),
      let history = RateHistory(state), reached.count == (history.rates.isEmpty ? 0 : count)
    else { return nil }
    self.optimizer = optimizer
    firstRate = optimizer.firstRate(of: family)
    momentum = Array(moments.prefix(count))
    squares = Array(moments.suffix(count))
    self.updates = updates
    self.search = search
    self.history = history
    self.reached = reached
  }
}
