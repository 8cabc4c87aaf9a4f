import Foundation
import NumericArrays
import ReverseTape

/// p(z) = 1/K Σ_k q(z given u_k) with learned pseudo-inputs u_k (Tomczak & Welling 2018, eq. 9).
enum VampPrior {
  /// u `[width, K]`: inside (0, 1) where the data are.
  static func inputs(_ theta: ParameterView, _ likelihood: DecoderLikelihood) -> Traced {
    let free = theta["prior.pseudo_inputs"]
    return likelihood.isBernoulli ? free.sigmoid() : free
  }

  /// One of the pseudo-inputs `[width]`, each as likely as the others.
  ///
  /// - Parameter uniform: below 1; the k-th input where it lies in [k/K, (k + 1)/K).
  static func chosenInput(_ theta: ParameterView, _ likelihood: DecoderLikelihood, _ uniform: Traced)
    -> Traced
  {
    let inputs = inputs(theta, likelihood)
    let count = inputs.shape.columns
    let ends = uniform.tape.constant((1...count).map(Double.init))
    let place = Double(count) * uniform
    // Whether the place lies before the end of each interval, less whether it lies before its start.
    let choice = (ends - place).mapped(.step) - (ends - 1 - place).mapped(.step)
    return inputs.times(choice)
  }

  /// log p(z) for mean-field posteriors φ `[2 L, K]`: locations, then log scales.
  static func logDensity(_ z: Traced, pseudoPosteriors phi: Traced) -> Traced {
    let latents = z.count
    let components = phi.shape.columns
    let half = Shape(latents, components)
    let location = phi[0..<latents * components].reshaped(half)
    let logScale = phi[latents * components..<2 * latents * components].reshaped(half)
    let precision = (-2 * logScale).exp()
    let weighted = precision * location
    let tape = z.tape
    let ones = tape.constant([Double](repeating: 1, count: latents))
    // Σ (z − m)² / v, multiplied out so that each part is a product of matrices.
    let distance =
      precision.transposedTimes(z.square()) - 2 * weighted.transposedTimes(z)
      + (weighted * location).transposedTimes(ones)
    let normalizer = logScale.transposedTimes(ones) + 0.5 * Double(latents) * LogDensity.logTwoPi
    return (-0.5 * distance - normalizer).logSumExp() - Foundation.log(Double(components))
  }

  /// Pseudo-inputs at data drawn with replacement; for intensities, their logits inside [0.02, 0.98].
  static func initial(_ data: DataRows, count: Int, isBernoulli: Bool, noise: NoiseStream) -> [Double] {
    let order = noise.uniforms(count: count, step: 2000).map { Int($0 * Double(data.rowCount)) }
    return (0..<data.width).flatMap { column in
      order.map { row in
        let value = data[min(row, data.rowCount - 1), column]
        guard isBernoulli else { return value }
        let inside = min(max(value, 0.02), 0.98)
        return Foundation.log(inside / (1 - inside))
      }
    }
  }
}
