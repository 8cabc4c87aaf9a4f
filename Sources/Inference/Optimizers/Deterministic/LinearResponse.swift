import NumericArrays
import ReverseTape

/// The linear-response standard deviations of a model's variables: how their means under q would move if the posterior were tilted by them
/// (Giordano, Broderick & Jordan 2018; Giordano, Ingram & Broderick 2024).
///
/// Of the mean μ(φ) of a variable under q, the variance is ∇μᵀ H⁻¹ ∇μ with the curvature H of the objective, both at its top. The means are
/// over the antithetic draws of final evaluations: of what is linear in z they are exact.
struct LinearResponse: Sendable {
  /// More parameters than this have too large a curvature.
  static let mostParameters = 2000

  private let names: [String]
  private let reference: ReferenceMoments?
  /// Of the weighted sum of the means, the gradient in φ.
  private let program: Program
  private let noise: [Double]

  private static let weightsSlot = "weights"

  /// nil where the variables or the parameters are too many.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task else { return nil }
    let names = task.model.variableNames
    guard !names.isEmpty, names.count <= MomentPoints.mostVariables,
      task.family.parameterCount(for: task.model) <= Self.mostParameters
    else { return nil }
    let bound = BoundTape(settings, draws: AntitheticDraws.count, for: .draws)
    guard let draw = bound.q.draw, let noise = bound.noise, let parameters = bound.parameters else {
      return nil
    }
    self.names = names
    reference = task.model.reference
    self.noise = AntitheticDraws.common(dimension: noise.count).noise
    let means = task.model.variables(LatentDraw(draw, latents: task.model.latents)).meanOverDraws()
    let weights = bound.tape.slot(Slot(Self.weightsSlot, Shape(names.count)))
    let gradient = bound.tape.gradient(of: (weights * means).sum(), withRespectTo: [parameters])[0]
    program = Program(bound.tape, outputs: [gradient])
  }

  /// The standard deviations at φ, as metrics of a step: `posterior_sd_lr[NAME]` and, where a reference is known,
  /// `posterior_sd_lr_error[NAME]`, the difference to it relative to it, with the largest of them by magnitude without a name.
  ///
  /// - Parameter curvature: −∇² of the objective at φ.
  /// - Throws: where that is not positive definite: φ is no top.
  func points(_ parameters: [Double], curvature: Matrix, step: Int) throws -> [MetricPoint] {
    let factor = try curvature.cholesky()
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    if let slot = evaluator.slot(BoundTape.noiseSlot) {
      for index in slot.indices { slot[index] = noise[index] }
    }
    let weights = evaluator.slot(Self.weightsSlot)
    if let weights { for index in weights.indices { weights[index] = 0 } }
    var points: [MetricPoint] = []
    var largest: Double?
    for (index, name) in names.enumerated() {
      weights?[index] = 1
      evaluator.run()
      weights?[index] = 0
      let slopes = Matrix.forwardSubstitution(lower: factor, Array(evaluator.output(0)))
      let sd = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
      points.append(MetricPoint("posterior_sd_lr[\(name)]", step: step, sd))
      guard let known = reference?.variables[name], known.sd > 0 else { continue }
      let error = (sd - known.sd) / known.sd
      points.append(MetricPoint("posterior_sd_lr_error[\(name)]", step: step, error))
      largest = max(largest ?? 0, abs(error))
    }
    if let largest { points.append(MetricPoint("posterior_sd_lr_error", step: step, largest)) }
    return points
  }
}
