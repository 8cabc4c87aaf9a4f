import Foundation
import NumericArrays
import ReverseTape

/// The half steps of EM from one start.
struct Climb {
  private let settings: RunSettings
  private let optimizer: ExpectationMaximization
  private let programs: HalfStepPrograms
  private let evaluator: any HalfStepEvaluator
  var place: Place

  /// Where a climb is: all that its path depends on from there, and the path so far.
  struct Place {
    var theta: [Double] = []
    /// What q is.
    var posterior = HalfStepState.Posterior(theta: [], inverseTemperature: 0)
    /// The statistics of the last E-step, and what M-steps take: the same, or their average over minibatches.
    var statistics: [Double] = []
    var averaged: [Double] = []
    var check: IdentityCheck
    var ending: FitResult.Ending?
    var path: [StepTerms] = []
    /// The objective of the last half step that was evaluated; NaN where the model degenerated.
    var objective = Double.nan
    /// The objective of the last E-step, in the same writing whether it is recorded or not, and of the one before it.
    var tightObjective = Double.nan
    var reached: Double?
    var step = 0
  }

  init(
    _ settings: RunSettings, _ optimizer: ExpectationMaximization, _ programs: HalfStepPrograms, seed: UInt64,
    start: Int, team: Team
  ) {
    self.settings = settings
    self.optimizer = optimizer
    self.programs = programs
    evaluator = programs.evaluator(minibatch: settings.minibatch, seed: seed, team: team)
    // Nothing is drawn.
    place = Place(check: IdentityCheck(programs.tightLayout, 1, .float64))
    do throws(DegenerateModel) {
      place.theta = try programs.task.initialParameters(
        noise: NoiseStream(seed: seed, purpose: .initial), start: start)
      place.posterior = HalfStepState.Posterior(theta: place.theta, inverseTemperature: 0)
    } catch {
      place.ending = .diverged("the start: \(error)")
    }
  }

  var isInterrupted: Bool { place.ending == .interrupted }

  var result: FitResult {
    FitResult(
      ending: place.ending ?? .finished, steps: place.step, yardstick: nil, suspect: place.check.violation,
      exactTerms: Term.allCases.filter { programs.tightLayout.exactTerms.contains($0) },
      identitiesChecked: place.check.checked, largestResidual: place.check.largestResidual,
      parameters: place.theta)
  }

  /// Climbs until an iteration changes little, the steps are over, the model degenerates or the caller stops it.
  ///
  /// The objective must not fall. It is compared after every E-step, and after every M-step that is recorded: others are not
  /// evaluated. Its writings agree to the tolerance of the identities, and so far it may seem to fall.
  ///
  /// - Parameter shouldStop: asked before every half step, with the place that the climb is at.
  mutating func run(shouldStop: (Place) -> Bool) {
    guard place.ending == nil else { return }
    if place.path.isEmpty { evaluate(isRecorded: true) }
    while place.ending == nil, place.step < settings.steps {
      if shouldStop(place) {
        place.ending = .interrupted
        return
      }
      place.step += 1
      let step = place.step
      let before = place.objective
      do throws(DegenerateModel) {
        if step % 2 == 1 { expect() } else { try maximize() }
      } catch {
        place.step -= 1
        evaluateUnrecorded()
        place.objective = .nan
        place.ending = .diverged("step \(step): \(error)")
        return
      }
      evaluate(isRecorded: step % settings.recordEvery == 0 || step == settings.steps)
      guard isMonotone else { continue }
      if place.objective < before - 1e-9 * max(1, abs(before)) {
        place.check.report("the objective fell from \(before) to \(place.objective)", at: step)
      }
      // The objective after E-steps: converged where an iteration hardly moves it.
      guard step % 2 == 1 else { continue }
      let change = place.reached.map { abs(place.tightObjective - $0) }
      if let change, let reached = place.reached, change <= optimizer.tolerance * max(1, abs(reached)) {
        break
      }
      place.reached = place.tightObjective
    }
    evaluateUnrecorded()
    if place.ending == nil, !place.objective.isFinite {
      place.ending = .diverged("step \(place.step): the objective (\(place.objective)) is not finite")
    }
  }

  /// Whether every half step raises the objective: over all data, at one β.
  private var isMonotone: Bool {
    if case .constant = settings.beta { settings.minibatch == nil } else { false }
  }

  private mutating func expect() {
    place.posterior = HalfStepState.Posterior(
      theta: place.theta, inverseTemperature: 1 / settings.beta.value(at: place.step))
  }

  private mutating func maximize() throws(DegenerateModel) {
    if settings.minibatch == nil || place.averaged.isEmpty {
      place.averaged = place.statistics
    } else {
      let rate = Foundation.pow(Double(batch) + 2, -optimizer.decay)
      for index in place.averaged.indices {
        place.averaged[index] += rate * (place.statistics[index] - place.averaged[index])
      }
    }
    place.theta = try programs.tractable.maximized(place.averaged, current: place.theta)
  }

  /// Both halves of an iteration take the same minibatch.
  private var batch: Int { max(0, place.step - 1) / 2 }

  /// Records the half step that the climb ends with, where it is not recorded yet.
  private mutating func evaluateUnrecorded() {
    if place.path.last?.step != place.step { evaluate(isRecorded: true) }
  }

  private mutating func evaluate(isRecorded: Bool) {
    let beta = settings.beta.value(at: place.step)
    let state = HalfStepState(theta: place.theta, posterior: place.posterior, beta: beta, batch: batch)
    var record: HalfStepRecord?
    // After an E-step q is the posterior at θ.
    if place.step % 2 == 1 {
      let expectation = evaluator.expect(state, isRecorded: isRecorded)
      place.tightObjective = expectation.objective
      place.objective = expectation.objective
      place.statistics = expectation.statistics
      record = expectation.record
    } else if isRecorded {
      record = evaluator.hold(state)
    }
    guard let record else { return }
    place.objective = record.objective
    place.path.append(record.terms(step: place.step, beta: beta, check: &place.check))
  }
}
