import NumericArrays
public import ReverseTape

/// An objective ± L_γ with L_γ = log (1/K Σ w^γ) / γ, the log of a power mean of K weights; L_0 is the mean of log w.
public protocol PowerMeanObjective: WeightObjective {
  /// γ.
  var power: Double { get }
  /// −1 where L_γ is an upper bound, which is minimised.
  var sign: Double { get }
}

extension PowerMeanObjective {
  public func estimate(_ weights: ImportanceTerms) -> Traced {
    sign * powerMean(weights.logWeights)
  }

  /// L_γ of each row, `[rows]`.
  private func powerMean(_ logWeights: Traced) -> Traced {
    let count = Double(logWeights.shape.columns)
    if power == 0 { return logWeights.sumRows() * (1 / count) }
    return ((power * logWeights).logSumExpRows() - SpecialFunctions.log(count)) * (1 / power)
  }

  /// u − β γ u (1 − u) of the shares u = w^γ / Σ w^γ.
  ///
  /// The gradient of L_γ is Σ u ∇ log w, whose part through the parameters of log q is −β Σ u ∇ log q; its expectation becomes one
  /// through the draws by the identity E[f ∇ log q] = E[∇ f through the draw] (Tucker, Lawson, Gu & Maddison 2019, eq. 8 and 11):
  /// u² for IWAE, α u + (1 − α) u² for Rényi's bound at β = 1.
  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? {
    let shares = weights.shares(power: power)
    return sign * (shares - (power * weights.beta) * (shares * (1 - shares)))
  }

  /// L_γ less what it is with a draw's log weight replaced by the mean of the others' (Mnih & Rezende 2016, eq. 8 to 10); and −β u for
  /// log q in the weights.
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? {
    let logWeights = weights.logWeights
    let replaced = weights.replacingEach(logWeights, by: weights.meanOfOthers(logWeights))
    let without = powerMean(replaced).reshaped(logWeights.shape)
    let signal = weights.spread(powerMean(logWeights)) - without
    return sign * (signal - weights.beta * weights.shares(power: power))
  }

  /// L_γ of the whole term, and −β u for log q in the weights.
  public func learningSignals(_ weights: ImportanceTerms) -> Traced? {
    sign * (weights.spread(powerMean(weights.logWeights)) - weights.beta * weights.shares(power: power))
  }
}
