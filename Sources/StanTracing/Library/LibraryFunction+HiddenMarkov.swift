import StanLanguage

extension LibraryFunction {
  /// Hidden Markov models (Stan Functions Reference, "Hidden Markov models"; Rabiner 1989, §III): `logs` has a row for each state
  /// and a column for each time, `transitions` a row for each state from which, `start` the first state's chances.
  static let hiddenMarkov: [LibraryFunction] = [
    LibraryFunction("hmm_marginal") { tracer, values, range throws(StanDiagnostic) in
      let model = try HiddenMarkov(tracer, values, range)
      return .numeric(model.forward().last?.logSumExp.value ?? Numeric(0))
    },
    LibraryFunction("hmm_hidden_state_prob") { tracer, values, range throws(StanDiagnostic) in
      let model = try HiddenMarkov(tracer, values, range)
      let columns = zip(model.forward(), model.backward()).map { forward, backward -> Numeric in
        let logs = forward + backward
        return (logs - logs.logSumExp).exp.value
      }
      let states = model.states
      return .numeric(
        Numeric.concatenated(columns, .vector).shaped(.matrix, rows: columns.count, columns: states)
          .transposed)
    },
  ]
}

private struct HiddenMarkov {
  let states: Int
  /// The log likelihood of each state at each time.
  private let logs: [Quantity]
  /// The log chances to come into a state, from each; and to leave one, to each.
  private let into: [Quantity]
  private let from: [Quantity]
  private let start: Quantity

  init(_ tracer: Tracer, _ values: [Value], _ range: SourceRange) throws(StanDiagnostic) {
    let omega = try LibraryFunction.numeric(values, 0, range)
    let transitions = try LibraryFunction.numeric(values, 1, range)
    let start = try LibraryFunction.numeric(values, 2, range)
    let states = start.count
    guard states > 0, omega.rows == states, transitions.rows == states, transitions.columns == states else {
      throw StanDiagnostic(
        at: range, what: "the sizes do not match: \(omega.sizes), \(transitions.sizes) and \(start.sizes)",
        fix: "give as many states everywhere")
    }
    self.states = states
    let logChances = Quantity(tracer: tracer, value: transitions.asVector).log
    self.start = Quantity(tracer: tracer, value: start.asVector).log
    logs = (0..<omega.columns).map { time in
      Quantity(tracer: tracer, value: omega.asVector).at((0..<states).map { $0 * omega.columns + time })
    }
    into = (0..<states).map { state in logChances.at((0..<states).map { $0 * states + state }) }
    from = (0..<states).map { state in logChances.at((0..<states).map { state * states + $0 }) }
  }

  /// The log density of each state and of all outcomes up to each time.
  func forward() -> [Quantity] {
    guard let first = logs.first else { return [] }
    var all = [start + first]
    for log in logs.dropFirst() { all.append(joined(into.map { ($0 + all[all.count - 1]).logSumExp }) + log) }
    return all
  }

  /// The log density of all outcomes after each time, given its state.
  func backward() -> [Quantity] {
    var all = [start.constant(0)]
    for log in logs.dropFirst().reversed() {
      let next = all[all.count - 1] + log
      all.append(joined(from.map { ($0 + next).logSumExp }))
    }
    return all.reversed()
  }

  private func joined(_ parts: [Quantity]) -> Quantity {
    Quantity(tracer: start.tracer, value: Numeric.concatenated(parts.map(\.value), .vector))
  }
}
