public import ReverseTape

/// Planar layers f(x) = x + û tanh(wᵀx + b) (Rezende & Mohamed 2015, eq. 10): each moves everything along one direction, by how far
/// it lies along another.
///
/// û = u + (m(wᵀu) − wᵀu) w / |w|² with m > −1 keeps a layer invertible (appendix A.1). m is 0 at 0 here, so that u = 0 is the
/// identity. φ of a layer is u `[D]`, w `[D]`, b.
public struct Planar: Flow {
  public static let name = "planar"
  public static let summary = "a flow of planar layers: ridges along single directions"
  public var layers = 8
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [.layers(\.layers), .base(\.base)]
  }

  public init() {}

  public func parameterCount(ofLayer layer: Int, dimension: Int) -> Int { 2 * dimension + 1 }

  public func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double] {
    let width = 1 / Double(dimension).squareRoot()
    let direction = noise[dimension..<2 * dimension].map { width * $0 }
    return [Double](repeating: 0, count: dimension) + direction + [noise[2 * dimension]]
  }

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let dimension = x.count
    let (u, w) = (parameters[0..<dimension], parameters[dimension..<2 * dimension])
    let along = (w * u).sum()
    let kept = along.unitSoftplus() - 1
    let direction = u + ((kept - along) / w.square().sum()) * w
    let height = (w.reshaped(Shape(1, dimension)).times(x) + parameters[2 * dimension]).tanh()
    return Bent(
      value: x + direction * height,
      // wᵀû = m(wᵀu).
      logDeterminant: (kept * (1 - height.square())).log1p())
  }
}
