import NumericArrays
public import ReverseTape

/// A point: maximises the log joint (MAP on the unconstrained scale). φ is the point `[D]`.
///
/// A point mass has no density, so neither an entropy nor a KL: its `elbo` is the log joint at the point and no bound.
public struct PointMass: Family {
  public static let name = "delta"
  public static let summary = "a point: maximum a posteriori; its elbo is the log joint, not a bound"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var hasDensity: Bool { false }
  public func parameterCount(for model: any Model) -> Int { model.dimension }
  public func noiseCount(for model: any Model) -> Int { 0 }

  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    start.mean
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    Variational(draw: parameters)
  }
}
