extension RecordLayout {
  /// The terms of a step from the outputs of a recording program; checks the identities among them.
  ///
  /// - Parameter drawsAreNew: whether the step's draws are independent of those before; else only what is exact is checked.
  func read(
    _ value: (Int) -> Double, step: Int, objective: Double, beta: Double, gradNorm: Double?,
    drawsAreNew: Bool = true, check: inout IdentityCheck
  ) -> StepTerms {
    let elbo = value(self.elbo)
    var result = StepTerms(
      step: step, elbo: elbo, objective: objective, terms: TermValues(), beta: beta, gradNorm: gradNorm)
    for (term, output) in terms { result.terms[term] = value(output) }
    guard elbo.isFinite else { return result }
    for (index, identity) in identities.enumerated() where identity.isExact || drawsAreNew {
      check.check(
        index, (name(ofIdentity: index), identity.isExact), mean: value(identity.mean),
        meanSquare: identity.meanSquare.map(value) ?? 0, elbo: elbo, step: step)
    }
    check.checkSigns(RecordedSteps(result), exact: exactTerms, elboIsExact: elboIsExact)
    return result
  }

  /// What a program would put out of terms that are known without one, none of them drawn: the values by their outputs,
  /// numbered from 0.
  func outputs(_ known: TermValues) -> [Double] {
    func required(_ value: Double?) -> Double {
      guard let value else { preconditionFailure("a term of the layout that is not known") }
      return value
    }
    var outputs = [Double](repeating: .nan, count: 1 + terms.count + identities.count)
    for (term, output) in terms { outputs[output] = required(known[term]) }
    outputs[elbo] = required(elboWriting?.value(known))
    for identity in identities {
      let (first, second) = identity.writings
      outputs[identity.mean] = required(first.value(known)) - required(second.value(known))
    }
    return outputs
  }
}
