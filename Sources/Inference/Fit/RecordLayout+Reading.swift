extension RecordLayout {
  /// The terms of a step from the outputs of a recording program; checks the identities among them.
  func read(
    _ value: (Int) -> Double, step: Int, objective: Double, beta: Double, gradNorm: Double?,
    check: inout IdentityCheck
  ) -> StepTerms {
    let elbo = value(self.elbo)
    var result = StepTerms(
      step: step, elbo: elbo, objective: objective, terms: TermValues(), beta: beta, gradNorm: gradNorm)
    for (term, output) in terms { result.terms[term] = value(output) }
    guard elbo.isFinite else { return result }
    for (index, identity) in identities.enumerated() {
      check.check(
        index, (identity.name, identity.isExact), mean: value(identity.mean),
        meanSquare: identity.meanSquare.map(value) ?? 0, elbo: elbo, step: step)
    }
    check.checkSigns(RecordedSteps(result), exact: exactTerms, elboIsExact: elboIsExact)
    return result
  }
}
