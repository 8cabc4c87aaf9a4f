import NumericArrays
import ReverseTape

/// The compiled programs of EM: the terms with q as the posterior at θ, and those for a θ and a q held apart.
struct HalfStepPrograms: Sendable {
  let task: LearningTask
  let tractable: any TractableLatents
  /// After an E-step. Outputs: objective, then the layout's, and last the expected statistics of q.
  let tight: AveragingProgram
  let tightLayout: RecordLayout
  /// At the start and after an M-step. Outputs: objective, then the layout's.
  let held: AveragingProgram
  let heldLayout: RecordLayout

  var instructionCount: Int { tight.instructionCount + held.instructionCount }

  init(_ task: LearningTask, _ settings: RunSettings) {
    guard case .exact(let tractable) = task.posterior else {
      preconditionFailure("EM without an exact posterior")
    }
    self.task = task
    self.tractable = tractable
    let rowCount = settings.minibatch ?? task.data.training.rowCount
    var layouts: [RecordLayout] = []
    tight = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1)
      let (layout, recorded) = RecordLayout.record(bound, after: 1)
      layouts.append(layout)
      let x = bound.tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
      let theta = bound.tape.slot(Slot(BoundTape.parametersSlot, Shape(task.parameters.count)))
      // The bound's own q: equal nodes are recorded once.
      let q = tractable.posterior(
        x, ParameterView(theta, task.parameters), inverseTemperature: 1 / bound.beta)
      return Program(bound.tape, outputs: [bound.objective] + recorded + [tractable.statistics(x, q)])
    }
    tightLayout = layouts[0]
    layouts = []
    held = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1, source: .held)
      let (layout, recorded) = RecordLayout.record(bound, after: 1)
      layouts.append(layout)
      return Program(bound.tape, outputs: [bound.objective] + recorded)
    }
    heldLayout = layouts[0]
  }
}
