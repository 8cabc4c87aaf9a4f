public import ReverseTape

/// A normalizing flow (Rezende & Mohamed 2015): standard normal noise is bent by invertible layers and then placed as a Gaussian's
/// is, z = location + factor · f_L(… f_1(ε)), so that the layers work on noise of unit scale whatever the scale of z.
///
/// log q(z) = log N(ε) − Σ log |det ∂f_l| − log |det factor|. φ is that of the base, then that of each layer. The layers start
/// at the identity, so that q starts as the base.
public protocol Flow: Family {
  var layers: Int { get }
  /// The Gaussian that the flow bends.
  var base: GaussianBase { get }
  func parameterCount(ofLayer layer: Int, dimension: Int) -> Int
  /// φ of a layer that is the identity.
  ///
  /// - Parameter noise: standard normal variates, as many as the layer has parameters, to break symmetries.
  func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double]
  /// Passes x `[D]` through a layer with its φ.
  func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent
}

/// A flow whose layers can be gone back through in closed form, so that log q is known at any z.
public protocol InvertibleFlow: Flow {
  /// The input `[D]` of which a layer makes y, and log |det| of its Jacobian there.
  func unbent(_ y: Traced, layer: Int, _ parameters: Traced) -> Bent
}

/// What a layer makes of its input, or what it was made of.
public struct Bent {
  /// `[D]`, per draw.
  public var value: Traced
  /// log |det| of the layer's Jacobian at its input, a scalar per draw.
  public var logDeterminant: Traced
}

extension Flow {
  public func parameterCount(for model: any Model) -> Int {
    base.parameterCount(dimension: model.dimension)
      + (0..<layers).reduce(0) { $0 + parameterCount(ofLayer: $1, dimension: model.dimension) }
  }

  public func noiseCount(for model: any Model) -> Int { model.dimension }

  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    var parameters = base.parameters(near: start, model: model)
    for layer in 0..<layers {
      let count = self.parameterCount(ofLayer: layer, dimension: model.dimension)
      let own = Array(noise[parameters.count..<parameters.count + count])
      parameters += self.parameters(ofLayer: layer, dimension: model.dimension, noise: own)
    }
    return parameters
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("a flow needs parameters and noise") }
    let dimension = model.dimension
    let (ownBase, ownLayers) = parts(parameters, dimension: dimension)
    var x = noise
    var density = noise.standardNormalLogDensity()
    for (layer, own) in ownLayers.enumerated() {
      let bent = bent(x, layer: layer, own)
      x = bent.value
      density = density - bent.logDeterminant
    }
    let placed = base.record(ownBase, noise: x, dimension: dimension, on: tape)
    var q = Variational(draw: placed.draw, logDensity: density - placed.logDeterminant)
    if let flow = self as? any InvertibleFlow {
      q.density = { flow.logDensity(at: $0, parameters) - placed.logDeterminant }
    }
    return q
  }

  /// φ of the base, and of each layer.
  fileprivate func parts(_ parameters: Traced, dimension: Int) -> (base: Traced, layers: [Traced]) {
    var start = base.parameterCount(dimension: dimension)
    let ownBase = parameters[0..<start]
    let ownLayers = (0..<layers).map { layer in
      let count = parameterCount(ofLayer: layer, dimension: dimension)
      defer { start += count }
      return parameters[start..<start + count]
    }
    return (ownBase, ownLayers)
  }
}

extension InvertibleFlow {
  /// log N(ε) − Σ log |det ∂f_l| of the ε that z is the draw of: log q(z) but for the determinant of the base's factor.
  fileprivate func logDensity(at z: Traced, _ parameters: Traced) -> Traced {
    let (ownBase, ownLayers) = parts(parameters, dimension: z.count)
    var x = base.noise(at: z, ownBase, dimension: z.count)
    var logDeterminants: [Traced] = []
    for (layer, own) in ownLayers.enumerated().reversed() {
      let unbent = unbent(x, layer: layer, own)
      x = unbent.value
      logDeterminants.append(unbent.logDeterminant)
    }
    return logDeterminants.reduce(x.standardNormalLogDensity(), -)
  }
}

extension Traced {
  /// softplus moved so that it is 1 at 0: a positive factor that starts at none.
  func unitSoftplus() -> Traced { (self + Self.unitSoftplusShift).softplus() }

  /// log(e − 1).
  private static let unitSoftplusShift = 0.5413248546129181
}
