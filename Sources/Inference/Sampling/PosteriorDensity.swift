import NumericArrays
import ReverseTape

/// The density that a sampler draws from, up to its normaliser: p(z) p(x|z)^(1/β) on the unconstrained scale, with its gradient and
/// what a reader is told of a point.
struct PosteriorDensity: Sendable {
  /// The number of unconstrained latents.
  let dimension: Int
  let variableNames: [String]
  /// How many points the program holds at once.
  private let points: Int
  /// Outputs: the mean log density of the points, the gradient of it; then the log joint, the log likelihood (or zero where it cannot be told apart) and
  /// the variables.
  private let program: Program

  private static let point = "point"
  private static let inverseBeta = "inverse_beta"

  /// - Parameters:
  ///   - beta: of p(x|z)^(1/β), nil where evaluations say it; 1 where prior and likelihood cannot be told apart.
  ///   - points: how many are evaluated at once.
  init(_ model: any Model, beta: Double?, points: Int = 1) {
    dimension = model.dimension
    variableNames = model.variableNames
    self.points = points
    let tape = Tape(draws: points)
    let z = tape.slot(Slot(Self.point, Shape(model.dimension), points == 1 ? .shared : .perDraw))
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
      target =
        switch beta {
        case 1?: joint
        case let beta?: prior + (1 / beta) * likelihood
        case nil: prior + tape.slot(Slot(Self.inverseBeta, .scalar)) * likelihood
        }
    }
    let total = target.meanOverDraws()
    let gradient = tape.gradient(of: total, withRespectTo: [z])[0]
    program = Program(
      tape, outputs: [total, gradient],
      further: [joint.meanOverDraws(), likelihood.meanOverDraws(), model.variables(draw).meanOverDraws()])
  }

  /// Evaluates points.
  final class Evaluation: AscendedFunction {
    private let points: Int
    private let evaluator: Evaluator<Double>
    private let slot: UnsafeMutableBufferPointer<Double>
    /// How many gradients were taken.
    private(set) var count = 0

    init(_ density: PosteriorDensity) {
      points = density.points
      evaluator = Evaluator<Double>(density.program)
      slot = evaluator.slot(PosteriorDensity.point) ?? UnsafeMutableBufferPointer(start: nil, count: 0)
    }

    /// The numbers that it holds.
    var size: Int { evaluator.program.size }

    /// Says β, where the density was made for any.
    func set(beta: Double) { evaluator.slot(PosteriorDensity.inverseBeta)?[0] = 1 / beta }

    /// The gradients at the columns of `all`, `[D, any]`, as many at once as the density was made for.
    func gradients(at all: Matrix) -> Matrix {
      let (columns, whole) = (all.columns, all.elements)
      let factor = Double(points)
      let gradients = [Double](unsafeUninitializedCapacity: whole.count) { gradients, initialized in
        whole.withUnsafeBufferPointer { whole in
          guard let whole = whole.baseAddress, let gradients = gradients.baseAddress,
            let slot = slot.baseAddress
          else { return }
          for first in stride(from: 0, to: columns, by: points) {
            let block = min(points, columns - first)
            for row in 0..<all.rows {
              let (own, start) = (slot + row * points, whole + row * columns + first)
              own.update(from: start, count: block)
              // Places without a point hold the first one.
              (own + block).update(repeating: start[0], count: points - block)
            }
            evaluator.run()
            count += block
            let output = evaluator.output(1)
            guard let slopes = output.baseAddress else { return }
            for row in 0..<all.rows {
              let start = gradients + row * columns + first
              if output.count == 1 {
                start.initialize(repeating: factor * slopes[0], count: block)
              } else {
                let own = slopes + row * points
                for place in 0..<block { (start + place).initialize(to: factor * own[place]) }
              }
            }
          }
          initialized = all.rows * columns
        }
      }
      return Matrix(rows: all.rows, columns: columns, elements: gradients)
    }

    /// The means of log p(x, z) and log p(x|z) over the points that were evaluated last, where these were as many as it is made for.
    func means() -> (joint: Double, likelihood: Double) {
      evaluator.runFurther()
      return (evaluator.output(2)[0], evaluator.output(3)[0])
    }

    /// The log density at z, whose gradient goes into `gradient`; of a density made for single points.
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
