public import ReverseTape

/// Inverse autoregressive layers x′_i = x_i exp(s_i) + t_i, where s_i and t_i are of the *inputs* x before i (Kingma et al. 2016,
/// eq. 10): one pass of the network for all elements of a draw.
public struct InverseAutoregressive: AutoregressiveFlow {
  public static let name = "inverse-autoregressive"
  public static let summary =
    "a flow in which each latent is scaled and shifted by the noise of those before it"
  public var layers = 4
  public var hidden = 16
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [.layers(\.layers), .hidden(\.hidden), .base(\.base)]
  }

  public init() {}

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let dimension = x.count
    let ordered = ordered(x, layer)
    let outputs = network(dimension)(ordered, parameters)
    let logScale = outputs[0..<dimension]
    let value = ordered * logScale.exp() + outputs[dimension..<2 * dimension]
    return Bent(value: self.ordered(value, layer), logDeterminant: logScale.sum())
  }
}
