public import Inference

/// What a sweep varies: one option by its dotted path, or several that move together.
public struct Axis: Sendable {
  /// One option of the axis with its values, in order.
  struct Column: Sendable {
    var path: [String]
    var keyLocation: Location
    var values: [Positioned]

    var name: String { path.joined(separator: ".") }
  }

  /// One column for an axis of `sweep:`, several of one length for a mapping of `zip:`.
  var columns: [Column]
  /// Whether its values are drawn: two that give the same cell are no mistake.
  var isDrawn = false

  /// The dotted paths of the options that the axis sets.
  public var paths: [String] { columns.map(\.name) }
  /// How many values the axis has.
  public var count: Int { columns.first?.values.count ?? 0 }

  /// The values at an index, one for each path.
  public func values(at index: Int) -> [ConfigValue] {
    columns.map { $0.values[index].value }
  }
}

extension [Axis] {
  /// The index into each axis at a position of their product, the first axis changing slowest.
  func indices(at position: Int) -> [Int] {
    var rest = position
    var indices: [Int] = []
    for axis in reversed() {
      indices.append(rest % axis.count)
      rest /= axis.count
    }
    return indices.reversed()
  }

  /// The size of the product; nil where it overflows.
  var productCount: Int? {
    var product = 1
    for axis in self {
      let (next, overflow) = product.multipliedReportingOverflow(by: axis.count)
      if overflow { return nil }
      product = next
    }
    return product
  }
}
