import NumericArrays
import ReverseTape

/// The latents of a conditionally conjugate model, independent under q: each factor's optimum has as its natural parameters the slopes of
/// E_q[log p(z) + log p(x|z) / β] in its own expected statistics (Hoffman et al. 2013, eq. 13).
struct ConjugateFactors: Factors {
  private let factors: [any ExponentialFactor]
  /// The slope in each factor's slot.
  private let slopes: Evaluator<Double>
  /// φ of each factor.
  private var own: [[Double]]

  /// - Parameter start: φ of `ConjugateFamily`.
  init(_ model: some ConditionallyConjugate, start: [Double], beta: Double) {
    factors = model.latents.map(\.factor)
    var first = 0
    own = factors.map { factor in
      defer { first += factor.parameterCount }
      return Array(start[first..<first + factor.parameterCount])
    }
    let tape = Tape(draws: 1)
    let slots = factors.enumerated().map { tape.slot(Slot(Self.slotName($0), Shape($1.slotCount))) }
    let statistics = LatentStatistics(
      Dictionary(
        uniqueKeysWithValues: zip(model.latents, zip(factors, slots)).map { latent, factor in
          (latent.name, factor.0.statistic(in: factor.1))
        }))
    let likelihood = model.logLikelihood(statistics, ObservedRows(all: model.rows, on: tape))
    let prior = model.logPrior(statistics)
    let joint = likelihood * (1 / beta) + (statistics.logJacobian.map { prior + $0 } ?? prior)
    slopes = Evaluator(Program(tape, outputs: tape.gradient(of: joint, withRespectTo: slots)))
  }

  var count: Int { factors.count }
  var parameters: [Double] { own.flatMap(\.self) }

  mutating func set(_ index: Int) {
    let values = zip(factors, own).map { $0.slotValues(at: $1) }
    for (place, values) in values.enumerated() {
      _ = slopes.slot(Self.slotName(place))?.update(fromContentsOf: values)
    }
    slopes.run()
    own[index] = factors[index].parameters(slope: Array(slopes.output(index)), slotValues: values[index])
  }

  private static func slotName(_ index: Int) -> String { "statistics.\(index)" }
}
