import NumericArrays
public import ReverseTape

/// The ELBO with the total correlation of the aggregate posterior weighted by β, the β-TCVAE (Chen, Li, Grosse & Duvenaud 2018,
/// "Isolating sources of disentanglement in VAEs", eq. 4 with α = γ = 1):
///
///     E_q[log p(x|z)] − KL[q ‖ p(z)] − (β − 1) TC,   TC = KL[q(z) ‖ Π_j q(z_j)]
///
/// The KL is closed; the TC is estimated from the data of the step by minibatch-weighted sampling (their eq. 3): log q(z) of a draw as
/// log 1/(N M) Σ_k q(z given x_k) over the M draws of the step, N being the number of all data, and log q(z_j) likewise.
public struct TotalCorrelationObjective: RateObjective {
  public static let name = "beta-tcvae"
  public static let summary = "the ELBO with the latents' total correlation weighted by β (Chen et al. 2018)"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var need: RateNeed { .independentLatents }

  public func bound(_ terms: RateTerms) -> Traced {
    terms.reconstruction - terms.rate - (terms.beta - 1) * totalCorrelation(terms)
  }

  /// The mean of log q(z) − Σ_j log q(z_j) over the draws.
  private func totalCorrelation(_ terms: RateTerms) -> Traced {
    guard let z = terms.draw, let gaussian = terms.gaussian else {
      preconditionFailure("a total correlation of latents without draws")
    }
    let (latents, draws) = (z.count, z.tape.draws)
    let perDraw = Layout(Shape(latents), .perDraw)
    func columns(_ value: Traced) -> Traced { value.expanded(to: perDraw).drawsAsColumns() }
    let (means, variances) = (columns(gaussian.mean), columns(gaussian.variance))
    let draw = columns(z)
    // Of each latent a matrix of every draw beside every q.
    let densities = (0..<latents).map { latent in
      let row = latent * draws..<(latent + 1) * draws
      func below(_ value: Traced) -> Traced {
        // Each row is the vector of the q's.
        value[row].gathered((0..<draws * draws).map { $0 % draws }, Shape(draws, draws))
      }
      let variance = below(variances)
      let offset = draw[row].repeatedColumns(draws) - below(means)
      return -0.5 * (offset.square() / variance + variance.log() + LogDensity.logTwoPi)
    }
    let size = SpecialFunctions.log(terms.dataCount * Double(draws))
    let joint = densities.dropFirst().reduce(densities[0], +).logSumExpRows() - size
    let margins = densities.map { $0.logSumExpRows() - size }
    let difference = joint - margins.dropFirst().reduce(margins[0], +)
    return difference.sum() * (1 / Double(draws))
  }
}
