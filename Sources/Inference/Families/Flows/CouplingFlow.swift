public import ReverseTape

/// A flow of coupling layers (Dinh et al. 2017, §3.2): each moves one half of the elements, one by one, by a map that a network
/// chooses from the other half; then the halves change roles. A single latent is moved by the same map for all draws.
///
/// The Jacobian is triangular, and its determinant the product of the moved elements' slopes.
public protocol CouplingFlow: InvertibleFlow {
  /// tanh units of the network in each layer.
  var hidden: Int { get }
  /// The numbers that choose the map of one element.
  var numbersPerElement: Int { get }
  /// Moves x `[m]` by maps chosen by `[numbersPerElement · m]` numbers, all of which are 0 for the identity.
  func moved(_ x: Traced, by numbers: Traced) -> Bent
  /// Moves y `[m]` back, with log |det| where it came from.
  func movedBack(_ y: Traced, by numbers: Traced) -> Bent
}

extension CouplingFlow {
  /// The elements that a layer leaves alone, and those that it moves: every second one.
  private func halves(_ layer: Int, dimension: Int) -> (kept: [Int], moved: [Int]) {
    guard dimension > 1 else { return ([], [0]) }
    let all = Array(0..<dimension)
    return (all.filter { $0 % 2 == layer % 2 }, all.filter { $0 % 2 != layer % 2 })
  }

  private func conditioner(_ layer: Int, dimension: Int) -> Conditioner {
    let (kept, moved) = halves(layer, dimension: dimension)
    return Conditioner(inputs: kept.count, hidden: hidden, outputs: numbersPerElement * moved.count)
  }

  public func parameterCount(ofLayer layer: Int, dimension: Int) -> Int {
    conditioner(layer, dimension: dimension).parameterCount
  }

  public func parameters(ofLayer layer: Int, dimension: Int, noise: [Double]) -> [Double] {
    conditioner(layer, dimension: dimension).parameters(noise: noise)
  }

  public func bent(_ x: Traced, layer: Int, _ parameters: Traced) -> Bent {
    passed(x, layer, parameters, moved)
  }

  public func unbent(_ y: Traced, layer: Int, _ parameters: Traced) -> Bent {
    passed(y, layer, parameters, movedBack)
  }

  /// One half moved by maps that the other half chooses, which is the same on both sides.
  private func passed(
    _ x: Traced, _ layer: Int, _ parameters: Traced, _ move: (_ x: Traced, _ numbers: Traced) -> Bent
  ) -> Bent {
    let (kept, moved) = halves(layer, dimension: x.count)
    let network = conditioner(layer, dimension: x.count)
    let others = kept.isEmpty ? nil : x.gathered(kept)
    var result = move(x.gathered(moved), network(others, parameters))
    if let others {
      var order = [Int](repeating: 0, count: x.count)
      for (position, place) in (kept + moved).enumerated() { order[place] = position }
      result.value = Traced.concatenated([others, result.value]).gathered(order)
    }
    return result
  }
}
