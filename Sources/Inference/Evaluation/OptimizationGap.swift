import NumericArrays
import ReverseTape

/// How much a Gaussian q has still to gain, at the end of a run: an estimate of the bound's distance to its optimum in the family.
///
/// Around q = N(m, L Lᵀ) the bound is taken for a quadratic in m and in the log of the scales, whose top is where Newton's step goes:
///
///     location   ½ gᵀ H⁻¹ g      with g = E_q[∇ log p], and H the negative Hessian of log p at m
///     scale      ¼ Σ S²          with S = I + the symmetric part of E_q[Lᵀ ∇ log p εᵀ], of what the family can change
///
/// The second is the natural gradient's: 2 and 1 are the Fisher information of a diagonal and of another element of L⁻¹ dL (Amari
/// 1998). Where the posterior is Gaussian and q has its scales, the first is the whole gap. It is a sum of squares of means over
/// draws, and so estimated from the products of different blocks of them, without bias; the jackknife over the blocks gives the error.
struct OptimizationGap: Sendable {
  /// What may be left of a converged run, in nats, and what cannot be left where one is called so.
  private static let tolerance = 0.02
  private static let largestDoubt = 0.2
  /// The standard errors that decide.
  private static let errors = 3.0
  /// More latents than this are not asked for: a Hessian has the square of them.
  private static let mostLatents = 300

  private let dimension: Int
  private let pairs: Int
  private var blocks: PairBlocks { PairBlocks(pairs: pairs) }
  /// At the draws, and at the points that a Hessian is made of.
  private let density: PosteriorDensity
  private let differences: PosteriorDensity
  /// Gives the draws `[D, 2 pairs]`, the mean and the variances; then the factor, or the columns of the covariance, where it is not
  /// diagonal.
  private let program: Program
  /// `[D, 2 pairs]`: the pairs' first members, then their mirror images.
  private let noise: [Double]
  private let shape: Shape

  private enum Shape {
    case diagonal, factor, columns
  }

  /// What evaluations need beside the plan, kept from one to the next.
  struct Workspace {
    fileprivate var draws: Evaluator<Double>?
    fileprivate var density: PosteriorDensity.Evaluation?
    fileprivate var differences: PosteriorDensity.Evaluation?

    mutating func release(above size: Int) {
      draws.release(above: size)
      density.release(above: size)
      differences.release(above: size)
    }
  }

