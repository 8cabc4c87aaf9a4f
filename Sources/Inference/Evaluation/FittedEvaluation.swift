import ReverseTape

/// What is evaluated of a fitted q when a run ends: its bound, its moments, the tail of its importance weights, how far it is from its
/// optimum, and where the truth lies in it that its data were drawn from.
struct FittedEvaluation: Sendable {
  private let yardstick: YardstickPlan
  private let moments: PosteriorMoments?
  private let importance: ImportanceDiagnostics?
  private let gap: OptimizationGap?
  private let states: StateMoments?
  private let truth: TruthRank?

  /// What is kept from run to run, of one worker: memory that is new costs more than a small program's evaluation.
  struct Workspace {
    fileprivate var yardstick = YardstickPlan.Workspace()
    fileprivate var moments: Evaluator<Double>?
    fileprivate var importance: Evaluator<Double>?
    fileprivate var gap = OptimizationGap.Workspace()

    /// Numbers of a program that are not kept any more: 32 MB.
    private static let largest = 4_000_000

    fileprivate mutating func releaseLarge() {
      yardstick.release(above: Self.largest)
      moments.release(above: Self.largest)
      importance.release(above: Self.largest)
      gap.release(above: Self.largest)
    }
  }

  init(_ settings: RunSettings) {
    yardstick = YardstickPlan(settings)
    moments = PosteriorMoments(settings)
    importance = ImportanceDiagnostics(settings)
    gap = OptimizationGap(settings)
    states = StateMoments(settings)
    truth = TruthRank(settings)
  }

  /// - Parameter beta: what the run was fitted at; nil where it changed, or another bound than that of the ELBO was maximised: the
  ///   distance to the optimum is not asked for.
  /// - Returns: with the yardstick and the metrics of the step, which closed form the draws contradict, where one does.
  /// - Throws: where the final ELBO cannot be estimated.
  func measure(_ parameters: [Double], beta: Double?, step: Int, _ workspace: inout Workspace) throws -> (
    yardstick: Yardstick, suspect: String?, points: [MetricPoint]
  ) {
    let (measured, suspect, logWeights) = try yardstick.measure(parameters, &workspace.yardstick)
    var points = moments?.points(parameters, step: step, &workspace.moments) ?? []
    points += importance?.points(parameters, known: logWeights, step: step, &workspace.importance) ?? []
    if let beta {
      points += gap?.points(parameters, beta: beta, step: step, &workspace.gap) ?? []
    }
    points += states?.points(parameters, beta: beta, step: step) ?? []
    points += truth?.points(parameters, step: step) ?? []
    workspace.releaseLarge()
    return (measured, suspect, points)
  }
}

extension Evaluator<Double>? {
  /// The evaluator, made at its first use.
  ///
  /// - Parameter noise: what its slot of the noise gets then, and keeps.
  mutating func made(of program: Program, noise: [Double] = []) -> Evaluator<Double> {
    if let self { return self }
    let evaluator = Evaluator<Double>(program)
    if !noise.isEmpty, let slot = evaluator.slot(BoundTape.noiseSlot) {
      _ = slot.update(fromContentsOf: noise)
    }
    self = evaluator
    return evaluator
  }

  /// Frees one of more than `size` numbers.
  mutating func release(above size: Int) {
    if let evaluator = self, evaluator.program.size > size { self = nil }
  }
}
