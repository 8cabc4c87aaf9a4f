import NumericArrays
import ReverseTape

/// The density that a sampler draws from, up to its normaliser: p(z) p(x|z)^(1/β) on the unconstrained scale, with its gradient and
/// what a reader is told of a point.
struct PosteriorDensity: Sendable {
  /// The number of unconstrained latents.
  let dimension: Int
  let variableNames: [String]
  /// Outputs: the log density, its gradient; then the log joint, the log likelihood (or zero where it cannot be told apart) and
  /// the variables.
  private let program: Program

  private static let point = "point"

  /// - Parameter beta: of p(x|z)^(1/β); 1 where prior and likelihood cannot be told apart.
  init(_ model: any Model, beta: Double) {
    dimension = model.dimension
    variableNames = model.variableNames
    let tape = Tape(draws: 1)
    let z = tape.slot(Slot(Self.point, Shape(model.dimension)))
    let draw = LatentDraw(z, latents: model.latents)
    func unconstrained(_ density: Traced) -> Traced { draw.logJacobian.map { density + $0 } ?? density }
    let joint: Traced
    let likelihood: Traced
    let target: Traced
    if model.opaqueReason != nil {
      joint = unconstrained(model.logJoint(draw))
      likelihood = tape.constant(0)
      target = joint
    } else {
      likelihood = model.logLikelihood(draw, ObservedRows(all: model.rows, on: tape))
      let prior = unconstrained(model.logPrior(draw))
      joint = prior + likelihood
      target = beta == 1 ? joint : prior + (1 / beta) * likelihood
    }
    let total = target.meanOverDraws()
    let gradient = tape.gradient(of: total, withRespectTo: [z])[0]
    program = Program(
      tape, outputs: [total, gradient],
      further: [joint.meanOverDraws(), likelihood.meanOverDraws(), model.variables(draw).meanOverDraws()])
  }

  /// Evaluates points, one at a time.
  final class Evaluation: AscendedFunction {
    private let evaluator: Evaluator<Double>
    private let slot: UnsafeMutableBufferPointer<Double>
    /// How many gradients were taken.
    private(set) var count = 0

    init(_ density: PosteriorDensity) {
      evaluator = Evaluator<Double>(density.program)
      slot = evaluator.slot(PosteriorDensity.point) ?? UnsafeMutableBufferPointer(start: nil, count: 0)
    }

    /// The log density at z, whose gradient goes into `gradient`.
    func logDensity(_ z: [Double], gradient: inout [Double]) -> Double {
      for index in slot.indices { slot[index] = z[index] }
      evaluator.run()
      let slopes = evaluator.output(1)
      for index in gradient.indices { gradient[index] = slopes[slopes.count == 1 ? 0 : index] }
      count += 1
      return evaluator.output(0)[0]
    }

    func value(at point: [Double], gradient: inout [Double]) -> Double {
      logDensity(point, gradient: &gradient)
    }

    /// log p(x, z), log p(x|z) and the variables at z.
    func described(_ z: [Double]) -> (joint: Double, likelihood: Double, variables: [Double]) {
      for index in slot.indices { slot[index] = z[index] }
      evaluator.run()
      evaluator.runFurther()
      return (evaluator.output(2)[0], evaluator.output(3)[0], Array(evaluator.output(4)))
    }
  }
}
