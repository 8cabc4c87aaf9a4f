import Foundation
import NumericArrays
import ReverseTape

/// The distribution of x given what a decoder puts out, independent over the columns.
public struct DecoderLikelihood: Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// The outputs are logits.
    case bernoulli
    /// The outputs are means.
    case gaussian
  }

  /// Whose variance Gaussian noise has.
  public enum Noise: String, CaseIterable, Sendable {
    case fixed, shared
    case perColumn = "per-column"
  }

  private let kind: Kind
  private let noise: Noise
  private let noiseSD: Double
  private let width: Int

  init(_ options: VAEOptions, width: Int) {
    kind = options.likelihood
    noise = options.noise
    noiseSD = options.noiseSD
    self.width = width
  }

  var isBernoulli: Bool { kind == .bernoulli }

  /// What is learned beside the decoder.
  var blocks: [ParameterBlock] {
    guard kind == .gaussian else { return [] }
    switch noise {
    case .fixed: return []
    case .shared: return [ParameterBlock("log_noise_variance", Shape(1))]
    case .perColumn: return [ParameterBlock("log_noise_variance", Shape(width))]
    }
  }

  func initial(_ data: DataRows) -> [Double] {
    [Double](
      repeating: 2 * Foundation.log(noiseSD), count: blocks.reduce(0) { $0 + $1.shape.count })
  }

  /// log p(x given the outputs).
  func logDensity(_ x: Traced, _ outputs: Traced, _ theta: ParameterView) -> Traced {
    switch kind {
    case .bernoulli:
      return (x * outputs - outputs.softplus()).sum()
    case .gaussian:
      let squares = (x - outputs).square()
      let constant = -0.5 * Double(width) * LogDensity.logTwoPi
      switch noise {
      case .fixed:
        return (-0.5 / (noiseSD * noiseSD)) * squares.sum() + constant
          - Double(width) * Foundation.log(noiseSD)
      case .shared:
        let logVariance = theta["log_noise_variance"].reshaped(.scalar)
        return -0.5 * squares.sum() * (-logVariance).exp() - 0.5 * Double(width) * logVariance + constant
      case .perColumn:
        let logVariance = theta["log_noise_variance"]
        return -0.5 * (squares * (-logVariance).exp()).sum() - 0.5 * logVariance.sum() + constant
      }
    }
  }

  /// E[x] given the outputs.
  func mean(_ outputs: Traced) -> Traced { isBernoulli ? outputs.sigmoid() : outputs }

  /// A draw of x given the outputs.
  func draw(_ outputs: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced {
    switch kind {
    case .bernoulli:
      return (mean(outputs) - noise.uniforms).mapped(.step)
    case .gaussian:
      switch self.noise {
      case .fixed: return outputs + noiseSD * noise.normals
      case .shared:
        return outputs + (0.5 * theta["log_noise_variance"].reshaped(.scalar)).exp() * noise.normals
      case .perColumn: return outputs + (0.5 * theta["log_noise_variance"]).exp() * noise.normals
      }
    }
  }

  /// The outputs whose mean is `mean`, a Bernoulli one kept inside [0.01, 0.99].
  func outputs(forMean mean: [Double]) -> [Double] {
    guard isBernoulli else { return mean }
    return mean.map { value in
      let inside = min(max(value, 0.01), 0.99)
      return Foundation.log(inside / (1 - inside))
    }
  }

  /// Refuses numbers that the likelihood does not allow, and columns that leave its noise without a maximum.
  func check(_ rows: DataRows, shape: LearningData.Shape, option: String) throws(SettingsProblem) {
    switch kind {
    case .bernoulli:
      guard let (row, column) = rows.firstPlace(where: { !($0 >= 0 && $0 <= 1) }) else { return }
      throw SettingsProblem(
        path: [option],
        what:
          "row \(row + 1), \(shape.name(ofColumn: column)) is \(rows[row, column].shortest), and a Bernoulli "
          + "likelihood takes numbers from 0 to 1",
        fix: "set divide_by to the largest value (255 for bytes), or use likelihood: gaussian")
    case .gaussian:
      guard noise == .perColumn, option == "data" else { return }
      guard let column = rows.columnMoments.variance.firstIndex(where: { !($0 > 0) }) else { return }
      throw SettingsProblem(
        path: [option],
        what: "\(shape.name(ofColumn: column)) is constant, so its noise variance has no maximum",
        fix: "use noise: shared or fixed, or leave it out with features")
    }
  }
}
