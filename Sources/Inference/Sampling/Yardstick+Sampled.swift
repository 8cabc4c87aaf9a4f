extension Yardstick {
  /// Of the density p(z) p(x|z)^(1/β) itself, taken as q: its entropy is the log of its normaliser Z less the mean of what Z
  /// normalises. For the posterior the ELBO is log p(x).
  ///
  /// - Parameters:
  ///   - logNormaliser: log Z with its standard error; nil where it cannot be estimated, and the ELBO is NaN.
  ///   - offset: the mean of log p(x, z) less what Z normalises, with its standard error.
  ///   - joint: the mean of log p(x, z).
  ///   - likelihood: that of log p(x|z); nil where it cannot be told apart.
  init(
    logNormaliser: (value: Double, error: Double)?, offset: (value: Double, error: Double), joint: Double,
    likelihood: Double?, isPosterior: Bool
  ) {
    let elbo = logNormaliser.map { $0.value + offset.value }
    var terms = TermValues()
    terms.logJoint = joint
    terms.entropy = elbo.map { $0 - joint }
    if let likelihood {
      terms.reconstruction = likelihood
      terms.klPrior = elbo.map { likelihood - $0 }
    }
    if isPosterior { terms.logEvidence = logNormaliser?.value }
    self.init(
      elbo: elbo ?? .nan,
      elboStandardError: logNormaliser.map {
        ($0.error * $0.error + offset.error * offset.error).squareRoot()
      },
      terms: terms, logEvidenceStandardError: isPosterior ? logNormaliser?.error : nil)
  }
}
