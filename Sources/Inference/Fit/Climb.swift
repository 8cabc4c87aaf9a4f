import Foundation
import NumericArrays
import ReverseTape

/// The half steps of EM from one start.
struct Climb {
  private let settings: RunSettings
  private let optimizer: ExpectationMaximization
  private let programs: HalfStepPrograms
  private let terms: StepSlots
  private let statistics: StepSlots
  private var theta: [Double] = []
  /// The θ that q is the posterior at, and its inverse temperature.
  private var posterior: (theta: [Double], inverseTemperature: Double) = ([], 0)
  private var averaged: [Double] = []
  private var check: IdentityCheck
  private var ending: FitResult.Ending?
  private(set) var path: [StepTerms] = []
  /// The objective of the last step; NaN where the model degenerated.
  private(set) var objective = Double.nan
  private var step = 0

  init(
    _ settings: RunSettings, _ optimizer: ExpectationMaximization, _ programs: HalfStepPrograms, seed: UInt64,
    start: Int
  ) {
    self.settings = settings
    self.optimizer = optimizer
    self.programs = programs
    terms = StepSlots(programs.terms, programs.task, settings, seed: seed)
    statistics = StepSlots(programs.statistics, programs.task, settings, seed: seed)
    check = IdentityCheck(
      identities: programs.layout.identities.count, draws: programs.terms.draws, precision: .float64)
    do throws(DegenerateModel) {
      theta = try programs.task.initialParameters(
        noise: NoiseStream(seed: seed, purpose: .initial), start: start)
      posterior.theta = theta
    } catch {
      ending = .diverged("the start: \(error)")
    }
  }

  var isInterrupted: Bool { ending == .interrupted }

  var result: FitResult {
    FitResult(
      ending: ending ?? .finished, steps: step, yardstick: nil, suspect: check.violation,
      exactTerms: Term.allCases.filter { programs.layout.exactTerms.contains($0) },
      identitiesChecked: check.checked, largestResidual: check.largestResidual, parameters: theta)
  }

  /// Climbs until an iteration changes little, the steps are over, the model degenerates or the caller stops it.
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
      if objective < before - 1e-9 * abs(before) {
        check.report("the objective fell from \(before) to \(objective)", at: step)
      }
      // The objective after E-steps: converged where an iteration hardly moves it.
      guard step % 2 == 1 else { continue }
      if let reached, abs(objective - reached) <= optimizer.tolerance * max(1, abs(reached)) { break }
      reached = objective
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
    posterior = (theta, 1 / settings.beta.value(at: step))
  }

  private mutating func maximize() throws(DegenerateModel) {
    let fresh = statistics.run(
      step: batch, theta: theta, posterior: posterior.theta,
      inverseTemperature: posterior.inverseTemperature, beta: 1)
    if settings.minibatch == nil || averaged.isEmpty {
      averaged = fresh
    } else {
      let rate = Foundation.pow(Double(batch) + 2, -optimizer.decay)
      for index in averaged.indices { averaged[index] += rate * (fresh[index] - averaged[index]) }
    }
    theta = try programs.tractable.maximized(averaged, current: theta)
  }

  /// Both halves of an iteration take the same minibatch.
  private var batch: Int { max(0, step - 1) / 2 }

  private mutating func evaluate(isRecorded: Bool) {
    let beta = settings.beta.value(at: step)
    let values = terms.evaluate(
      step: batch, theta: theta, posterior: posterior.theta,
      inverseTemperature: posterior.inverseTemperature, beta: beta)
    objective = values(0)
    if isRecorded {
      path.append(
        programs.layout.read(
          values, step: step, objective: objective, beta: beta, gradNorm: nil, check: &check))
    }
  }
}

/// An evaluator of one of EM's programs, with its slots.
private final class StepSlots {
  private let evaluator: Evaluator<Double>
  private var data: DatumSlot<Double>?

  init(_ program: Program, _ task: LearningTask, _ settings: RunSettings, seed: UInt64) {
    evaluator = Evaluator(program)
    data = DatumSlot(
      evaluator, data: task.data.training, size: settings.minibatch, samples: 1, seed: seed)
  }

  /// Replays the program; returns what reads its scalar outputs.
  func evaluate(
    step: Int, theta: [Double], posterior: [Double], inverseTemperature: Double, beta: Double
  ) -> (Int) -> Double {
    data?.fill(step: step)
    let values = [
      (BoundTape.parametersSlot, theta), (BoundTape.posteriorParametersSlot, posterior),
      (BoundTape.inverseTemperatureSlot, [inverseTemperature]), (BoundTape.betaSlot, [beta]),
    ]
    for (name, values) in values {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return { [evaluator] in evaluator.output($0)[0] }
  }

  /// Replays the program; its first output.
  func run(step: Int, theta: [Double], posterior: [Double], inverseTemperature: Double, beta: Double) -> [Double] {
    _ = evaluate(
      step: step, theta: theta, posterior: posterior, inverseTemperature: inverseTemperature, beta: beta)
    return Array(evaluator.output(0))
  }
}
