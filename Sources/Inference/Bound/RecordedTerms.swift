package import ReverseTape

/// A term of the bound, by its name in the store.
public enum Term: String, Sendable, Hashable, CaseIterable {
  case reconstruction
  case klPrior = "kl_prior"
  case klPosterior = "kl_posterior"
  case logJoint = "log_joint"
  case entropy
  case logEvidence = "log_evidence"
}

/// A term on the tape: a value per draw (or shared), and whether it is exact.
package struct RecordedTerm {
  package var value: Traced
  var isExact: Bool
  /// Whether it is over the rows of a minibatch, so that even its closed form is an estimate.
  var usesMinibatch = false
}

extension BoundTape {
  /// Every term that can be had at β = 1: in closed form where it exists, else from the draws.
  ///
  /// A point mass has a log joint and a reconstruction, but neither an entropy nor a KL, and no bound on the evidence.
  var terms: [Term: RecordedTerm] {
    var terms: [Term: RecordedTerm] = [:]
    terms[.reconstruction] = overRows(closedReconstruction, logLikelihood)
    terms[.logJoint] = overRows(
      zip(closedReconstruction, closedLogPrior).map { $0 + $1 }, logJoint)
    guard hasDensity else { return terms }

    terms[.entropy] = ofLatents(closedEntropy) ?? sampled(logDensity.map { -$0 })
    terms[.klPrior] =
      ofLatents(closedPriorDivergence)
      ?? sampled(zip(logDensity, logPrior).map { $0 - $1 })
    if let logEvidence {
      terms[.logEvidence] = logEvidence
      terms[.klPosterior] = ofLatents(closedPosteriorDivergence) ?? posteriorDivergence(logEvidence.value)
    }
    return terms
  }

  /// log p(x) − E[log p(x, z)] − H[q], where the posterior has no closed KL.
  private func posteriorDivergence(_ logEvidence: Traced) -> RecordedTerm? {
    overRows(
      zip(closedReconstruction, closedPriorDivergence).map { logEvidence - ($0 - $1) },
      zip(logDensity, zip(logLikelihood, logPrior)).map { density, joint in
        logEvidence + density - (joint.0 + joint.1)
      })
  }

  /// What the draws alone say of each term, a value per draw, for those that could also be closed.
  var sampledTerms: [(Term, Traced)] {
    if let opaqueLogJoint, let logDensity { return [(.logJoint, opaqueLogJoint), (.entropy, -logDensity)] }
    guard let logLikelihood, let logPrior, let logDensity else { return [] }
    return [
      (.reconstruction, logLikelihood), (.logJoint, logLikelihood + logPrior), (.entropy, -logDensity),
      (.klPrior, logDensity - logPrior),
    ]
  }

  /// Whether nothing in a value is drawn.
  func isFreeOfNoise(_ value: Traced) -> Bool { noise.map { !value.depends(on: $0) } ?? true }

  /// A term that holds the log likelihood, closed where it can be.
  private func overRows(_ closed: Traced?, _ drawn: Traced?) -> RecordedTerm? {
    let isExact = closed != nil && !isMinibatch
    return (closed ?? drawn).map { RecordedTerm(value: $0, isExact: isExact, usesMinibatch: isMinibatch) }
  }

  /// A closed term of the latents: exact, unless they are those of a minibatch.
  private func ofLatents(_ closed: Traced?) -> RecordedTerm? {
    let usesMinibatch = hasLatentPerDatum && isMinibatch
    return closed.map { RecordedTerm(value: $0, isExact: !usesMinibatch, usesMinibatch: usesMinibatch) }
  }

  private func sampled(_ value: Traced?) -> RecordedTerm? {
    value.map {
      RecordedTerm(value: $0, isExact: false, usesMinibatch: hasLatentPerDatum && isMinibatch)
    }
  }

  private func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
    guard let first, let second else { return nil }
    return (first, second)
  }
}

/// The three writings of the ELBO in terms: value = first + sign · second.
enum Writing: Sendable, CaseIterable {
  case jointEntropy, reconstructionKL, evidenceGap

  init(_ form: Form) {
    switch form {
    case .jointEntropy: self = .jointEntropy
    case .reconstructionKL: self = .reconstructionKL
    case .evidenceGap: self = .evidenceGap
    }
  }

  var name: String {
    switch self {
    case .jointEntropy: Form.jointEntropy.rawValue
    case .reconstructionKL: Form.reconstructionKL.rawValue
    case .evidenceGap: Form.evidenceGap.rawValue
    }
  }

  var parts: (first: Term, second: Term, sign: Double) {
    switch self {
    case .jointEntropy: (.logJoint, .entropy, 1)
    case .reconstructionKL: (.reconstruction, .klPrior, -1)
    case .evidenceGap: (.logEvidence, .klPosterior, -1)
    }
  }

  /// The ELBO in this writing; nil where a part is missing.
  func value(_ terms: TermValues) -> Double? {
    let (first, second, sign) = parts
    guard let a = terms[first], let b = terms[second] else { return nil }
    return a + sign * b
  }

  /// The ELBO in this writing, per draw where a part is sampled; nil where a part is missing.
  func recorded(_ terms: [Term: RecordedTerm]) -> RecordedTerm? {
    let (first, second, sign) = parts
    guard let a = terms[first], let b = terms[second] else { return nil }
    return RecordedTerm(
      value: sign > 0 ? a.value + b.value : a.value - b.value, isExact: a.isExact && b.isExact,
      usesMinibatch: a.usesMinibatch || b.usesMinibatch)
  }
}
