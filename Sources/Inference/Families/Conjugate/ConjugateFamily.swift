public import ReverseTape

/// Independent latents, each in the family of its posterior given the others: Gaussian where it is real, gamma where it is positive, beta
/// where it is between 0 and 1 (Bishop 2006, §10.1; Blei, Kucukelbir & McAuliffe 2017, §4). A latent of several elements is one Gaussian of
/// any covariance, or as many independent gammas or betas.
///
/// φ is that of each latent's factor, in the order of z.
public struct ConjugateFamily: Family {
  public static let name = "conjugate"
  public static let summary =
    "each latent independently in the family of its full conditional: Gaussian, gamma or beta"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public func parameterCount(for model: any Model) -> Int {
    model.latents.reduce(0) { $0 + $1.factor.parameterCount }
  }
  public func noiseCount(for model: any Model) -> Int {
    model.latents.reduce(0) { $0 + $1.factor.noiseCount }
  }

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard !(model is any ConditionallyConjugate) else { return nil }
    return SettingsProblem(
      path: ["family"],
      what:
        "'\(Self.name)' is of the families of full conditionals, which '\(model.modelName)' does not have",
      fix: "use another family, or one of \(Registry.models.namesWithConditionals.joined(separator: ", "))")
  }

  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    var first = 0
    return model.latents.flatMap { latent in
      defer { first += latent.count }
      return latent.factor.parameters(near: start, places: first..<first + latent.count)
    }
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("conjugate needs parameters and noise") }
    var (firstParameter, firstNoise, place) = (0, 0, 0)
    let factors = model.latents.map { latent in
      let factor = latent.factor
      defer {
        firstParameter += factor.parameterCount
        firstNoise += factor.noiseCount
        place += latent.count
      }
      return (
        places: place..<place + latent.count,
        recorded: factor.record(
          parameters[firstParameter..<firstParameter + factor.parameterCount],
          noise: noise[firstNoise..<firstNoise + factor.noiseCount], on: tape)
      )
    }
    func sum(_ terms: [Traced]) -> Traced { terms.dropFirst().reduce(terms[0], +) }
    return Variational(
      draw: Traced.concatenated(factors.map(\.recorded.draw)),
      logDensity: sum(factors.map(\.recorded.logDensity)), entropy: sum(factors.map(\.recorded.entropy)),
      statistics: LatentStatistics(
        Dictionary(
          uniqueKeysWithValues: zip(model.latents, factors).map { ($0.name, $1.recorded.statistic) })),
      density: { z in sum(factors.map { $0.recorded.density(z[$0.places]) }) })
  }
}
