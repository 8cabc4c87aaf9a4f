import NumericArrays
public import ReverseTape

/// What turns a datum into the φ of a family: a network for all of φ, or an affine map for the location beside scales that
/// all data share.
public struct Encoder: Sendable {
  private let network: MultilayerPerceptron
  /// φ beyond what the network gives; 0 where it gives all of it.
  private let sharedCount: Int
  /// The parameter of the model that is subtracted from a datum first; nil: none.
  private let center: String?

  /// A network that gives all of φ.
  init(hidden: [Int], activation: Activation, width: Int, parameterCount: Int) {
    network = MultilayerPerceptron(
      "encoder", sizes: [width] + hidden + [parameterCount], activation: activation)
    sharedCount = 0
    center = nil
  }

  /// An affine map of x − center that gives the first `latentCount` of φ, the location; the others are the same for all data.
  init(affine latentCount: Int, width: Int, center: String, parameterCount: Int) {
    network = MultilayerPerceptron("encoder", sizes: [width, latentCount], activation: .tanh)
    sharedCount = parameterCount - latentCount
    self.center = center
  }

  var parameters: ParameterBlocks {
    ParameterBlocks(
      network.blocks + (sharedCount > 0 ? [ParameterBlock("encoder.shared", Shape(sharedCount))] : []))
  }

  func initial(_ noise: NoiseStream, firstStep: UInt64) -> [Double] {
    network.initial(noise, firstStep: firstStep) + [Double](repeating: 0, count: sharedCount)
  }

  /// φ for one datum per draw, or for the columns of a shared matrix.
  func callAsFunction(_ x: Traced, _ parameters: ParameterView) -> Traced {
    let encoded = network(center.map { x - parameters[$0] } ?? x, parameters)
    guard sharedCount > 0 else { return encoded }
    return Traced.concatenated([encoded, parameters["encoder.shared"]])
  }
}

/// A family whose φ an encoder can give: one φ per datum (amortized inference, Kingma & Welling 2014).
public protocol EncodedFamily: Family {
  /// Whether the latents of a datum are independent under q.
  var hasIndependentLatents: Bool { get }
  func parameterCount(dimension: Int) -> Int
  /// Records q for φ given per draw: its draw from the noise `[dimension]`, its log density there and its moments.
  func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> Variational
}

extension EncodedFamily {
  public var hasIndependentLatents: Bool { false }
}
