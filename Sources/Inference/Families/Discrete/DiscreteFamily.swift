public import ReverseTape

/// A family over discrete latents, independent of each other: φ are logits. Draws jump, so that gradients do not go through them.
///
/// `initial` says where the logits start: at draws from N(location, scale²), so that a symmetry between values is broken.
public protocol DiscreteFamily: Family {}

extension DiscreteFamily {
  public var hasDifferentiableDraws: Bool { false }
  public func parameterCount(for model: any Model) -> Int { model.dimension }
  public func noiseCount(for model: any Model) -> Int { model.dimension }

  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    start.mean.indices.map { start.mean[$0] + start.variances[$0].squareRoot() * noise[$0] }
  }
}

/// What is known of a q over discrete latents.
public struct DiscreteMarginals {
  /// E_q[z] `[D]`: the probability of each number being 1.
  public var means: Traced
  /// q(z) of each state `[S]`, as `StateTable` orders them.
  public var states: Traced
  /// A draw whose numbers are between 0 and 1, differentiable in φ: it goes to the draw as the temperature goes to 0 (Jang, Gu & Poole
  /// 2017; Maddison, Mnih & Teh 2017).
  public var relaxed: (_ temperature: Double) -> Traced

  /// - Parameters:
  ///   - factors: the probabilities of each latent's values.
  init(means: Traced, factors: [Traced], relaxed: @escaping (_ temperature: Double) -> Traced) {
    self.means = means
    self.relaxed = relaxed
    states = factors.dropFirst().reduce(factors[0]) { all, next in
      all.outerProduct(next).reshaped(Shape(all.count * next.count))
    }
  }
}
