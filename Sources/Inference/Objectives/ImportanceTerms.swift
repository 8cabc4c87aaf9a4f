package import ReverseTape

/// The β-weighted log weights of a step's draws, log p(x given z) + β log p(z) − β log q(z), in terms of K each.
public struct ImportanceTerms {
  /// log w `[terms, K]`, with the gradients of draws that move with φ.
  package let logWeights: Traced
  package let beta: Traced

  var tape: Tape { logWeights.tape }
  var termCount: Int { logWeights.shape.rows }
  /// K.
  var samples: Int { logWeights.shape.columns }

  package init(logWeights: Traced, beta: Traced) {
    self.logWeights = logWeights
    self.beta = beta
  }

  /// The same weights, held fixed by gradients.
  var held: ImportanceTerms {
    ImportanceTerms(logWeights: logWeights.stoppingGradient(), beta: beta)
  }

  /// A number `[terms]` for each draw of the term, `[terms, K]`.
  func spread(_ value: Traced) -> Traced { value.repeatedColumns(samples) }

  /// The mean over each term's draws, `[terms]`.
  func mean(_ values: Traced) -> Traced { values.sumRows() * (1 / Double(samples)) }

  /// The shares w^γ / Σ w^γ of each term, `[terms, K]`.
  func shares(power: Double) -> Traced {
    if power == 0 {
      let share = 1 / Double(samples)
      return tape.constant([Double](repeating: share, count: logWeights.count), logWeights.shape)
    }
    let powers = power * logWeights
    return (powers - spread(powers.logSumExpRows())).exp()
  }

  /// The mean of the other draws of the same term, `[terms, K]`.
  ///
  /// - Precondition: there are others.
  func meanOfOthers(_ values: Traced) -> Traced {
    (spread(values.sumRows()) - values) * (1 / Double(samples - 1))
  }

  /// For each draw k of each term, its term's values with its own replaced: `[terms · K, K]`.
  ///
  /// - Parameter replacement: `[terms, K]`.
  func replacingEach(_ values: Traced, by replacement: Traced) -> Traced {
    let size = termCount * samples
    let both = Traced.concatenated([values, replacement])
    let index = (0..<size).flatMap { place in
      (0..<samples).map { other in
        let own = place / samples * samples + other
        return own == place ? size + place : own
      }
    }
    return both.gathered(index, Shape(size, samples))
  }
}
