import ReverseTape

/// Where the recorded values stand among a program's outputs.
struct RecordLayout: Sendable {
  var terms: [(term: Term, output: Int)] = []
  /// The ELBO at β = 1 as it is recorded.
  var elbo = 0
  var elboIsExact = false
  /// The writing that it is recorded in; nil for a point mass, where the log joint stands in for it.
  var elboWriting: Writing?
  var exactTerms: Set<Term> = []
  /// For each pair of writings over the same rows: the mean of their difference over the draws, and of its square; nil where
  /// nothing in it is drawn, so that it is exact.
  var identities: [(writings: (Writing, Writing), isExact: Bool, mean: Int, meanSquare: Int?)] = []

  func name(ofIdentity index: Int) -> String {
    let (first, second) = identities[index].writings
    return "\(first.name) against \(second.name)"
  }

  /// Puts the recorded values on the tape; their outputs are numbered from `first`.
  static func record(_ bound: BoundTape, after first: Int) -> (RecordLayout, [Traced]) {
    var layout = RecordLayout()
    var outputs: [Traced] = []
    func output(_ value: Traced) -> Int {
      outputs.append(value)
      return first + outputs.count - 1
    }
    let terms = bound.terms
    for term in Term.allCases {
      guard let recorded = terms[term] else { continue }
      layout.terms.append((term, output(recorded.value.meanOverDraws())))
      if recorded.isExact { layout.exactTerms.insert(term) }
    }
    let writings = Writing.allCases.compactMap { writing in
      writing.recorded(terms).map { (writing: writing, elbo: $0) }
    }
    // Exact where any writing is; else in the writing that is optimised.
    let chosen =
      writings.first { $0.elbo.isExact }
      ?? writings.first { $0.writing == Writing(bound.form) } ?? writings.first
    if let chosen {
      layout.elbo = output(chosen.elbo.value.meanOverDraws())
      layout.elboIsExact = chosen.elbo.isExact
      layout.elboWriting = chosen.writing
    } else if let joint = terms[.logJoint] {
      // A point mass: the log joint stands in for a bound.
      layout.elbo = output(joint.value.meanOverDraws())
      layout.elboIsExact = joint.isExact
    }
    for (index, first) in writings.enumerated() {
      // A minibatch and all rows are two estimates, not one identity.
      for second in writings[(index + 1)...] where first.elbo.usesMinibatch == second.elbo.usesMinibatch {
        let difference = first.elbo.value - second.elbo.value
        let isExact = bound.isFreeOfNoise(difference)
        let mean = output(difference.meanOverDraws())
        layout.identities.append(
          (
            (first.writing, second.writing), isExact, mean,
            isExact ? nil : output(difference.square().meanOverDraws())
          ))
      }
    }
    return (layout, outputs)
  }
}
