import ReverseTape

/// A flow of autoregressive layers: element i is scaled and shifted by what a masked network makes of the elements before it; from
/// layer to layer the order is reversed.
///
/// The Jacobian is triangular, and its log-determinant the sum of the log scales.
public protocol AutoregressiveFlow: Flow {
  /// tanh units of the masked network in each layer.
  var hidden: Int { get }
}

extension AutoregressiveFlow {
  func network(_ dimension: Int) -> MaskedNetwork { MaskedNetwork(dimension: dimension, hidden: hidden) }

  public func parameterCount(ofLayer layer: Int, dimension: Int) -> Int {
    network(dimension).parameterCount
  }

  public func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double] {
    network(dimension).parameters(noise: noise)
  }

  /// x in the order of a layer, and back.
  func ordered(_ x: Traced, _ layer: Int) -> Traced {
    layer.isMultiple(of: 2) || x.count == 1 ? x : x.gathered((0..<x.count).reversed())
  }
}
