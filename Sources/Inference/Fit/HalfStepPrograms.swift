import NumericArrays
import ReverseTape

/// The compiled programs of EM: the terms for a θ and a q held apart, and the expected statistics of a q.
struct HalfStepPrograms: Sendable {
  let task: LearningTask
  let tractable: any TractableLatents
  /// Outputs: objective, then `layout`.
  let terms: Program
  let layout: RecordLayout
  /// Output: the statistics of the data of a step.
  let statistics: Program

  var instructionCount: Int { terms.instructionCount + statistics.instructionCount }

  init(_ task: LearningTask, _ settings: RunSettings) {
    guard case .exact(let tractable) = task.posterior else {
      preconditionFailure("EM without an exact posterior")
    }
    self.task = task
    self.tractable = tractable
    let rows = settings.minibatch ?? task.data.training.rowCount
    let bound = BoundTape(task, settings, rows: rows, samples: 1, source: .held)
    let (layout, recorded) = RecordLayout.record(bound, after: 1)
    self.layout = layout
    terms = Program(bound.tape, outputs: [bound.objective] + recorded)

    let tape = Tape(draws: rows)
    let x = tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
    let theta = tape.slot(Slot(BoundTape.posteriorParametersSlot, Shape(task.parameters.count)))
    let q = tractable.posterior(
      x, ParameterView(theta, task.parameters),
      inverseTemperature: tape.slot(Slot(BoundTape.inverseTemperatureSlot, .scalar)))
    statistics = Program(tape, outputs: [tractable.statistics(x, q)])
  }
}
