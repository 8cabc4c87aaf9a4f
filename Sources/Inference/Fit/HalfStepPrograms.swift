import NumericArrays
import ReverseTape

/// The compiled programs of EM: the terms with q as the posterior at θ, and those for a θ and a q held apart.
struct HalfStepPrograms: Sendable {
  let task: LearningTask
  let tractable: any TractableLatents
  /// What every E-step takes: the objective, which is β log Z_β where q is tight, and the expected statistics of q; nil where
  /// the model has a way without a program.
  let expectation: AveragingProgram?
  /// After an E-step that is recorded. Outputs: those of `expectation`, then the objective as its form writes it, then the
  /// layout's.
  let tight: AveragingProgram
  let tightLayout: RecordLayout
  /// At the start and after an M-step that is recorded. Outputs: objective, then the layout's.
  let held: AveragingProgram
  let heldLayout: RecordLayout

  /// The outputs of `tight` before the layout's.
  var expectationCount: Int { expectation == nil ? 0 : 2 }

  init(_ task: LearningTask, _ settings: RunSettings) {
    guard case .exact(let tractable) = task.posterior else {
      preconditionFailure("EM without an exact posterior")
    }
    self.task = task
    self.tractable = tractable
    let rowCount = settings.minibatch ?? task.data.training.rowCount
    let isDirect = tractable.direct != nil
    func expected(_ bound: BoundTape) -> [Traced] {
      if isDirect { return [] }
      let x = bound.tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
      let theta = ParameterView(
        bound.tape.slot(Slot(BoundTape.parametersSlot, Shape(task.parameters.count))), task.parameters)
      // The bound's own q: equal nodes are recorded once.
      let q = tractable.posterior(x, theta, inverseTemperature: 1 / bound.beta)
      let normalizer =
        Double(task.data.training.rowCount) * tractable.logNormalizer(x, theta, beta: bound.beta)
      return [bound.beta * normalizer.meanOverDraws(), tractable.statistics(x, q)]
    }
    expectation =
      isDirect
      ? nil
      : AveragingProgram(rows: rowCount) { rows in
        let bound = BoundTape(task, settings, rows: rows, samples: 1)
        return Program(bound.tape, outputs: expected(bound))
      }
    var layouts: [RecordLayout] = []
    tight = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1)
      let expected = expected(bound)
      let (layout, recorded) = RecordLayout.record(bound, after: expected.count + 1)
      layouts.append(layout)
      return Program(bound.tape, outputs: expected + [bound.objective] + recorded)
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
