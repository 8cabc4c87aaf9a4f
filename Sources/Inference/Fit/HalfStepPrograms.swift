package import NumericArrays
import ReverseTape

/// What the half steps of EM are evaluated by: kernels where the model has a direct way, else compiled programs; and where the
/// recorded values stand, with q as the posterior at θ, and for a θ and a q held apart.
package struct HalfStepPrograms: Sendable {
  enum Way: Sendable {
    case direct(any DirectLatents)
    case programs(Programs)
  }

  struct Programs: Sendable {
    /// What every E-step takes: the objective, which is β log Z_β where q is tight, and the expected statistics of q.
    let expectation: AveragingProgram
    /// After an E-step that is recorded. Outputs: those of `expectation`, then the objective as its form writes it, then the
    /// layout's.
    let tight: AveragingProgram
    /// At the start and after an M-step that is recorded. Outputs: objective, then the layout's.
    let held: AveragingProgram
  }

  let task: LearningTask
  let tractable: any TractableLatents
  let form: Form
  let way: Way
  /// After an E-step.
  let tightLayout: RecordLayout
  /// At the start and after an M-step.
  let heldLayout: RecordLayout

  /// - Parameter allowsDirect: whether the model's direct way is taken where it has one.
  package init(_ task: LearningTask, _ settings: RunSettings, allowsDirect: Bool = true) {
    guard case .exact(let tractable) = task.posterior else {
      preconditionFailure("EM without an exact posterior")
    }
    self.task = task
    self.tractable = tractable
    form = settings.form
    if allowsDirect, let direct = tractable.direct {
      way = .direct(direct)
      // The layouts are those of the programs, which need not be compiled for it.
      (tightLayout, _) = RecordLayout.record(BoundTape(task, settings, rows: 1, samples: 1), after: 0)
      (heldLayout, _) = RecordLayout.record(
        BoundTape(task, settings, rows: 1, samples: 1, source: .held), after: 0)
      return
    }
    func expected(_ bound: BoundTape) -> [Traced] {
      let x = bound.tape.slot(Slot(BoundTape.datumSlot, Shape(task.data.shape.width), .perDraw))
      let theta = ParameterView(
        bound.tape.slot(Slot(BoundTape.parametersSlot, Shape(task.parameters.count))), task.parameters)
      // The bound's own q: equal nodes are recorded once.
      let q = tractable.posterior(x, theta, inverseTemperature: 1 / bound.beta)
      let normalizer =
        Double(task.data.training.rowCount) * tractable.logNormalizer(x, theta, beta: bound.beta)
      return [bound.beta * normalizer.meanOverDraws(), tractable.statistics(x, q)]
    }
    let rowCount = settings.minibatch ?? task.data.training.rowCount
    let expectation = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1)
      return Program(bound.tape, outputs: expected(bound))
    }
    var layouts: [RecordLayout] = []
    let tight = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1)
      let expected = expected(bound)
      let (layout, recorded) = RecordLayout.record(bound, after: expected.count + 1)
      layouts.append(layout)
      return Program(bound.tape, outputs: expected + [bound.objective] + recorded)
    }
    tightLayout = layouts[0]
    layouts = []
    let held = AveragingProgram(rows: rowCount) { rows in
      let bound = BoundTape(task, settings, rows: rows, samples: 1, source: .held)
      let (layout, recorded) = RecordLayout.record(bound, after: 1)
      layouts.append(layout)
      return Program(bound.tape, outputs: [bound.objective] + recorded)
    }
    heldLayout = layouts[0]
    way = .programs(Programs(expectation: expectation, tight: tight, held: held))
  }

  /// An evaluator of one climb.
  package func evaluator(minibatch: Int?, seed: UInt64, team: Team) -> any HalfStepEvaluator {
    let data = HalfStepData(task.data.training, minibatch: minibatch, seed: seed)
    return switch way {
    case .direct(let direct): DirectHalfSteps(self, direct, data, team: team)
    case .programs(let programs): ProgramHalfSteps(self, programs, data, team: team)
    }
  }
}
