import NumericArrays
import ReverseTape

/// What stands between the layers of a network.
public enum Activation: String, Summarized {
  case tanh, relu, silu

  public var summary: String {
    switch self {
    case .tanh: "the hyperbolic tangent"
    case .relu: "max(x, 0) (Nair & Hinton 2010)"
    case .silu: "x · sigmoid(x) (Elfwing, Uchibe & Doya 2018)"
    }
  }

  func callAsFunction(_ x: Traced) -> Traced {
    switch self {
    case .tanh: x.tanh()
    case .relu: x.relu()
    case .silu: x * x.sigmoid()
    }
  }

  /// The variance of the weights times the number of inputs: 1 keeps a tanh's signal (Glorot & Bengio 2010), 2 makes
  /// up for the half that a rectifier drops (He et al. 2015, eq. 10).
  var gain: Double { self == .tanh ? 1 : 2 }
}

/// Affine layers with an activation between them: `sizes` are the widths from the inputs to the outputs.
struct MultilayerPerceptron: Sendable {
  let name: String
  let sizes: [Int]
  let activation: Activation

  init(_ name: String, sizes: [Int], activation: Activation) {
    precondition(sizes.count >= 2 && sizes.allSatisfy { $0 > 0 }, "a network has inputs and outputs")
    self.name = name
    self.sizes = sizes
    self.activation = activation
  }

  private var layers: Range<Int> { 0..<sizes.count - 1 }
  private func weight(_ layer: Int) -> String { "\(name).\(layer).weight" }
  private func bias(_ layer: Int) -> String { "\(name).\(layer).bias" }

  /// The weight `[outputs, inputs]` and the bias `[outputs]` of every layer.
  var blocks: [ParameterBlock] {
    layers.flatMap { layer in
      [
        ParameterBlock(weight(layer), Shape(sizes[layer + 1], sizes[layer]), isMatrix: true),
        ParameterBlock(bias(layer), Shape(sizes[layer + 1])),
      ]
    }
  }

  /// Normal weights of the variance that the activation asks for, and zero biases.
  ///
  /// - Parameter lastBias: what the last layer's bias starts at; nil: zero.
  func initial(_ noise: NoiseStream, firstStep: UInt64, lastBias: [Double]? = nil) -> [Double] {
    layers.flatMap { layer in
      let inputs = sizes[layer]
      // The last layer feeds no activation.
      let gain = layer == layers.last ? 1 : activation.gain
      let sd = (gain / Double(inputs)).squareRoot()
      let weights = noise.normals(
        dimension: sizes[layer + 1] * inputs, draws: 1, step: firstStep + UInt64(layer))
      let bias = layer == layers.last ? lastBias : nil
      return weights.map { $0 * sd } + (bias ?? [Double](repeating: 0, count: sizes[layer + 1]))
    }
  }

  /// The outputs for one datum per draw `[inputs]`, or for the columns of a shared matrix `[inputs, k]`.
  func callAsFunction(_ inputs: Traced, _ parameters: ParameterView) -> Traced {
    layers.reduce(inputs) { value, layer in
      let affine = parameters[weight(layer)].times(value).addingToColumns(parameters[bias(layer)])
      return layer == layers.last ? affine : activation(affine)
    }
  }
}
