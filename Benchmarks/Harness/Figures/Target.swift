/// What a work must show.
package enum Target: Hashable, Sendable {
  /// A figure at least, or at most, so large: by which way is better.
  case figure(Double)
  /// So many times better than a peer.
  case times(Double, Peer.Name)

  /// The figure or the ratio that is judged against the target.
  package func isMet(figure: Double, ratio: Double, quantity: Quantity) -> Bool {
    switch self {
    case .figure(let bound): quantity.moreIsBetter ? figure >= bound : figure <= bound
    case .times(let bound, _): ratio >= bound
    }
  }

  package func text(_ quantity: Quantity) -> String {
    switch self {
    case .figure(let bound): (quantity.moreIsBetter ? "≥ " : "≤ ") + quantity.text(bound)
    case .times(let bound, _): "≥ \(digits(bound)) ×"
    }
  }
}

extension Peer {
  package typealias Name = String
}
