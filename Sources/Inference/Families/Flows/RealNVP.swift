public import ReverseTape

/// Affine coupling layers: half of x is scaled and shifted by what a network makes of the other half,
/// x_b ∘ exp(s(x_a)) + t(x_a) (Dinh, Sohl-Dickstein & Bengio 2017, eq. 4–8).
public struct RealNVP: CouplingFlow {
  public static let name = "real-nvp"
  public static let summary =
    "a flow of affine coupling layers: half of the latents scales and shifts the other"
  public var layers = 4
  public var hidden = 16
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [.layers(\.layers), .hidden(\.hidden), .base(\.base)]
  }

  public init() {}

  public var sticksToTheLanding: Bool { true }

  public var numbersPerElement: Int { 2 }

  public func moved(_ x: Traced, by numbers: Traced) -> Bent {
    let logScale = numbers[0..<x.count]
    return Bent(
      value: x * logScale.exp() + numbers[x.count..<2 * x.count], logDeterminant: logScale.sum())
  }

  public func movedBack(_ y: Traced, by numbers: Traced) -> Bent {
    let logScale = numbers[0..<y.count]
    return Bent(
      value: (y - numbers[y.count..<2 * y.count]) * (-logScale).exp(), logDeterminant: logScale.sum())
  }
}
