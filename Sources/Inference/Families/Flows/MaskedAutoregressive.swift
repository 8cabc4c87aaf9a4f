public import ReverseTape

/// Masked autoregressive layers x′_i = x_i exp(s_i) + t_i, where s_i and t_i are of the *outputs* x′ before i (Papamakarios,
/// Pavlakou & Murray 2017, eq. 3–4).
///
/// What is cheap for them is the density of a given z. A variational family draws its z: the elements come one after another, so that
/// a program grows with their number; the log density at the draw comes with it.
public struct MaskedAutoregressive: AutoregressiveFlow, InvertibleFlow {
  public static let name = "masked-autoregressive"
  public static let summary =
    "a flow in which each latent is scaled and shifted by the latents before it; for few latents"
  public var layers = 2
  public var hidden = 16
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [.layers(\.layers), .hidden(\.hidden), .base(\.base)]
  }

  /// A hundred latents in two layers are ten thousand operations a step.
  private static let mostLatents = 100

  public init() {}

  public var sticksToTheLanding: Bool { true }

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard model.dimension > Self.mostLatents else { return nil }
    return SettingsProblem(
      path: ["family"],
      what: "'\(Self.name)' draws one latent after another, and '\(model.modelName)' has \(model.dimension)",
      fix: "use it for at most \(Self.mostLatents) latents, or use inverse-autoregressive")
  }

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let (value, logScaleSum) = network(x.count).unrolled(ordered(x, layer), parameters)
    return Bent(value: ordered(value, layer), logDeterminant: logScaleSum)
  }

  /// All elements at once, as what scales and shifts each is of the outputs.
  public func unbent(_ y: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let dimension = y.count
    let ordered = ordered(y, layer)
    let outputs = network(dimension)(ordered, parameters)
    let logScale = outputs[0..<dimension]
    let value = (ordered - outputs[dimension..<2 * dimension]) * (-logScale).exp()
    return Bent(value: self.ordered(value, layer), logDeterminant: logScale.sum())
  }
}
