import NumericArrays
public import ReverseTape

/// A variational family q(z; φ) on the unconstrained scale.
public protocol Family: Component {
  /// The number of elements of φ for a model.
  func parameterCount(for model: any Model) -> Int
  /// The number of standard normal variates that one draw takes.
  func noiseCount(for model: any Model) -> Int
  /// φ for the member nearest to a Gaussian: exact where the family holds it.
  ///
  /// - Parameter noise: standard normal variates, `parameterCount` of them, where the family needs to break a symmetry.
  func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double]
  /// Records q: its draw from the noise, its log density there, and what it has in closed form.
  ///
  /// - Parameters:
  ///   - parameters: φ `[parameterCount]`; nil where there are none.
  ///   - noise: `[noiseCount]` per draw; nil where there is none.
  func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational
  /// The most coefficients of noise that one latent has for itself, where draws are affine in the noise; nil where they are not.
  func coefficientsPerLatent(for model: any Model) -> Int?
  /// Why the family cannot be used with a model; nil where it can.
  func obstacle(with model: any Model) -> SettingsProblem?
  /// Whether q has a density, so that its ELBO is a bound.
  var hasDensity: Bool { get }
  /// Whether single draws of q, as functions of φ, carry the gradients of their expectations.
  var hasDifferentiableDraws: Bool { get }
  /// Whether the ELBO of q is climbed by `stl` where nothing is said: its gradient loses its noise as q nears the posterior, so that fits end
  /// nearer the top, if q can come near it.
  var sticksToTheLanding: Bool { get }
}

extension Family {
  public func coefficientsPerLatent(for model: any Model) -> Int? { nil }
  public func obstacle(with model: any Model) -> SettingsProblem? { nil }
  public var hasDensity: Bool { true }
  public var hasDifferentiableDraws: Bool { true }
  public var sticksToTheLanding: Bool { false }

  /// Why the family cannot be used with a model, first of all that its q has another kind of latents; nil where it can.
  func misfit(with model: any Model) -> SettingsProblem? {
    guard model.isDiscrete, !(self is any DiscreteFamily), !(self is ExactPosterior) else {
      return obstacle(with: model)
    }
    let isBinary = model.latents.allSatisfy { $0.support == .binary }
    return SettingsProblem(
      path: ["family"],
      what: "'\(Self.name)' is of continuous latents, and those of '\(model.modelName)' are discrete",
      fix: "use family: \(isBinary ? Bernoulli.name : Categorical.name)")
  }
}

/// A recorded q.
public struct Variational {
  /// z `[D]`, one per draw (shared where q is a point); nil where only closed terms are known.
  public var draw: Traced?
  /// log q(z) at the draw, a scalar per draw; nil where q has no density or no draw.
  public var logDensity: Traced?
  /// The moments, where q is Gaussian on the unconstrained scale.
  public var gaussian: GaussianMoments?
  /// H[q], where it is known though q is not Gaussian.
  public var entropy: Traced?
  /// What a mixture is made of; empty where q is not one.
  public var strata: [Stratum] = []
  /// The expectations, where q is fixed and they are known.
  public var closedTerms: ClosedTerms?
  /// The expected statistics of the latents, where they are independent and of known families.
  public var statistics: LatentStatistics?
  /// log q at any z `[D]`, where it is known and q is not Gaussian, whose moments say it.
  public var density: ((_ z: Traced) -> Traced)?
  /// What is known of a q over discrete latents; nil of others.
  public var discrete: DiscreteMarginals?

  /// log q at any z `[D]`, a scalar per draw; nil where it is known at q's own draws alone.
  public func logDensity(at z: Traced) -> Traced? { density?(z) ?? gaussian?.logDensity(at: z) }
}

extension Registry where Item == any Family {
  /// The variational families: one line each.
  public static let families = Registry(
    kind: .family,
    entries: [
      Entry(MeanField.self, as: .family) { $0 },
      Entry(FullRank.self, as: .family) { $0 },
      Entry(MinimumRate.self, as: .family) { $0 },
      Entry(LowRank.self, as: .family) { $0 },
      Entry(BlockDiagonal.self, as: .family) { $0 },
      Entry(StudentT.self, as: .family) { $0 },
      Entry(Laplace.self, as: .family) { $0 },
      Entry(GaussianMixtureFamily.self, as: .family) { $0 },
      Entry(Planar.self, as: .family) { $0 },
      Entry(Radial.self, as: .family) { $0 },
      Entry(Sylvester.self, as: .family) { $0 },
      Entry(Householder.self, as: .family) { $0 },
      Entry(RealNVP.self, as: .family) { $0 },
      Entry(InverseAutoregressive.self, as: .family) { $0 },
      Entry(MaskedAutoregressive.self, as: .family) { $0 },
      Entry(NeuralSpline.self, as: .family) { $0 },
      Entry(Bernoulli.self, as: .family) { $0 },
      Entry(Categorical.self, as: .family) { $0 },
      Entry(ConjugateFamily.self, as: .family) { $0 },
      Entry(PointMass.self, as: .family) { $0 },
      Entry(ExactPosterior.self, as: .family) { $0 },
      Entry(NoUTurn.self, as: .family) { $0 },
      Entry(AnnealedImportanceSampling.self, as: .family) { $0 },
      Entry(SequentialMonteCarlo.self, as: .family) { $0 },
      Entry(LatticeQuadrature.self, as: .family) { $0 },
      Entry(SteinParticles.self, as: .family) { $0 },
      Entry(MultiPathfinder.self, as: .family) { $0 },
    ])
}

extension Traced {
  /// The log density of standard normal noise, a scalar per draw: what every location–scale family starts from.
  func standardNormalLogDensity() -> Traced {
    -0.5 * square().sum() - 0.5 * Double(count) * LogDensity.logTwoPi
  }
}
