import NumericArrays
import ReverseTape

/// The objective of a run as a function of φ: its draws are those of step 0 at every φ.
final class FixedDrawsBound: AscendedFunction {
  private let program: StepProgram
  private let evaluator: Evaluator<Double>
  private let parameters: UnsafeMutableBufferPointer<Double>
  private let beta: Double
  /// Where the evaluator is.
  private var point: [Double] = []
  /// How many gradients were taken.
  private(set) var count = 0

  init(_ program: StepProgram, _ run: FitRun, start: [Double], team: Team) {
    self.program = program
    evaluator = Evaluator(program.program, team: team)
    beta = run.settings.beta.constant ?? 1
    var inputs = StepInputs(evaluator, program, run.settings)
    inputs.open(0, run, start: start, evaluator, team: team)
    inputs.fill()
    parameters = inputs.parameters ?? UnsafeMutableBufferPointer(start: nil, count: 0)
  }

  func value(at point: [Double], gradient: inout [Double]) -> Double {
    evaluate(point)
    let slopes = evaluator.output(StepProgram.gradient)
    for index in gradient.indices { gradient[index] = slopes[slopes.count == 1 ? 0 : index] }
    return evaluator.output(StepProgram.objective)[0]
  }

  private func evaluate(_ point: [Double]) {
    for index in parameters.indices { parameters[index] = point[index] }
    evaluator.run()
    self.point = point
    count += 1
  }

  /// What is recorded of a step at a point.
  func terms(at point: [Double], step: Int, gradNorm: Double?, check: inout IdentityCheck) -> StepTerms {
    if point != self.point { evaluate(point) }
    evaluator.runFurther()
    return program.layout.read(
      { evaluator.output($0)[0] }, step: step, objective: evaluator.output(StepProgram.objective)[0],
      beta: beta, gradNorm: gradNorm, drawsAreNew: step == 0, check: &check)
  }

  /// −∇² at a point, by central differences of the gradient, made symmetric.
  ///
  /// At the distance h = ε^⅓ max(1, |φᵢ|) with the spacing ε of floating-point numbers, rounding errs by ε/h and the third derivative by
  /// h²/6, both about 4e-11 relative to a gradient and a third derivative of 1.
  func curvature(at point: [Double]) -> Matrix {
    let count = point.count
    var matrix = Matrix(rows: count, columns: count)
    var (above, below) = (point, point)
    for column in 0..<count {
      let distance = Self.spacing * max(1, abs(point[column]))
      var moved = point
      moved[column] = point[column] + distance
      _ = value(at: moved, gradient: &above)
      moved[column] = point[column] - distance
      _ = value(at: moved, gradient: &below)
      for row in 0..<count { matrix[row, column] = (below[row] - above[row]) / (2 * distance) }
    }
    for row in 0..<count {
      for column in 0..<row {
        let mean = 0.5 * (matrix[row, column] + matrix[column, row])
        matrix[row, column] = mean
        matrix[column, row] = mean
      }
    }
    return matrix
  }

  /// The cube root of the spacing of floating-point numbers.
  private static let spacing = 6.055454452393343e-06
}
