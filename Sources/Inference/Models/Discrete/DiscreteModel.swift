import ReverseTape

/// A model whose latents take finitely many values, few enough for every state to be looked at: its evidence, its posterior and
/// every expectation under a family that knows the probability of each state are exact.
///
/// z holds a number for each latent that is 0 or 1, and one for each value of a latent with several, of which one is 1. Densities are
/// written so that they are smooth functions of these numbers, for estimators that relax them.
public protocol DiscreteModel: Model {
  /// All states, with the model's densities there.
  var states: StateTable { get }
}

extension DiscreteModel {
  public static var hasTractablePosterior: Bool { true }
  public var evidence: Evidence? { Evidence(logValue: states.logEvidence) }
  public var posterior: (any TractablePosterior)? { StatePosterior(states: states) }

  public var reference: ReferenceMoments? {
    let moments = states.marginals.map {
      ReferenceMoments.Moments(mean: $0, sd: max(0, $0 * (1 - $0)).squareRoot())
    }
    return ReferenceMoments(variables: Dictionary(zip(variableNames, moments)) { first, _ in first })
  }

  public var facts: [(fact: String, value: String)] {
    latents.map {
      ("latent \($0.name)", "\($0.count) \($0.count == 1 ? "number" : "numbers"), \($0.support.description)")
    }
      + [("states", String(states.count))]
  }
}

extension Model {
  /// Whether its latents take finitely many values.
  var isDiscrete: Bool { latents.contains { $0.support.valueCount != nil } }
}

/// The posterior of discrete latents by the sum over all states.
struct StatePosterior: TractablePosterior {
  let states: StateTable

  func logNormalizer(beta: Traced) -> Traced {
    let tape = beta.tape
    return (tape.constant(states.logPrior) + tape.constant(states.logLikelihood) / beta).logSumExp()
  }

  /// No Gaussian is a q of discrete latents.
  func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? { nil }

  /// Logits of the probabilities of each number being 1, which families of discrete latents start near.
  var moments: GaussianStart {
    let logits = states.marginals.map { StateTable.logit($0) }
    return GaussianStart(mean: logits, sd: logits.map { _ in 0.1 })
  }

  var closedTerms: ClosedTerms? {
    let shares = states.posterior
    func mean(_ values: [Double]) -> Double { zip(shares, values).reduce(0) { $0 + $1.0 * $1.1 } }
    let (likelihood, prior) = (mean(states.logLikelihood), mean(states.logPrior))
    // Of the posterior, H = log p(x) − E[log p(x, z)].
    return ClosedTerms(
      reconstruction: likelihood, logPrior: prior, entropy: states.logEvidence - likelihood - prior)
  }
}
