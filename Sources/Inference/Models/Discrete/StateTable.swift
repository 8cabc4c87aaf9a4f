import NumericArrays
import ReverseTape

/// Every state of some discrete latents, with the log densities there: S numbers each, the last latent's value changing fastest.
public struct StateTable: Sendable {
  /// More than this are not enumerated.
  package static let mostStates = 65_536
  /// How many are evaluated at once.
  private static let block = 4096

  /// One latent: where its numbers are in z, and how many values it has.
  struct Factor: Hashable, Sendable {
    var place: Int
    var valueCount: Int
    /// Whether it has one number, 0 or 1, rather than one for each value.
    var isBinary: Bool

    /// Where a value's number is in z; nil where the value is that all of them are 0.
    func place(of value: Int) -> Int? { isBinary ? (value == 1 ? place : nil) : place + value }
  }

  let factors: [Factor]
  package let logLikelihood: [Double]
  package let logPrior: [Double]
  /// log Σ p(x, z).
  package let logEvidence: Double
  /// p(z given x) of each state.
  package let posterior: [Double]
  /// The posterior means of z's numbers `[D]`.
  package let marginals: [Double]

  var count: Int { logPrior.count }

  /// No latents: one state of probability 1.
  init() {
    factors = []
    logLikelihood = [0]
    logPrior = [0]
    logEvidence = 0
    posterior = [1]
    marginals = []
  }

  /// The states of a model's latents, evaluated by its own densities, which do not ask for the table.
  init(of model: any Model) {
    let factors = Self.factors(model.latents)
    self.factors = factors
    let count = factors.reduce(1) { $0 * $1.valueCount }
    let width = min(count, Self.block)
    let tape = Tape(draws: width)
    let z = tape.slot(Slot("z", Shape(model.dimension), .perDraw))
    let draw = LatentDraw(z, latents: model.latents)
    let densities = [
      model.logLikelihood(draw, ObservedRows(all: model.rows, on: tape)), model.logPrior(draw),
    ]
    let program = Program(
      tape, outputs: densities.map { $0.expanded(to: Layout(.scalar, .perDraw)) })
    let evaluator = Evaluator<Double>(program)
    var (likelihood, prior): ([Double], [Double]) = ([], [])
    for first in stride(from: 0, to: count, by: width) {
      let taken = min(width, count - first)
      if let slot = evaluator.slot("z") {
        for index in slot.indices { slot[index] = 0 }
        for place in 0..<width {
          // Places without a state hold the first one.
          let state = place < taken ? first + place : 0
          for (factor, value) in zip(factors, Self.values(of: state, factors)) {
            if let number = factor.place(of: value) { slot[number * width + place] = 1 }
          }
        }
      }
      evaluator.run()
      likelihood += evaluator.output(0).prefix(taken)
      prior += evaluator.output(1).prefix(taken)
    }
    logLikelihood = likelihood
    logPrior = prior
    let joint = zip(likelihood, prior).map(+)
    var sum = LogSum()
    for value in joint { sum.add(value) }
    let evidence = sum.value
    let shares = joint.map { SpecialFunctions.exp($0 - evidence) }
    logEvidence = evidence
    posterior = shares
    var marginals = [Double](repeating: 0, count: model.dimension)
    for (state, share) in shares.enumerated() {
      for (factor, value) in zip(factors, Self.values(of: state, factors)) {
        if let number = factor.place(of: value) { marginals[number] += share }
      }
    }
    self.marginals = marginals
  }

  /// The latents of z one by one.
  static func factors(_ latents: [Latent]) -> [Factor] {
    var factors: [Factor] = []
    var start = 0
    for latent in latents {
      guard let values = latent.support.valueCount else {
        preconditionFailure("'\(latent.name)' takes more values than can be counted")
      }
      let width = latent.support.numberCount
      for place in stride(from: start, to: start + latent.count, by: width) {
        factors.append(Factor(place: place, valueCount: values, isBinary: width == 1))
      }
      start += latent.count
    }
    return factors
  }

  /// The value of each latent in a state.
  static func values(of state: Int, _ factors: [Factor]) -> [Int] {
    var rest = state
    var values = [Int](repeating: 0, count: factors.count)
    for index in factors.indices.reversed() {
      values[index] = rest % factors[index].valueCount
      rest /= factors[index].valueCount
    }
    return values
  }

  /// Refuses latents with more states than are enumerated.
  static func check(values: Int, latents: Int, option: String) throws(SettingsProblem) {
    var count = 1
    for _ in 0..<latents where count <= mostStates { count *= values }
    guard count > mostStates else { return }
    throw SettingsProblem(
      path: [option],
      what: "there are \(latents) latents of \(values) values, whose states are too many to look at",
      fix: "use fewer: \(mostStates) states at most")
  }

  /// log p − log(1 − p), within ±30: what a probability of 0 or 1 is as an exponent.
  static func logit(_ p: Double) -> Double {
    max(-30, min(30, SpecialFunctions.log(p) - SpecialFunctions.log(1 - p)))
  }
}
