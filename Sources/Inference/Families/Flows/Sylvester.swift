public import ReverseTape

/// Sylvester layers f(x) = x + Q R tanh(R̃ Qᵀ x + b) (van den Berg et al. 2018, eq. 9): a planar layer for several orthogonal
/// directions at once.
///
/// Q `[D, M]` is the first columns of a product of reflections (§4.2). R and R̃ are lower triangles `[M, M]`: upper ones with the
/// directions in the other order. Their diagonals are kept in (−1, 1) by tanh, so that 1 + h′ r r̃ > 0 (theorem 2). φ of a layer is
/// the reflections' vectors, the two diagonals, b, and the two strict triangles.
public struct Sylvester: Flow {
  public static let name = "sylvester"
  public static let summary = "a flow of Sylvester layers: ridges along several orthogonal directions at once"
  public var layers = 4
  public var width = 8
  public var reflections = 4
  public var base = GaussianBase.meanField
  public static var options: [Option<Self>] {
    [
      .layers(\.layers),
      .integer("width", \.width, 1...1000, "directions in which a layer bends, at most as many as latents"),
      .integer("reflections", \.reflections, 1...1000, "reflections that turn the directions of a layer"),
      .base(\.base),
    ]
  }

  public init() {}

  private func width(_ dimension: Int) -> Int { min(width, dimension) }
  private func triangleCount(_ dimension: Int) -> Int { width(dimension) * (width(dimension) - 1) / 2 }

  public func parameterCount(ofLayer layer: Int, dimension: Int) -> Int {
    reflections * dimension + 3 * width(dimension) + 2 * triangleCount(dimension)
  }

  /// R = 0 is the identity; directions, offsets and R̃'s diagonal are random.
  public func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double] {
    let width = width(dimension)
    let vectors = reflections * dimension
    return noise[0..<vectors] + [Double](repeating: 0, count: width) + noise[vectors..<vectors + 2 * width]
      + [Double](repeating: 0, count: 2 * triangleCount(dimension))
  }

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    let dimension = x.count
    let (width, triangle) = (width(dimension), triangleCount(dimension))
    var start = 0
    func next(_ count: Int) -> Traced {
      defer { start += count }
      return parameters[start..<start + count]
    }
    let vectors = next(reflections * dimension)
    let (outer, inner) = (next(width).tanh(), next(width).tanh())
    let offset = next(width)

    let columns = (0..<dimension * width).map { $0 / width == $0 % width ? 1.0 : 0.0 }
    let directions = x.tape.constant(columns, Shape(dimension, width))
      .reflected(byAll: vectors, dimension: dimension)
    let along = directions.transposedTimes(x)
    var raised = inner * along
    if triangle > 0 { raised = raised + next(triangle).unitLowerTimes(along) - along }
    let height = (raised + offset).tanh()
    var moved = outer * height
    if triangle > 0 { moved = moved + next(triangle).unitLowerTimes(height) - height }
    return Bent(
      value: x + directions.times(moved),
      logDeterminant: (outer * inner * (1 - height.square())).log1p().sum())
  }
}
