public import FileFormats
import NumericArrays
import ReverseTape

/// q of an inference as a run has fitted it, ready to be drawn from.
///
/// Draw number i depends on the seed and i alone: the first hundred of a thousand are the hundred. Its generated quantities draw
/// from streams of their own.
public struct FittedPosterior: Sendable {
  /// The names of two columns: log p(x, z) with the log-Jacobians of the transforms, and log q(z), of the unconstrained z.
  public static let logJointName = "lp__"
  public static let logDensityName = "log_q__"

  /// The names of the model's variables, after those of the densities.
  private let names: [String]
  private let generator: (any QuantityGenerator)?
  private let parameters: [Double]
  private let program: Program
  private let noiseCount: Int

  /// - Parameter parameters: φ, as the run's `FitResult` has it.
  /// - Returns: nil where q cannot be drawn from: it is a point, or only its expectations are known.
  /// - Throws: where the generated quantities cannot be made ready.
  public init?(_ settings: RunSettings, parameters: [Double]) throws(GenerationProblem) {
    guard case .inference(let task) = settings.task, task.family.hasDensity else { return nil }
    let width = Self.blockSize(task.model)
    let bound = BoundTape(settings, draws: width, for: .draws)
    guard let draw = bound.q.draw, let noise = bound.noise, let logJoint = bound.logJoint,
      let logDensity = bound.logDensity
    else { return nil }
    names = [Self.logJointName, Self.logDensityName] + task.model.variableNames
    generator = try (task.model as? any GeneratingModel)?.generator()
    self.parameters = parameters
    noiseCount = noise.count
    let variables = task.model.variables(LatentDraw(draw, latents: task.model.latents))
    program = Program(
      bound.tape,
      outputs: [logJoint, logDensity, variables].map { $0.expanded(to: Layout($0.shape, .perDraw)) })
  }

  /// How many draws are evaluated at once: so many that their values keep to a few million numbers. It follows from the model alone,
  /// so that a draw has the same bits whatever their number.
  private static func blockSize(_ model: any Model) -> Int {
    let width = max(
      model.rows?.rowCount ?? 0, model.observationCount, model.variableNames.count, model.dimension)
    return [1000, 500, 250, 100, 50].first { $0 * width <= 4_000_000 } ?? 20
  }

  /// How many numbers a draw has.
  public var columnCount: Int { names.count + (generator?.names.count ?? 0) }

  /// Draws on the scale that the model is written in: the two densities, the model's variables, and what it generates.
  ///
  /// - Throws: where a generated quantity cannot be computed.
  public func draws(_ count: Int, seed: UInt64) throws(GenerationProblem) -> DrawTable {
    precondition(count >= 0, "a number of draws")
    var columns = evaluated(count, seed: seed)
    var areIntegers = [Bool](repeating: false, count: names.count)
    if let generator {
      areIntegers += generator.areIntegers
      columns += generator.names.map { _ in [Double](repeating: 0, count: count) }
      for draw in 0..<count {
        let variables = (2..<names.count).map { columns[$0][draw] }
        let values = try generator.values(at: variables, seed: seed, draw: draw)
        for (index, value) in values.enumerated() { columns[names.count + index][draw] = value }
      }
    }
    let allNames = names + (generator?.names ?? [])
    return DrawTable(
      zip(allNames, zip(areIntegers, columns)).map { name, column in
        DrawTable.Column(name, isInteger: column.0, column.1)
      }, count: count)
  }

  /// The outputs of the program, a column for each number.
  private func evaluated(_ count: Int, seed: UInt64) -> [[Double]] {
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    let stream = NoiseStream(seed: seed, purpose: .posterior)
    let width = program.draws
    var result = [[Double]](repeating: [], count: names.count)
    for first in stride(from: 0, to: count, by: width) {
      if let slot = evaluator.slot(BoundTape.noiseSlot), let start = slot.baseAddress {
        stream.fillNormals(start, dimension: noiseCount, draws: width, firstDraw: first, step: 0)
      }
      evaluator.run()
      let taken = min(width, count - first)
      var column = 0
      for output in 0..<3 {
        let values = evaluator.output(output)
        for start in stride(from: 0, to: values.count, by: width) {
          result[column] += values[start..<start + taken]
          column += 1
        }
      }
    }
    return result
  }
}
