import Foundation
import NumericArrays
import ReverseTape
import Synchronization

/// The Gaussian that fits of a model start near where they are told no other: that at the top of the mean-field ELBO at a few quasi-random
/// draws, climbed to by L-BFGS (Giordano, Ingram & Broderick 2024; Buchholz, Wenzel & Mandt 2018).
///
/// It depends on the model alone, and is found once, when the first run wants it. Where the ELBO is not finite at the start of the ascent, so
/// that nothing can be climbed, that start is what is found.
public final class FittedStart: Sendable {
  private static let draws = 32
  private static let mostSteps = 1000
  /// The ascent ends where a further step promises no more, in nats: far less than matters, because along a valley that is entered from the side
  /// the first promises are small too.
  private static let largestPromise = 1e-9
  /// Of more latents no correlations are sought.
  private static let mostCorrelated = 200

  private let model: any Model
  private let found = Mutex(Found())

  /// What has been asked for so far.
  private struct Found {
    var top: Top?
    var correlated: GaussianStart?
  }

  /// Where the ascent has ended: locations `[D]`, then log scales `[D]`.
  private struct Top {
    var point: [Double]
    /// Whether it ended at a top.
    var isReached: Bool

    var gaussian: GaussianStart {
      let dimension = point.count / 2
      let sd = point[dimension...].map { Foundation.exp($0) }
      return GaussianStart(mean: Array(point[..<dimension]), sd: sd)
    }
  }

  init(_ model: any Model) { self.model = model }

  /// The Gaussian for a family: with correlations, where the family can have them.
  func gaussian(for family: any Family) -> GaussianStart {
    let isIndependent = (family as? any LocationScaleFamily)?.base == .meanField
    return found.withLock { found in
      if !isIndependent, let known = found.correlated { return known }
      if isIndependent, let known = found.top { return known.gaussian }
      let bound = Self.bound(of: model)
      let top = found.top ?? Self.climb(bound, from: Self.parameters(model))
      found.top = top
      if isIndependent { return top.gaussian }
      let correlated = Self.correlated(top, bound, model) ?? top.gaussian
      found.correlated = correlated
      return correlated
    }
  }

  private static func parameters(_ model: any Model) -> [Double] {
    MeanField().parameters(near: InitialValues.common(dimension: model.dimension), model: model, noise: [])
  }

  private static func bound(of model: any Model) -> FixedDrawsBound {
    var options = RunOptions()
    options.family.family = MeanField()
    options.optimizer = DeterministicInference(draws: draws)
    if model.dimension <= SobolSequence.dimensionLimit { options.noise = .sobol }
    let start = InitialValues.common(dimension: model.dimension)
    let task = InferenceTask(model: model, family: MeanField(), start: .given(start))
    let settings = RunSettings(options, task: .inference(task), configuration: ConfigMapping())
    return FixedDrawsBound(
      StepProgram(settings), FitRun(number: 0, settings: settings, seed: 0),
      start: parameters(model), team: Team())
  }

  private static func climb(_ bound: FixedDrawsBound, from start: [Double]) -> Top {
    var ascent = QuasiNewtonAscent(bound, from: start, history: 10)
    var step = 0
    while step < mostSteps, ascent.isFinite, ascent.promise > largestPromise, ascent.advance() { step += 1 }
    // Where the density has no bound, the ascent can leave what floating-point numbers hold.
    let scales = ascent.z[(start.count / 2)...].map { Foundation.exp($0) }
    guard ascent.z.allSatisfy(\.isFinite), scales.allSatisfy({ ($0 * $0).isNormal }) else {
      return Top(point: start, isReached: false)
    }
    return Top(point: ascent.z, isReached: ascent.isFinite && ascent.promise <= largestPromise)
  }

  /// With the linear-response covariance of the latents, the block of the inverse curvature that belongs to their locations (Giordano, Broderick
  /// & Jordan 2018, eq. 9); nil where there is none.
  private static func correlated(_ top: Top, _ bound: FixedDrawsBound, _ model: any Model) -> GaussianStart? {
    let dimension = top.point.count / 2
    guard top.isReached, (2...mostCorrelated).contains(dimension),
      let factor = try? bound.curvature(at: top.point).cholesky()
    else { return nil }
    // Σ = A H⁻¹ Aᵀ = (L⁻¹ Aᵀ)ᵀ (L⁻¹ Aᵀ), where H = L Lᵀ and A picks the locations.
    let slopes = Matrix(
      (0..<dimension).map { place in
        Matrix.forwardSubstitution(lower: factor, top.point.indices.map { $0 == place ? 1 : 0 })
      })
    let alone = top.gaussian
    guard let correlated = try? GaussianStart(mean: alone.mean, covariance: slopes * slopes.transposed) else {
      return nil
    }
    // Where the posterior is far from Gaussian, the response can be too wide a guess.
    let density = PosteriorDensity.Evaluation(PosteriorDensity(model, beta: 1))
    return elbo(of: correlated, density) > elbo(of: alone, density) ? correlated : nil
  }

  /// Estimated by draws of the same noise for every Gaussian.
  private static func elbo(of gaussian: GaussianStart, _ density: PosteriorDensity.Evaluation) -> Double {
    let count = gaussian.mean.count
    let noise = NoiseStream(seed: 0, purpose: .search).normals(dimension: count, draws: draws, step: 0)
    let factor = gaussian.factor
    var slope = gaussian.mean
    var sum = 0.0
    for draw in 0..<draws {
      let own = (0..<count).map { noise[$0 * draws + draw] }
      sum += density.logDensity(zip(gaussian.mean, factor * own).map(+), gradient: &slope)
    }
    let elbo = sum / Double(draws) + 0.5 * Matrix.logDeterminant(lower: factor)
    return elbo.isNaN ? -.infinity : elbo
  }
}
