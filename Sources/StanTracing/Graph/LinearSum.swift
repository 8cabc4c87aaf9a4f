/// A number as a constant and a weighted sum of nodes of one element: what a density adds to a target.
///
/// Terms that loops repeat are held once with their number as the weight, so that a loop costs what its vectorised line does.
struct LinearSum: Sendable {
  var constant = 0.0
  private(set) var weights: [NodeID: Double] = [:]
  /// The nodes in the order in which they came.
  private(set) var order: [NodeID] = []

  init() {}

  mutating func add(_ node: NodeID, times weight: Double = 1) {
    if let known = weights[node] {
      weights[node] = known + weight
    } else {
      weights[node] = weight
      order.append(node)
    }
  }

  mutating func add(_ other: LinearSum, times weight: Double = 1) {
    constant += weight * other.constant
    for node in other.order { add(node, times: weight * (other.weights[node] ?? 0)) }
  }

  /// Node and weight, in the order in which they came.
  var terms: [(node: NodeID, weight: Double)] { order.map { ($0, weights[$0] ?? 0) } }
}
