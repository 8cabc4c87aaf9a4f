import Foundation
import NumericArrays
import ReverseTape

/// The half steps of EM from one start.
struct Climb {
  private let settings: RunSettings
  private let optimizer: ExpectationMaximization
  private let programs: HalfStepPrograms
  private let evaluator: any HalfStepEvaluator
  private var theta: [Double] = []
  /// What q is.
  private var posterior = HalfStepState.Posterior(theta: [], inverseTemperature: 0)
  /// The statistics of the last E-step, and what M-steps take: the same, or their average over minibatches.
  private var statistics: [Double] = []
  private var averaged: [Double] = []
  private var check: IdentityCheck
  private var ending: FitResult.Ending?
  private(set) var path: [StepTerms] = []
  /// The objective of the last half step that was evaluated; NaN where the model degenerated.
  private(set) var objective = Double.nan
  /// The objective of the last E-step, in the same writing whether it is recorded or not.
  private var tightObjective = Double.nan
  private var step = 0

  init(
    _ settings: RunSettings, _ optimizer: ExpectationMaximization, _ programs: HalfStepPrograms, seed: UInt64,
    start: Int, team: Team
  ) {
    self.settings = settings
    self.optimizer = optimizer
    self.programs = programs
    evaluator = programs.evaluator(minibatch: settings.minibatch, seed: seed, team: team)
    // Nothing is drawn.
    check = IdentityCheck(
      identities: programs.tightLayout.identities.count, draws: 1, precision: .float64)
    do throws(DegenerateModel) {
      theta = try programs.task.initialParameters(
        noise: NoiseStream(seed: seed, purpose: .initial), start: start)
      posterior = HalfStepState.Posterior(theta: theta, inverseTemperature: 0)
    } catch {
      ending = .diverged("the start: \(error)")
    }
  }

  var isInterrupted: Bool { ending == .interrupted }

  var result: FitResult {
    FitResult(
      ending: ending ?? .finished, steps: step, yardstick: nil, suspect: check.violation,
      exactTerms: Term.allCases.filter { programs.tightLayout.exactTerms.contains($0) },
      identitiesChecked: check.checked, largestResidual: check.largestResidual, parameters: theta)
  }

  /// Climbs until an iteration changes little, the steps are over, the model degenerates or the caller stops it.
  ///
  /// The objective must not fall. It is compared after every E-step, and after every M-step that is recorded: others are not
  /// evaluated. Its writings agree to the tolerance of the identities, and so far it may seem to fall.
  mutating func run(shouldStop: () -> Bool) {
    guard ending == nil else { return }
    evaluate(isRecorded: true)
    var reached: Double?
    while ending == nil, step < settings.steps {
      if shouldStop() {
        ending = .interrupted
        return
      }
      step += 1
      let before = objective
      do throws(DegenerateModel) {
        if step % 2 == 1 { expect() } else { try maximize() }
      } catch {
        step -= 1
        if path.last?.step != step { evaluate(isRecorded: true) }
        objective = .nan
        ending = .diverged("step \(step + 1): \(error)")
        return
      }
      evaluate(isRecorded: step % settings.recordEvery == 0 || step == settings.steps)
      guard isMonotone else { continue }
      if objective < before - 1e-9 * max(1, abs(before)) {
        check.report("the objective fell from \(before) to \(objective)", at: step)
      }
      // The objective after E-steps: converged where an iteration hardly moves it.
      guard step % 2 == 1 else { continue }
      if let reached, abs(tightObjective - reached) <= optimizer.tolerance * max(1, abs(reached)) { break }
      reached = tightObjective
    }
    if path.last?.step != step { evaluate(isRecorded: true) }
    if ending == nil, !objective.isFinite {
      ending = .diverged("step \(step): the objective (\(objective)) is not finite")
    }
  }

  /// Whether every half step raises the objective: over all data, at one β.
  private var isMonotone: Bool {
    if case .constant = settings.beta { settings.minibatch == nil } else { false }
  }

  private mutating func expect() {
    posterior = HalfStepState.Posterior(
      theta: theta, inverseTemperature: 1 / settings.beta.value(at: step))
  }

  private mutating func maximize() throws(DegenerateModel) {
    if settings.minibatch == nil || averaged.isEmpty {
      averaged = statistics
    } else {
      let rate = Foundation.pow(Double(batch) + 2, -optimizer.decay)
      for index in averaged.indices { averaged[index] += rate * (statistics[index] - averaged[index]) }
    }
    theta = try programs.tractable.maximized(averaged, current: theta)
  }

  /// Both halves of an iteration take the same minibatch.
  private var batch: Int { max(0, step - 1) / 2 }

  private mutating func evaluate(isRecorded: Bool) {
    let beta = settings.beta.value(at: step)
    let state = HalfStepState(theta: theta, posterior: posterior, beta: beta, batch: batch)
    var record: HalfStepRecord?
    // After an E-step q is the posterior at θ.
    if step % 2 == 1 {
      let expectation = evaluator.expect(state, isRecorded: isRecorded)
      tightObjective = expectation.objective
      objective = expectation.objective
      statistics = expectation.statistics
      record = expectation.record
    } else if isRecorded {
      record = evaluator.hold(state)
    }
    guard let record else { return }
    objective = record.objective
    path.append(record.terms(step: step, beta: beta, check: &check))
  }
}
