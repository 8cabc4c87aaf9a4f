import NumericArrays
import ReverseTape

/// Half steps by compiled programs.
final class ProgramHalfSteps: HalfStepEvaluator {
  private let programs: HalfStepPrograms
  private let data: HalfStepData
  private let expectation: AveragingEvaluator
  private let tight: AveragingEvaluator
  private let held: AveragingEvaluator

  init(
    _ programs: HalfStepPrograms, _ compiled: HalfStepPrograms.Programs, _ data: HalfStepData, team: Team
  ) {
    self.programs = programs
    self.data = data
    expectation = AveragingEvaluator(compiled.expectation, team: team)
    tight = AveragingEvaluator(compiled.tight, team: team)
    held = AveragingEvaluator(compiled.held, team: team)
  }

  func expect(_ state: HalfStepState, isRecorded: Bool) -> HalfStepExpectation {
    let outputs = run(isRecorded ? tight : expectation, state)
    return HalfStepExpectation(
      objective: outputs[0][0], statistics: outputs[1],
      record: isRecorded
        ? HalfStepRecord(
          objective: outputs[2][0], layout: programs.tightLayout, outputs: outputs.map { $0[0] }) : nil)
  }

  func hold(_ state: HalfStepState) -> HalfStepRecord {
    let outputs = run(held, state)
    return HalfStepRecord(
      objective: outputs[0][0], layout: programs.heldLayout, outputs: outputs.map { $0[0] })
  }

  private func run(_ evaluator: AveragingEvaluator, _ state: HalfStepState) -> [[Double]] {
    data.fill(batch: state.batch)
    return evaluator.run(
      data: UnsafeBufferPointer(data.values),
      inputs: [
        (BoundTape.parametersSlot, state.theta), (BoundTape.posteriorParametersSlot, state.posterior.theta),
        (BoundTape.inverseTemperatureSlot, [state.posterior.inverseTemperature]),
        (BoundTape.betaSlot, [state.beta]),
      ])
  }
}
