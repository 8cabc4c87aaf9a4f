public import ReverseTape

/// Radial layers f(x) = x + β (x − c) / (α + r) with r = |x − c| (Rezende & Mohamed 2015, eq. 14): each draws towards a centre, or
/// pushes away from it.
///
/// φ of a layer is c `[D]`, log α, and a number of which β = α (m − 1) follows with m > 0, as invertibility wants β > −α
/// (appendix A.2); m is 1 at 0.
public struct Radial: Flow {
  public static let name = "radial"
  public static let summary = "a flow of radial layers: contractions and expansions around centres"
  public var layers = 8
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [.layers(\.layers), .base(\.base)]
  }

  public init() {}

  public func parameterCount(ofLayer layer: Int, dimension: Int) -> Int { dimension + 2 }

  public func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double] {
    noise[0..<dimension] + [0, 0]
  }

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let dimension = x.count
    let offset = x - parameters[0..<dimension]
    let radius = offset.square().sum().squareRoot()
    let alpha = parameters[dimension].exp()
    // α / (α + r), of which β h = (m − 1) times it, and β h + β h′ r = (m − 1) times its square.
    let share = alpha / (alpha + radius)
    let strength = parameters[dimension + 1].unitSoftplus() - 1
    let pull = strength * share
    let inward = (pull * share).log1p()
    return Bent(
      value: x + pull * offset,
      logDeterminant: dimension > 1 ? Double(dimension - 1) * pull.log1p() + inward : inward)
  }
}
