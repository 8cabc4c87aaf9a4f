/// Climbs in the numbers of a state.
extension Climb.Place {
  private static let terms = Term.allCases
  /// The numbers of a recorded half step: step, elbo, objective, β, the terms that are there as bits, and the terms.
  private static let width = 5 + terms.count

  /// Adds the place to a state.
  func save(into state: inout FitState, prefix: String) {
    state.numbers[prefix + "theta"] = theta
    state.numbers[prefix + "posterior"] = posterior.theta
    state.numbers[prefix + "statistics"] = statistics
    state.numbers[prefix + "averaged"] = averaged
    state.numbers[prefix + "reached"] = reached.map { [$0] } ?? []
    state.numbers[prefix + "scalars"] = [
      posterior.inverseTemperature, objective, tightObjective, Double(step),
    ]
    state.numbers[prefix + "path"] = path.flatMap(Self.numbers)
    check.save(into: &state, prefix: prefix)
  }

  /// A place that is not an end; nil where the state lacks some of it.
  init?(_ state: FitState, prefix: String, _ programs: HalfStepPrograms) {
    check = IdentityCheck(programs.tightLayout, 1, .float64)
    let count = programs.task.parameters.count
    guard check.takes(state, prefix: prefix), let theta = state.numbers[prefix + "theta"],
      let posterior = state.numbers[prefix + "posterior"], theta.count == count, posterior.count == count,
      let statistics = state.numbers[prefix + "statistics"],
      let averaged = state.numbers[prefix + "averaged"],
      let reached = state.numbers[prefix + "reached"], reached.count < 2,
      let scalars = state.numbers[prefix + "scalars"], scalars.count == 4,
      let step = Int(exactly: scalars[3]), step >= 0,
      let path = state.numbers[prefix + "path"], !path.isEmpty, path.count % Self.width == 0
    else { return nil }
    check.restore(from: state, prefix: prefix)
    self.theta = theta
    self.posterior = HalfStepState.Posterior(theta: posterior, inverseTemperature: scalars[0])
    self.statistics = statistics
    self.averaged = averaged
    self.reached = reached.first
    objective = scalars[1]
    tightObjective = scalars[2]
    self.step = step
    self.path = stride(from: 0, to: path.count, by: Self.width).map {
      Self.terms(path[$0..<$0 + Self.width])
    }
  }

  private static func numbers(_ half: StepTerms) -> [Double] {
    var bits = 0
    for (index, term) in terms.enumerated() where half.terms[term] != nil { bits |= 1 << index }
    return [Double(half.step), half.elbo, half.objective, half.beta, Double(bits)]
      + terms.map { half.terms[$0] ?? 0 }
  }

  private static func terms(_ numbers: ArraySlice<Double>) -> StepTerms {
    let numbers = Array(numbers)
    let bits = Int(exactly: numbers[4]) ?? 0
    var half = StepTerms(
      step: Int(exactly: numbers[0]) ?? 0, elbo: numbers[1], objective: numbers[2], terms: TermValues(),
      beta: numbers[3], gradNorm: nil)
    for (index, term) in terms.enumerated() where bits & 1 << index != 0 {
      half.terms[term] = numbers[5 + index]
    }
    return half
  }
}

extension HalfSteps {
  /// How far the starts of a run are.
  struct Progress {
    /// The objectives that the starts which have ended reached.
    private(set) var objectives: [Double] = []
    /// The one of them that reached the highest; nil where all degenerated.
    private(set) var best: (start: Int, place: Climb.Place)?
    /// Where the start that is under way goes on; nil: it starts.
    var place: Climb.Place?

    init() {}

    mutating func end(_ start: Int, _ place: Climb.Place) {
      objectives.append(place.objective)
      if place.objective.isFinite, place.objective > best?.place.objective ?? -.infinity {
        best = (start, place)
      }
    }

    /// The state of a run whose start under way is at a place.
    func state(at place: Climb.Place) -> FitState {
      var state = FitState(step: 0)
      state.numbers["start_objectives"] = objectives
      place.save(into: &state, prefix: "climb.")
      if let best {
        state.numbers["best_start"] = [Double(best.start)]
        best.place.save(into: &state, prefix: "best.")
      }
      return state
    }

    /// nil where the state lacks something.
    init?(_ state: FitState, _ programs: HalfStepPrograms, starts: Int) {
      guard let objectives = state.numbers["start_objectives"], objectives.count < starts,
        let place = Climb.Place(state, prefix: "climb.", programs)
      else { return nil }
      self.objectives = objectives
      self.place = place
      if let start = state.count("best_start") {
        guard let place = Climb.Place(state, prefix: "best.", programs) else { return nil }
        best = (start, place)
      }
    }
  }
}
