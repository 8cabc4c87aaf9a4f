import NumericArrays

/// Half steps by the kernels of a model, which go over the data once for an iteration: after an M-step the recorded terms take
/// a pass at the new θ, and it is the one that the next E-step needs.
final class DirectHalfSteps: HalfStepEvaluator {
  /// The rows that a thread takes at a time: some milliseconds of work, and few sums to add.
  private static let chunkSize = 4096

  /// A pass over data.
  private struct Pass {
    var posterior: HalfStepState.Posterior
    var batch: Int
    /// Whether the terms were asked for, so that the q of each row is kept.
    var hasTerms: Bool
    var sums: DirectSums
  }

  private let programs: HalfStepPrograms
  private let direct: any DirectLatents
  private let data: HalfStepData
  private let team: Team
  /// The q of each chunk's rows at the last pass that kept it; empty before.
  private var posteriors = UnsafeMutableBufferPointer<Double>(start: nil, count: 0)
  private var last: Pass?

  init(_ programs: HalfStepPrograms, _ direct: any DirectLatents, _ data: HalfStepData, team: Team) {
    self.programs = programs
    self.direct = direct
    self.data = data
    self.team = team
  }

  deinit { posteriors.deallocate() }

  func expect(_ state: HalfStepState, isRecorded: Bool) -> HalfStepExpectation {
    let sums = pass(state.tight, batch: state.batch, hasTerms: isRecorded)
    let expected = sums.own
    return HalfStepExpectation(
      objective: state.beta * whole(sums.logNormalizer),
      statistics: sums.statistics.map { $0 / Double(data.rowCount) },
      record: isRecorded
        ? record(expected, logDensity: expected.logTempered, sums, beta: state.beta, programs.tightLayout)
        : nil)
  }

  func hold(_ state: HalfStepState) -> HalfStepRecord {
    let logDensity = pass(state.posterior, batch: state.batch, hasTerms: true).own.logTempered
    let sums = run(state.tight, batch: state.batch, hasTerms: true, isHeld: true)
    return record(sums.held, logDensity: logDensity, sums, beta: state.beta, programs.heldLayout)
  }

  /// The sums of a pass with a posterior as its own q, of which the last may be one.
  private func pass(_ posterior: HalfStepState.Posterior, batch: Int, hasTerms: Bool) -> DirectSums {
    if let last, data.isSame(last.batch, as: batch), last.hasTerms || !hasTerms, last.posterior == posterior {
      return last.sums
    }
    return run(posterior, batch: batch, hasTerms: hasTerms, isHeld: false)
  }

  private func run(_ posterior: HalfStepState.Posterior, batch: Int, hasTerms: Bool, isHeld: Bool)
    -> DirectSums
  {
    data.fill(batch: batch)
    let rowCount = data.rowCount
    let chunks = (rowCount + Self.chunkSize - 1) / Self.chunkSize
    let chunkPosteriors = direct.posteriorCount(rows: min(Self.chunkSize, rowCount))
    if hasTerms, posteriors.isEmpty {
      posteriors = .allocate(capacity: chunks * chunkPosteriors)
      posteriors.initialize(repeating: 0)
    }
    guard let start = data.values.baseAddress else { preconditionFailure("a pass over no data") }
    let kept = hasTerms ? posteriors.baseAddress : nil
    let pass = direct.pass(posterior.theta, inverseTemperature: posterior.inverseTemperature)
    let values = team.sum(chunks: chunks, members: team.threads) { _, chunk in
      let first = chunk * Self.chunkSize
      return pass.sums(
        RowBlock(start: start + first, stride: rowCount, count: min(Self.chunkSize, rowCount - first)),
        posteriors: kept.map { PosteriorBlock(start: $0 + chunk * chunkPosteriors, isHeld: isHeld) })
    }
    let sums = DirectSums(values)
    last = Pass(posterior: posterior, batch: batch, hasTerms: hasTerms, sums: sums)
    return sums
  }

  /// A sum over the rows of a pass as it stands for all data.
  private func whole(_ sum: Double) -> Double {
    Double(data.totalCount) * (sum / Double(data.rowCount))
  }

  /// - Parameters:
  ///   - expected: what is expected under a q.
  ///   - logDensity: of it, its own log density.
  private func record(
    _ expected: DirectSums.Expected, logDensity: Double, _ sums: DirectSums, beta: Double,
    _ layout: RecordLayout
  ) -> HalfStepRecord {
    let reconstruction = whole(expected.logLikelihood)
    let logPrior = whole(expected.logPrior)
    let entropy = -whole(logDensity)
    var terms = TermValues()
    terms.reconstruction = reconstruction
    terms.klPrior = -entropy - logPrior
    terms.klPosterior = whole(logDensity - expected.logPosterior)
    terms.logJoint = reconstruction + logPrior
    terms.entropy = entropy
    terms.logEvidence = whole(sums.logEvidence)
    let objective: Double =
      switch programs.form {
      case .jointEntropy: reconstruction + beta * logPrior + beta * entropy
      case .reconstructionKL: reconstruction - beta * (-entropy - logPrior)
      case .evidenceGap: beta * (whole(sums.logNormalizer) - whole(logDensity - expected.logTempered))
      }
    return HalfStepRecord(objective: objective, layout: layout, outputs: layout.outputs(terms))
  }
}

extension HalfStepState {
  /// The posterior at θ and β.
  fileprivate var tight: Posterior { Posterior(theta: theta, inverseTemperature: 1 / beta) }
}