  /// nil where q is not Gaussian, has nothing to fit, or is not fitted to the ELBO.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, settings.objective is EvidenceLowerBound,
      task.family.parameterCount(for: task.model) > 0, (1...Self.mostLatents).contains(task.model.dimension)
    else { return nil }
    // Of many rows, a block of the yardstick is smaller than its draws.
    let width = YardstickPlan.blockSize(settings)
    pairs = width < YardstickPlan.draws ? 100 : 500
    let bound = BoundTape(settings, draws: 2 * pairs, for: .draws)
    guard let gaussian = bound.q.gaussian, bound.q.strata.isEmpty, gaussian.canScaleRows,
      let draw = bound.q.draw, let noise = bound.noise
    else { return nil }
    dimension = task.model.dimension
    var outputs = [draw, gaussian.mean, gaussian.variance]
    switch gaussian.covariance {
    case .diagonal: shape = .diagonal
    case .factor(let lower):
      shape = .factor
      outputs.append(lower.matrix)
    case .lowRank, .blocks, .full:
      shape = .columns
      outputs += (0..<dimension).map(gaussian.covariance)
    }
    program = Program(bound.tape, outputs: outputs)
    let (count, pairs) = (noise.count, pairs)
    let half = NoiseStream(seed: 0, purpose: .yardstick).normals(dimension: count, draws: pairs, step: 0)
    self.noise = (0..<count).flatMap { row in
      let variates = half[row * pairs..<(row + 1) * pairs]
      return variates + variates.map { -$0 }
    }
    density = PosteriorDensity(task.model, beta: nil, points: min(2 * pairs, width))
    differences = PosteriorDensity(task.model, beta: nil, points: min(2 * dimension, width))
  }

  /// The metrics of a step at φ: `optimization_gap` in nats of the objective, its standard error, and `converged`: 0 where
  /// the gap is above 0.02 by more than three of them, 1 where it is not and is below 0.2 as surely, and left out where it cannot be
  /// told.
  ///
  /// - Parameter beta: the run's own; runs of any β share a plan.
  func points(
    _ parameters: [Double], beta: Double, step: Int, _ workspace: inout Workspace
  ) -> [MetricPoint] {
    var q = gaussian(parameters, &workspace.draws)
    let evaluation = workspace.density.made(of: density)
    evaluation.set(beta: beta)
    let slopes = workspace.differences.made(of: differences)
    slopes.set(beta: beta)
    let curvature = curvature(q, slopes)
    let newton = (try? curvature.cholesky()) ?? .diagonal(q.variance.map { 1 / $0.squareRoot() })
    // What a Gaussian of that curvature would have is known, and only the difference to it is estimated (a control variate).
    var rest = evaluation.gradients(at: q.draws)
    q.draws.subtractFromColumns(q.mean)
    rest.add(curvature, times: q.draws)
    let location = blocks.means(of: rest).map { mean in
      Matrix.forwardSubstitution(lower: newton, mean).map { $0 * 0.5.squareRoot() }
    }
    let (part, partError) = Statistics.squaredMean(zip(location, scale(q, rest, curvature)).map { $0 + $1 })
    let (gap, error) = (beta * part, beta * partError)
    var points = [
      MetricPoint("optimization_gap", step: step, gap), MetricPoint("optimization_gap_se", step: step, error),
    ]
    if gap - Self.errors * error > Self.tolerance {
      points.append(MetricPoint("converged", step: step, 0))
    } else if gap + Self.errors * error < Self.largestDoubt {
      points.append(MetricPoint("converged", step: step, 1))
    }
    return points
  }

  /// The draws, `[D, 2 pairs]`, and the moments of q.
  private struct Gaussian {
    var draws: Matrix
    var mean: [Double]
    var variance: [Double]
    /// The factor or the covariance, where it is not diagonal.
    var matrix: Matrix?
  }

  private func gaussian(_ parameters: [Double], _ kept: inout Evaluator<Double>?) -> Gaussian {
    let evaluator = kept.made(of: program, noise: noise)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    evaluator.run()
    func whole(_ output: Int, _ count: Int) -> [Double] {
      let values = evaluator.output(output)
      return values.count == count ? Array(values) : [Double](repeating: values[0], count: count)
    }
    let (count, mean) = (2 * pairs, whole(1, dimension))
    let matrix: [Double]? =
      switch shape {
      case .diagonal: nil
      case .factor: whole(3, dimension * dimension)
      case .columns: (0..<dimension).flatMap { whole(3 + $0, dimension) }
      }
    return Gaussian(
      draws: Matrix(rows: dimension, columns: count, elements: whole(0, dimension * count)), mean: mean,
      variance: whole(2, dimension),
      matrix: matrix.map { Matrix(rows: dimension, columns: dimension, elements: $0) })
  }

  /// The negative Hessian at the mean, by differences of the gradient over a tenth of an sd to either side.
  private func curvature(_ q: Gaussian, _ evaluation: PosteriorDensity.Evaluation) -> Matrix {
    let distances = q.variance.map { 0.1 * $0.squareRoot() }
    var points = Matrix(rows: dimension, columns: 2 * dimension)
    for row in 0..<dimension {
      for column in 0..<2 * dimension { points[row, column] = q.mean[row] }
      points[row, row] += distances[row]
      points[row, dimension + row] -= distances[row]
    }
    let slopes = evaluation.gradients(at: points)
    var precision = Matrix(rows: dimension, columns: dimension)
    for column in 0..<dimension {
      for row in 0..<dimension {
        let curvature = (slopes[row, dimension + column] - slopes[row, column]) / (2 * distances[column])
        precision[row, column] += 0.5 * curvature
        precision[column, row] += 0.5 * curvature
      }
    }
    return precision
  }

  /// Of each block of draws: S with what the family can change of it, such that the sum of the squares is the gap.
  private func scale(_ q: Gaussian, _ rest: Matrix, _ curvature: Matrix) -> [[Double]] {
    guard shape == .factor, let factor = q.matrix else {
      let known =
        q.matrix.map { (curvature * $0).diagonal } ?? zip(curvature.diagonal, q.variance).map { $0 * $1 }
      return blocks.means(of: rest, times: q.draws).map { mean in zip(mean, known).map { 0.5 * (1 + $0 - $1) }
      }
    }
    let known = factor.transposed * curvature * factor
    let turned = factor.transposed * rest
    let share = 1 / Double(rest.columns / PairBlocks.count)
    return (0..<PairBlocks.count).map { block in
      let own = blocks.columns(of: block)
      func part(_ values: [Double]) -> Matrix {
        Matrix(
          rows: dimension, columns: own.count,
          elements: (0..<dimension).flatMap { row in own.map { values[row * rest.columns + $0] } })
      }
      let moment = share * (part(turned.elements) * part(noise).transposed)
      return (0..<dimension).flatMap { row in
        (0...row).map { column in
          let known = 0.5 * (known[row, column] + known[column, row])
          let found = 0.5 * (moment[row, column] + moment[column, row])
          return row == column ? 0.5 * (1 - known + found) : 0.5.squareRoot() * (found - known)
        }
      }
    }
  }
}

extension PosteriorDensity.Evaluation? {
  /// The evaluation, made at its first use.
  fileprivate mutating func made(of density: PosteriorDensity) -> PosteriorDensity.Evaluation {
    if let self { return self }
    let evaluation = PosteriorDensity.Evaluation(density)
    self = evaluation
    return evaluation
  }

  /// Frees one of more than `size` numbers.
  fileprivate mutating func release(above size: Int) {
    if let evaluation = self, evaluation.size > size { self = nil }
  }
}
